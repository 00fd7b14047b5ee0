"""Questions about the achievement of units: what counts for a period, and for whom."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from agencies.access.scope import READS_PEOPLE, employee_of, path_in, units_of
from agencies.people.models import Assignment
from agencies.structure.models import PostVersion, Unit
from appraisal.goals.queries import units_led_by
from appraisal.rulebook.queries import value_on

from .line import units_below
from .models import OrganisationAchievement
from .spans import last_day_for, span_of

RATINGS = "organisation_rating"  # the rule that gives the head of a unit a rating by its achievement


def achievement_for(unit, period, *, day=None):
    """The OrganisationAchievement that counts for `unit` in `period`, or None while none does.

    For a month or a quarter the newest version. For a year the newest set until the last day of the rulebook
    (31 January of the next year); once that day is past without one, last year's (PermenPANRB 6/2022, page 94 f):
    it then `stands_in_for` the period. `day` is today unless told.
    """
    return achievements_for([unit.pk], period, day=day).get(unit.pk)


def achievements_for(units, period, *, day=None):
    """The same for many units' keys: {unit pk: OrganisationAchievement}; who has none is missing.

    At most three queries; `units` may be a queryset of keys.
    """
    span = span_of(period)
    if span.period is not None:
        return newest(OrganisationAchievement.objects.filter(unit__in=units, period=span.period))
    last = last_day_for(span.year)
    annual = OrganisationAchievement.objects.filter(unit__in=units, period=None)
    found = newest(annual.filter(year=span.year, set_on__lte=last))
    if (day or timezone.localdate()) > last:
        found = newest(annual.filter(year=span.year - 1)) | found
    return found


def newest(achievements):
    """{unit pk: its last version} of achievements of one period or year."""
    ordered = achievements.order_by("unit_id", "-number").distinct("unit_id")
    return {row.unit_id: row for row in ordered.select_related("set_by", "period", "unit")}


def versions_for(unit, period):
    """Every version set for this unit and period (or its year), newest first; last year's is not among them."""
    span = span_of(period)
    found = OrganisationAchievement.objects.filter(unit=unit, year=span.year, period=span.period)
    return found.select_related("set_by", "recorded_by", "unit", "period").order_by("-number")


@dataclass(frozen=True)
class Led:
    """A unit that one of the people asked about leads, and the achievement that counts for it, or None."""

    unit: object
    leaders: frozenset  # the names under which they were asked
    achievement: OrganisationAchievement | None
    workplace: str | None  # path of the unit in which the employee asked about works


def led_by(leaders, period, day, *, employee, annual_end=None):
    """[Led] of the units that any of `leaders` ({name: Employee}) leads on `day`, by path; one query.

    Each with the place where `employee` works. Of a year a second query asks the rulebook until when its achievement
    counts, unless `annual_end` is that rule.
    """
    leading = {name: units_led_by(person, day).order_by().values("pk") for name, person in leaders.items()}
    if not leading:
        return []
    span, wanted = span_of(period), Q()
    for keys in leading.values():
        wanted |= Q(pk__in=keys)
    versions = OrganisationAchievement.objects.filter(unit=OuterRef("pk"), period=span.period)
    if span.period is None:
        versions = versions.filter(year__range=(span.year - 1, span.year))
    facts = JSONObject(**{name: name for name in ("year", "number", "level", "set_on")})
    marks = {
        f"by_{name}": ExpressionWrapper(Q(pk__in=keys), BooleanField()) for name, keys in leading.items()
    }
    units = Unit.objects.filter(wanted).annotate(
        told=ArraySubquery(versions.order_by("-year", "-number").values(row=facts)),
        workplace=Subquery(workplaces(employee, day)[:1]),
        **marks,
    )
    last = last_day_for(span.year, annual_end) if span.period is None else None
    return [
        Led(
            unit,
            frozenset(name for name in leading if getattr(unit, f"by_{name}")),
            the_one_that_counts([version_from(row, unit, span) for row in unit.told], span, last),
            unit.workplace,
        )
        for unit in units.order_by("path")
    ]


def version_from(row, unit, span):
    return OrganisationAchievement(
        **(row | {"set_on": date.fromisoformat(row["set_on"])}), unit=unit, period=span.period
    )


def the_one_that_counts(versions, span, last):
    """As `achievements_for` says it, of the versions of one unit, newest first; `last` is None but for a year."""
    if last is None:
        return next(iter(versions), None)
    own = (row for row in versions if row.year == span.year and row.set_on <= last)
    before = (row for row in versions if row.year < span.year and timezone.localdate() > last)
    return next(chain(own, before), None)


def organisation_of(employee, appraiser, day):
    """The unit whose achievement counts for `employee`: the one his appraiser leads (page 94 g), or None.

    Where the appraiser leads several, the nearest above or equal to the unit in which the employee works.
    """
    if appraiser is None:
        return None
    led = list(units_led_by(appraiser, day).order_by("path"))
    return nearest_to(workplaces(employee, day).first() if len(led) > 1 else None, led)


def workplaces(employee, day):
    """The paths of the units in which `employee` holds a post of his own on `day`; mostly one."""
    posts = Assignment.objects.on(day).filter(employee=employee, kind=Assignment.Kind.DEFINITIVE)
    versions = PostVersion.objects.on(day).filter(post__in=posts.values("post"))
    return versions.order_by("post", "term", "recorded").values_list("unit__path", flat=True)


def nearest_to(workplace, led):
    """Of units by path the nearest above or equal to a workplace, else the first; None where there is none."""
    above = [unit for unit in led if workplace and workplace.startswith(unit.path)]
    return above[-1] if above else next(iter(led), None)


def head_rating_for(unit, period, *, day=None):
    """The rating of work results ("above", "meets", "below") that the achievement gives the unit's head, or None.

    SE Menteri PANRB 3/2023, by the table of the rulebook in force on the last day of the period.
    """
    achievement = achievement_for(unit, period, day=day)
    return rating_of(achievement, period) if achievement else None


def rating_of(achievement, period):
    return value_on(RATINGS, period.ends_on).get(achievement.level)


def readable_units(user, day=None):
    """The units whose achievement `user` may read: of his offices, those he leads with all below, and his own."""
    day = day or timezone.localdate()
    units = units_of(user, *READS_PEOPLE)
    person = employee_of(user)
    if person is None:
        return units
    condition = Q(pk__in=units.values("pk")) | Q(pk__in=units_below(person, day).values("pk"))
    condition |= path_in(units_led_by(person, day).values_list("path", flat=True))
    posts = Assignment.objects.on(day).filter(employee=person).values("post")
    for path in Unit.objects.filter(
        pk__in=PostVersion.objects.on(day).filter(post__in=posts).values("unit")
    ).values_list("path", flat=True):
        condition |= Q(pk__in=[int(key) for key in path.split("/") if key])
    return Unit.objects.filter(condition)
