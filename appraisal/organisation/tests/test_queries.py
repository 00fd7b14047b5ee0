"""Which achievement counts for a period, and what it means for the head of the unit."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.tests.cast import build_cast
from appraisal.cycle.models import Cadence, Period
from appraisal.goals.queries import units_led_by
from appraisal.organisation.queries import (
    achievement_for,
    achievements_for,
    head_rating_for,
    led_by,
    organisation_of,
)
from appraisal.organisation.spans import Span
from appraisal.rulebook.reference_data import fill

from .achievements import achieved

pytestmark = pytest.mark.django_db
YEAR = Span(2026)


@pytest.fixture
def cast():
    fill()
    return build_cast()


@pytest.fixture
def clinic(cast):
    return cast["self"].cast_units["clinic"]


@pytest.fixture
def above(cast):
    return cast["superior"].employee


def quarter(number=2):
    first = date(2026, 3 * number - 2, 1)
    return Period.objects.create(
        year=2026,
        number=number,
        starts_on=first,
        ends_on=date(2026, 3 * number, 28),
        opens_at=f"2026-{3 * number:02}-20T00:00+09:00",
        closes_at=f"2026-{3 * number:02}-28T00:00+09:00",
    )


def test_the_newest_version_counts_for_a_quarter_and_another_quarter_has_none(clinic, above):
    period = quarter()
    achieved(clinic, "kurang", by=above, period=period)
    achieved(clinic, "baik", by=above, period=period, number=2)

    assert achievement_for(clinic, period).level == "baik"
    assert achievement_for(clinic, quarter(3)) is None


@pytest.mark.parametrize(
    ("set_on", "asked_on", "level"),
    [
        (date(2027, 1, 31), date(2027, 1, 31), "baik"),
        (date(2027, 1, 31), date(2027, 3, 1), "baik"),
        (date(2027, 2, 1), date(2027, 2, 1), "kurang"),
        (None, date(2027, 1, 31), None),
        (None, date(2027, 2, 1), "kurang"),
    ],
)
def test_the_annual_one_counts_when_it_is_set_by_the_end_of_january_else_last_years(
    clinic, above, set_on, asked_on, level
):
    achieved(clinic, "kurang", by=above, year=2025, set_on=date(2026, 1, 20))
    if set_on:
        achieved(clinic, "baik", by=above, year=2026, set_on=set_on)

    found = achievement_for(clinic, YEAR, day=asked_on)

    assert (found.level if found else None) == level
    assert found is None or found.stands_in_for(YEAR) is (level == "kurang")


def test_a_quarter_is_no_year(clinic, above):
    achieved(clinic, "baik", by=above, period=quarter())

    assert achievement_for(clinic, YEAR, day=date(2027, 3, 1)) is None


@pytest.mark.parametrize(
    ("level", "rating"),
    [
        ("istimewa", "above"),
        ("baik", "meets"),
        ("butuh_perbaikan", "below"),
        ("kurang", "below"),
        ("sangat_kurang", "below"),
    ],
)
def test_the_head_gets_his_rating_from_the_achievement(clinic, above, level, rating):
    period = quarter()
    assert head_rating_for(clinic, period) is None

    achieved(clinic, level, by=above, period=period)

    assert head_rating_for(clinic, period) == rating


def test_the_organisation_of_an_employee_is_the_unit_his_appraiser_leads(cast, clinic):
    day = date(2026, 6, 30)
    appraiser = cast["appraiser"].employee

    assert organisation_of(cast["self"].employee, appraiser, day) == clinic
    assert organisation_of(cast["self"].employee, None, day) is None
    assert organisation_of(cast["peer"].employee, cast["self"].employee, day) is None


@pytest.mark.parametrize("day", [date(2026, 6, 29), date(2027, 1, 31), date(2027, 2, 1)])
@pytest.mark.parametrize("is_annual", [False, True])
def test_what_the_led_units_achieved_is_told_in_one_query_as_each_at_its_own_door(
    cast, clinic, above, day, is_annual
):
    period = quarter()
    if is_annual:
        facts = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "number": 0}
        times = {"opens_at": period.opens_at, "closes_at": period.closes_at}
        period = Period.objects.create(year=2026, cadence=Cadence.ANNUAL, **facts, **times)
    health = clinic.parent
    for number, level in enumerate(("kurang", "baik"), start=1):
        achieved(clinic, level, by=above, year=2026, number=number, set_on=date(2027, 1, 10 * number))
        achieved(health, level, by=above, period=quarter(number + 2), number=number)
        achieved(health, level, by=above, year=2025, number=number, set_on=date(2026, 2, number))
    if not is_annual:
        achieved(clinic, "istimewa", by=above, period=period)
        achieved(clinic, "kurang", by=above, period=period, number=2)
    leaders = {name: cast[name].employee for name in ("appraiser", "superior", "self")}
    asked = min(day, period.ends_on)
    with time_machine.travel(f"{day}T10:00:00+09:00", tick=False):
        with CaptureQueriesContext(connection) as queries:
            led = led_by(
                leaders,
                period,
                asked,
                employee=cast["self"].employee,
                annual_end={"month": 1, "day": 31},
            )
        own = {
            name: {
                unit.pk: achievements_for([unit.pk], period).get(unit.pk)
                for unit in units_led_by(person, asked)
            }
            for name, person in leaders.items()
        }

    assert len(queries) == 1
    for name, units in own.items():
        found = {row.unit.pk: row.achievement for row in led if name in row.leaders}
        assert {key: (row.year, row.number, row.level) if row else None for key, row in found.items()} == {
            key: (row.year, row.number, row.level) if row else None for key, row in units.items()
        }
    assert [len(own[name]) for name in leaders] == [1, 1, 0]
    assert [row.unit.path for row in led] == sorted(row.unit.path for row in led)
    assert {row.workplace for row in led} == {clinic.path}
    assert led_by({}, period, asked, employee=cast["self"].employee) == []
