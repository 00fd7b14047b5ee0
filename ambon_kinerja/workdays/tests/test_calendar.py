from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambon_kinerja.workdays.calendar import (
    add_working_days,
    is_working_day,
    working_days_between,
)

MONDAY = date(2026, 7, 6)
FRIDAY = date(2026, 7, 10)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
holiday_sets = st.lists(days, max_size=40)


@pytest.mark.parametrize(
    ("day", "count", "holidays", "last_day"),
    [
        pytest.param(date(2026, 7, 6), 14, [], date(2026, 7, 24), id="p.117 objection: 14 days"),
        pytest.param(date(2026, 7, 24), 7, [], date(2026, 8, 4), id="p.118 decision: 7 days"),
        pytest.param(
            date(2026, 8, 14),
            1,
            [date(2026, 8, 17)],
            date(2026, 8, 18),
            id="Independence Day does not count",
        ),
        pytest.param(FRIDAY, 1, [], date(2026, 7, 13), id="the weekend does not count"),
        pytest.param(date(2026, 7, 11), 1, [], date(2026, 7, 13), id="received on a Saturday"),
        pytest.param(
            FRIDAY,
            1,
            [date(2026, 7, 12), date(2026, 7, 11)],
            date(2026, 7, 13),
            id="a holiday on a weekend takes nothing more",
        ),
        pytest.param(
            date(2026, 12, 31),
            1,
            [date(2027, 1, 1)],
            date(2027, 1, 4),
            id="across the new year",
        ),
        pytest.param(date(2028, 2, 28), 1, [], date(2028, 2, 29), id="leap day is a day"),
        pytest.param(MONDAY, 0, [], MONDAY, id="no days: the day itself"),
        pytest.param(date(2026, 7, 12), 0, [], date(2026, 7, 12), id="no days: even a Sunday"),
    ],
)
def test_a_term_ends_on_its_last_working_day(day, count, holidays, last_day):
    assert add_working_days(day, count, holidays=holidays) == last_day


def test_a_term_never_runs_backwards():
    with pytest.raises(ValueError, match="tidak boleh kurang dari 0"):
        add_working_days(MONDAY, -1)


@pytest.mark.parametrize("moment", [datetime(2026, 7, 6, 23, 59), "2026-07-06", None])
def test_only_a_date_is_a_day(moment):
    with pytest.raises(TypeError):
        add_working_days(moment, 1)
    with pytest.raises(TypeError):
        is_working_day(moment)
    with pytest.raises(TypeError):
        working_days_between(MONDAY, moment)


def test_holidays_may_come_from_a_one_time_iterator():
    holidays = iter([date(2026, 7, 8), date(2026, 7, 7)])

    assert add_working_days(MONDAY, 2, holidays=holidays) == FRIDAY


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (MONDAY, MONDAY, 0),
        (MONDAY, FRIDAY, 4),
        (FRIDAY, date(2026, 7, 12), 0),
        (FRIDAY, date(2026, 7, 13), 1),
        (FRIDAY, MONDAY, -4),
        (date(2026, 7, 13), FRIDAY, -1),
    ],
)
def test_days_between_keep_their_sign(start, end, expected):
    assert working_days_between(start, end) == expected


def test_days_between_leave_out_holidays():
    assert working_days_between(MONDAY, FRIDAY, holidays=[date(2026, 7, 8)]) == 3


@given(day=days, count=st.integers(1, 60), holidays=holiday_sets)
def test_counting_back_gives_the_length_of_the_term(day, count, holidays):
    last_day = add_working_days(day, count, holidays=holidays)

    assert working_days_between(day, last_day, holidays=holidays) == count
    assert is_working_day(last_day, holidays=holidays)


@given(day=days, count=st.integers(0, 60), holiday=days)
def test_one_more_holiday_never_shortens_a_term(day, count, holiday):
    without = add_working_days(day, count)

    assert add_working_days(day, count, holidays=[holiday]) >= without


@given(day=days, count=st.integers(1, 60))
def test_five_working_days_are_a_week(day, count):
    a_week_later = add_working_days(day, count) + timedelta(days=7)

    assert add_working_days(day, count + 5) == a_week_later
