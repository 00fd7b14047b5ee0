"""Questions about sessions: who reads them, who takes part, which drafts they talk about, how each rater rates."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from agencies.access.scope import employee_of, path_in, units_of
from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import appraiser_keys_on
from agencies.structure.models import PostVersion, Unit
from ambon_kinerja.row_security import as_service
from appraisal.goals.queries import units_led_by
from appraisal.organisation.line import led_units_on
from appraisal.scoring.matrix import Predikat
from appraisal.scoring.models import Evaluation

from .counting import plans_in_force, would_be
from .distribution import CODES
from .models import CalibrationProposal, CalibrationSession
from .rules import READS, person_of


def readable_units(user, day=None):
    """The units whose distribution `user` may read: those he leads with all below, and those of his office."""
    day = day or timezone.localdate()
    condition = Q(pk__in=units_of(user, *READS).values("pk"))
    person = employee_of(user)
    if person is not None:
        paths = list(units_led_by(person, day).values_list("path", flat=True))
        if paths:
            condition |= path_in(paths)
    return Unit.objects.filter(condition, pk__in=led_units_on(day).values("pk"))


def readable_sessions(user):
    """The sessions in which `user` takes part, and those of the units of his office."""
    units = units_of(user, *READS).values("pk")
    person = employee_of(user)
    mine = Q(participants__employee=person) if person else Q(pk__in=[])
    found = CalibrationSession.objects.filter(mine | Q(unit__in=units)).distinct()
    return found.select_related("unit", "period", "called_by")


def leaders_for(unit, day):
    """[(Employee, name of the post, chairs)]: who leads `unit` and the units right below it on `day`."""
    units = [unit.pk, *Unit.objects.filter(parent=unit).values_list("pk", flat=True)]
    posts = {
        version.post_id: version
        for version in PostVersion.objects.on(day).filter(leads_unit=True, unit__in=units)
    }
    held = Assignment.objects.on(day).filter(post__in=posts).select_related("employee")
    found = {}
    for each in held.order_by("pk"):
        chairs = posts[each.post_id].unit_id == unit.pk
        known = found.get(each.employee_id)
        if known is None or (chairs and not known[2]):
            found[each.employee_id] = (each.employee, posts[each.post_id].name, chairs)
    return list(found.values())


@dataclass
class Draft:
    """A draft as the session sees it; without the words on single results, which stay with the appraiser."""

    evaluation: int
    employee: int
    name: str
    post: str
    appraiser: str
    state: str
    suggested: str
    work: str
    work_reason: str
    behaviour: str
    behaviour_reason: str

    @property
    def is_draft(self):
        return self.state == Evaluation.State.DRAFT

    @property
    def predikat(self):
        return would_be(self.work, self.behaviour)

    @property
    def predikat_words(self):
        return Predikat(self.predikat).label if self.predikat else ""


FIELDS = (
    "pk",
    "skp__employee",
    "skp__employee__name",
    "skp__post_name",
    "appraiser__name",
    "state",
    "suggested_rating",
    "work_rating",
    "work_reason",
    "behaviour_rating",
    "behaviour_reason",
)


def drafts_to_talk_about(session, number=None):
    """The living drafts of the unit and all below, without those of who takes part. A queryset, read with `read`."""
    taking_part = session.participants.values("employee")
    found = Evaluation.objects.filter(
        period=session.period, state=Evaluation.State.DRAFT, skp__unit__path__startswith=session.unit.path
    )
    found = found.exclude(skp__employee__in=taking_part)
    return found.order_by("appraiser__name", "skp__employee__name", "pk")


def read(evaluations):
    """[Draft] of a queryset of evaluations that the caller may not read himself (docs/adr/0020)."""
    with as_service():
        return [Draft(*row) for row in evaluations.values_list(*FIELDS)]


def count(evaluations):
    with as_service():
        return evaluations.count()


def drafts_of(items):
    """{evaluation pk: Draft} of items of a session."""
    wanted = Evaluation.objects.filter(pk__in=[item.evaluation_id for item in items])
    return {draft.evaluation: draft for draft in read(wanted)}


def items_for(session, user):
    """The items of a session that `user` may see: never the one about himself."""
    person = person_of(user)
    items = session.items.select_related("employee").prefetch_related("proposals__proposed_by")
    return items.exclude(employee=person) if person else items


def proposals_awaiting(user):
    """The open proposals that `user` has to answer as appraiser of today. Two queries."""
    person = person_of(user)
    if person is None:
        return []
    waiting = CalibrationProposal.objects.filter(state=CalibrationProposal.State.OPEN)
    waiting = list(waiting.select_related("item__employee", "item__session__unit").order_by("proposed_at"))
    if not waiting:
        return []
    appraisers = appraiser_keys_on({each.item.employee_id for each in waiting}, timezone.localdate())
    return [each for each in waiting if appraisers.get(each.item.employee_id) == person.pk]


@dataclass
class Rater:
    name: str
    people: int
    shares: list  # [(label, people, percent)] or [] where too few to show

    @property
    def told(self):
        return ", ".join(f"{label} {percent}%" for label, people, percent in self.shares if people)


def raters_of(unit, period, *, size_minimum):
    """[Rater] of the unit and all below: number and shares per appraiser, without shares below `size_minimum`."""
    rows = plans_in_force(period, [unit.path]).filter(of__isnull=False)
    rows = rows.values_list("of__appraiser", "of__predikat", "of__work_rating", "of__behaviour_rating")
    with as_service():
        grouped = list(rows.annotate(people=Count("pk")).order_by())
    found = {}
    for appraiser, predikat, work, behaviour, people in grouped:
        code = predikat or would_be(work, behaviour)
        counts = found.setdefault(appraiser, dict.fromkeys(CODES, 0))
        if code:
            counts[code] += people
    names = Employee.objects.in_bulk(found)
    raters = []
    for key, counts in found.items():
        size = sum(counts.values())
        shares = [(Predikat(code).label, counts[code], round(100 * counts[code] / size)) for code in CODES]
        raters.append(Rater(names[key].name, size, shares if size >= size_minimum else []))
    return sorted(raters, key=lambda rater: rater.name)
