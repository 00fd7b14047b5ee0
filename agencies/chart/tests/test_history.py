"""Which rows of a history are news, and which were taken back."""

from datetime import date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from agencies.chart.history import CORRECTED, REPLANNED, told_history
from agencies.structure.models import UnitVersion


def at(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


MARCH, MAY, JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (3, 5, 7, 8, 9))


def row(name, start, end, recorded, closed=None):
    return UnitVersion(
        name=name,
        term=DateRange(start, end),
        recorded=DateTimeTZRange(at(recorded), closed and at(closed)),
    )


def fates(rows):
    story = told_history(rows, words=lambda row: row.name, facts=lambda row: row.name)
    return [(told.words, told.version.term.lower, told.fate) for told in story]


def test_a_change_from_its_day_on_only_cuts_the_old_row():
    rows = [
        row("A", MARCH, None, MARCH, MAY),
        row("A", MARCH, JULY, MAY),
        row("B", JULY, None, MAY),
    ]

    assert fates(rows) == [("B", JULY, ""), ("A", MARCH, "")]


def test_a_row_that_was_wrong_about_past_days_was_corrected():
    rows = [
        row("A", MARCH, None, MARCH, JULY),
        row("A", MARCH, MAY, JULY),
        row("B", MAY, None, JULY),
    ]

    assert fates(rows) == [("B", MAY, ""), ("A", MARCH, ""), ("A", MARCH, CORRECTED)]


def test_a_plan_that_was_changed_before_it_began_says_so():
    rows = [
        row("A", MARCH, SEPTEMBER, MAY),
        row("B", SEPTEMBER, None, MAY, JULY),
        row("C", SEPTEMBER, None, JULY),
    ]

    assert fates(rows) == [("C", SEPTEMBER, ""), ("B", SEPTEMBER, REPLANNED), ("A", MARCH, "")]


def test_what_was_withdrawn_entirely_was_corrected():
    assert fates([row("A", MARCH, MAY, MARCH, JULY)]) == [("A", MARCH, CORRECTED)]


def test_a_unit_that_ended_in_time_was_not_corrected():
    rows = [row("A", MARCH, None, MARCH, JULY), row("A", MARCH, JULY, JULY)]

    assert fates(rows) == [("A", MARCH, "")]


@pytest.mark.parametrize(("end", "fate"), [(AUGUST, CORRECTED), (SEPTEMBER, "")])
def test_an_end_is_a_correction_only_when_it_was_recorded_late(end, fate):
    rows = [row("A", MARCH, None, MARCH, SEPTEMBER), row("A", MARCH, end, SEPTEMBER)]

    assert [told[2] for told in fates(rows)] == ["", fate][: 2 if fate else 1]
