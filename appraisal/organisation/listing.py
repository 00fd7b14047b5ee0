"""The list of units: for each whether its achievement is set, still to come, or late. Filtered and counted in SQL."""

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, Subquery

from agencies.access.scope import READS_PEOPLE, employee_of, grants_on, units_of
from agencies.structure.models import Unit

from .line import led_units_on, units_at_the_top, units_below
from .models import Achievement, OrganisationAchievement

ROWS_A_PAGE = 50
MINE, ALL = "saya", "semua"
STATES = (("belum", "Belum ditetapkan"), ("sudah", "Sudah ditetapkan"))


def units_to_set(user, today, grants=None):
    """The units whose achievement is this person's to set: as leader above, and as personnel office for the top."""
    person = employee_of(user)
    mine = units_at_the_top(user, today, grants)
    if person is None:
        return mine
    below = units_below(person, today)
    return Unit.objects.filter(Q(pk__in=below.values("pk")) | Q(pk__in=mine.values("pk")))


def sees_all(user):
    return bool(list(grants_on(user, None, *READS_PEOPLE)))


def unit_page(user, span, today, *, which, state="", text="", number=None):
    """A Page of units, each with `level`, `set_on`, `version` of the newest for `span` and `is_mine`. Two queries."""
    units = units_to_set(user, today)
    mine = units.values("pk")
    if which == ALL:
        units = units_of(user, *READS_PEOPLE)
    units = units.filter(pk__in=led_units_on(today).values("pk"))
    if text:
        units = units.filter(name__icontains=text)
    newest = OrganisationAchievement.objects.filter(
        unit=OuterRef("pk"), year=span.year, period=span.period
    ).order_by("-number")
    units = units.annotate(
        level=Subquery(newest.values("level")[:1]),
        set_on=Subquery(newest.values("set_on")[:1]),
        version=Subquery(newest.values("number")[:1]),
        is_mine=Exists(units.model.objects.filter(pk=OuterRef("pk"), pk__in=mine)),
    )
    if state in dict(STATES):
        units = units.filter(level__isnull=state == "belum")
    page = Paginator(units.order_by(F("level").asc(nulls_first=True), "path"), ROWS_A_PAGE).get_page(number)
    for unit in page:
        unit.level_words = Achievement(unit.level).label if unit.level else ""
    return page


def units_waiting(user, span, today, grants=None):
    """The units that wait for this person's decision in `span`."""
    units = units_to_set(user, today, grants).filter(pk__in=led_units_on(today).values("pk"))
    done = OrganisationAchievement.objects.filter(year=span.year, period=span.period).values("unit")
    return units.exclude(pk__in=done)
