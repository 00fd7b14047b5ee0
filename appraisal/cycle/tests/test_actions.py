from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.cycle.actions import change_window, plan_period
from appraisal.cycle.models import Period
from appraisal.cycle.queries import open_period, period_now

pytestmark = pytest.mark.django_db


def wit(*parts):
    return timezone.make_aware(datetime(*parts))


def a_quarter(number=3, *, year=2026, by="test", opens=None, closes=None):
    month = 3 * number
    return plan_period(
        year=year,
        number=number,
        opens_at=opens or wit(year, month, 20),
        closes_at=closes or wit(year, month, 20) + timedelta(days=30),
        by=by,
    )


@pytest.mark.parametrize(
    "person", ["self", "appraiser", "unit_admin", "inspector", "system_admin", "outsider"]
)
def test_only_the_personnel_office_plans_and_moves_periods(person):
    cast, period = build_cast(), a_quarter()

    with pytest.raises(NotAllowed):
        a_quarter(4, by=cast[person])
    with pytest.raises(NotAllowed):
        change_window(period, by=cast[person], reason="uji", closes_at=wit(2026, 12, 1))


@pytest.mark.parametrize(
    ("number", "starts", "ends"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31)),
        (2, date(2026, 4, 1), date(2026, 6, 30)),
        (3, date(2026, 7, 1), date(2026, 9, 30)),
        (4, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_own_days(number, starts, ends):
    period = a_quarter(number, by=build_cast()["personnel_office"])

    assert (period.starts_on, period.ends_on) == (starts, ends)


def test_the_first_quarter_of_a_leap_year_has_no_gap():
    assert a_quarter(1, year=2028).ends_on == date(2028, 3, 31)


@pytest.mark.parametrize("number", [0, 5, -1, "1"])
def test_there_is_no_other_quarter(number):
    with pytest.raises(StepRefused, match="Triwulan"):
        plan_period(year=2026, number=number, opens_at=wit(2026, 9, 1), closes_at=wit(2026, 10, 1), by="test")


def test_a_quarter_is_planned_once():
    a_quarter()

    with pytest.raises(StepRefused, match="sudah ada"):
        a_quarter()


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (wit(2026, 9, 20), wit(2026, 9, 20), "sesudah dibuka"),
        (wit(2026, 9, 20), wit(2026, 9, 19), "sesudah dibuka"),
        (wit(2026, 6, 30), wit(2026, 9, 19), "sebelum triwulan dimulai"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(opens, closes, words):
    with pytest.raises(StepRefused, match=words):
        a_quarter(3, opens=opens, closes=closes)

    period = a_quarter(3)
    with pytest.raises(StepRefused, match=words):
        change_window(period, by="test", reason="uji", opens_at=opens, closes_at=closes)


def test_a_window_is_moved_only_with_a_reason_and_the_trail_keeps_both_ends():
    period = a_quarter()
    before = period.closes_at

    with pytest.raises(StepRefused, match="alasan"):
        change_window(period, by="test", reason=" ", closes_at=wit(2026, 11, 1))
    changed = change_window(period, by="test", reason="Listrik padam", closes_at=wit(2026, 11, 1))

    event = AuditEvent.objects.get(action="period.change_window")
    assert (changed.opens_at, changed.closes_at) == (period.opens_at, wit(2026, 11, 1))
    assert "Listrik padam" in event.payload
    assert str(before.astimezone(changed.closes_at.tzinfo).date().year) in event.payload


def test_the_window_opens_on_the_second_and_closes_on_the_second():
    period, second = a_quarter(), timedelta(seconds=1)

    assert [
        period.is_open(moment)
        for moment in (period.opens_at - second, period.opens_at, period.closes_at - second, period.closes_at)
    ] == [False, True, True, False]
    assert [open_period(moment) for moment in (period.closes_at - second, period.closes_at)] == [period, None]


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (wit(2026, 11, 1), "Sabtu, 31 Oktober 2026 pukul 24.00"),
        (wit(2026, 10, 31, 17, 30), "Sabtu, 31 Oktober 2026 pukul 17.30"),
    ],
)
def test_a_window_that_closes_at_midnight_closes_at_the_end_of_the_day_before(closes, words):
    assert a_quarter(3, closes=closes).closing == words


def test_the_period_of_a_moment_follows_the_day_in_wit():
    a_quarter(3)
    fourth = a_quarter(4)
    just_before_midnight_utc = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)

    assert period_now(just_before_midnight_utc) == fourth
    assert period_now(wit(2027, 1, 1)) is None


def test_of_overlapping_windows_the_latest_quarter_is_open():
    a_quarter(3, closes=wit(2026, 12, 31))
    fourth = a_quarter(4, opens=wit(2026, 12, 1))

    assert open_period(wit(2026, 12, 15)) == fourth


def test_the_database_refuses_periods_that_overlap():
    a_quarter(3)

    with pytest.raises(IntegrityError, match="periods_do_not_overlap"), transaction.atomic():
        Period.objects.create(
            year=2026,
            number=4,
            starts_on=date(2026, 9, 30),
            ends_on=date(2026, 12, 31),
            opens_at=wit(2026, 12, 1),
            closes_at=wit(2027, 1, 1),
        )
