from collections import Counter
from datetime import date

import pytest

from ambon_kinerja.workdays.calendar import add_working_days
from ambon_kinerja.workdays.known_holidays import CITY, KNOWN_HOLIDAYS, MALUKU, NATIONAL


@pytest.mark.parametrize(
    ("year", "holidays", "leave"),
    [
        pytest.param(2026, 17, 8, id="joint decree 1497, 2, 5 of 2025"),
        pytest.param(2027, 18, 8, id="joint decree 1205, 3, 2 of 2026"),
    ],
)
def test_each_year_has_the_days_its_decree_counts(year, holidays, leave):
    rows = [row for row in KNOWN_HOLIDAYS if row.day.year == year and row.scope == NATIONAL]

    assert Counter(row.collective_leave for row in rows) == {False: holidays, True: leave}


def test_every_row_is_provisional_and_names_its_source():
    assert {row.provisional for row in KNOWN_HOLIDAYS} == {True}
    assert [row for row in KNOWN_HOLIDAYS if not (row.source and row.name)] == []


def test_no_day_is_listed_twice_within_one_scope():
    assert max(Counter((row.day, row.scope) for row in KNOWN_HOLIDAYS).values()) == 1


def test_local_anniversaries_are_not_days_off_until_a_letter_says_so():
    local = [row for row in KNOWN_HOLIDAYS if row.scope in {MALUKU, CITY}]

    assert {(row.day.month, row.day.day) for row in local} == {(5, 15), (8, 19), (9, 7)}
    assert {row.day_off for row in local} == {False}


def test_collective_leave_never_falls_on_a_weekend():
    leave = [row.day for row in KNOWN_HOLIDAYS if row.collective_leave]

    assert [day for day in leave if day.weekday() >= 5] == []


def test_a_term_over_eid_2026_skips_holidays_and_collective_leave():
    days_off = {row.day for row in KNOWN_HOLIDAYS if row.day_off}

    assert add_working_days(date(2026, 3, 17), 1, holidays=days_off) == date(2026, 3, 25)
