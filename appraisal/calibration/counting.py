"""Counting predikat per unit: numbers only, past the second wall, for many units in one question.

To a unit belong the plans made in it and in all units below; its head counts one level above, where he is appraised.
A draft counts by the predikat its two ratings would give.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q

from agencies.access.scope import path_in
from agencies.structure.models import PostVersion
from ambon_kinerja.row_security import as_service
from appraisal.planning.models import Skp
from appraisal.rulebook.queries import values_on
from appraisal.scoring.matrix import PREDIKAT, Rating
from appraisal.scoring.models import Evaluation

from .distribution import CODES

GUIDE_RULES = ("distribution_guide", "distribution_somebody_below", "distribution_size_minimum")
DECIDED = (Evaluation.State.FINAL, Evaluation.State.ACKNOWLEDGED)


@dataclass
class Counts:
    """`final` and `draft` by code of predikat; `unready` drafts without both ratings; `untouched` not begun."""

    final: dict = field(default_factory=lambda: dict.fromkeys(CODES, 0))
    draft: dict = field(default_factory=lambda: dict.fromkeys(CODES, 0))
    unready: int = 0
    untouched: int = 0

    @property
    def decided(self):
        return sum(self.final.values())

    @property
    def rated(self):
        """{code: people} of what is final and of the drafts that have both ratings."""
        return {code: self.final[code] + self.draft[code] for code in CODES}

    @property
    def drafts(self):
        return sum(self.draft.values())

    @property
    def employees(self):
        return self.decided + self.drafts + self.unready + self.untouched

    def add(self, state, predikat, count):
        if state in DECIDED:
            self.final[predikat] += count
        elif state is None:
            self.untouched += count
        elif predikat:
            self.draft[predikat] += count
        else:
            self.unready += count


def plans_in_force(period, paths=None):
    """The agreed plans that are appraised in `period`, with `is_head`: their owner leads the plan's own unit."""
    leading = PostVersion.objects.on(period.ends_on).filter(
        leads_unit=True,
        unit=OuterRef("unit"),
        post__assignments__employee=OuterRef("employee"),
        post__assignments__term__contains=period.ends_on,
        post__assignments__recorded__upper_inf=True,
    )
    plans = Skp.objects.on(period.ends_on).filter(state=Skp.State.AGREED)
    if paths is not None:
        plans = plans.filter(path_in(paths, "unit__"))
    living = Q(evaluations__period=period) & ~Q(evaluations__state=Evaluation.State.SUPERSEDED)
    return plans.annotate(is_head=Exists(leading), of=FilteredRelation("evaluations", condition=living))


def counts_for(units, period):
    """{unit pk: Counts} of each of `units`, each with all below. One query."""
    units = list(units)
    if not units:
        return {}
    rows = plans_in_force(period, outermost(units)).values_list(
        "unit__path", "is_head", "of__state", "of__predikat", "of__work_rating", "of__behaviour_rating"
    )
    with as_service():
        grouped = list(rows.annotate(people=Count("pk")).order_by())
    found = {unit.pk: Counts() for unit in units}
    for path, is_head, state, predikat, work, behaviour, people in grouped:
        own = path.rstrip("/").rpartition("/")[2]
        for key in path.split("/")[:-1]:
            counts = found.get(int(key))
            if counts is not None and not (is_head and key == own):
                counts.add(state, predikat or would_be(work, behaviour), people)
    return found


def outermost(units):
    """The paths of those units that lie below none of the others."""
    paths = sorted(unit.path for unit in units)
    kept = []
    for path in paths:
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def would_be(work, behaviour):
    """The code of the predikat of a draft, "" while a rating is missing."""
    return PREDIKAT[Rating(work), Rating(behaviour)].value if work and behaviour else ""


def decided_results(unit, span):
    """How many results of the unit and all below are final for a Span. Named in settings.DECIDED_RESULTS."""
    found = Evaluation.objects.decided().filter(skp__unit__path__startswith=unit.path)
    if span.period is not None:
        found = found.filter(period=span.period)
    else:
        found = found.filter(period__year=span.year, period__cadence=span.cadence)
    with as_service():
        return found.count()


def guide_on(day):
    """(guide, somebody, size_minimum) of the rulebook on `day`, as `warnings_for` takes them."""
    values = values_on(GUIDE_RULES, day)
    return tuple(values[key] for key in GUIDE_RULES)
