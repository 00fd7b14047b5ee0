"""The counts that every figure is made of."""

from datetime import date

import pytest

from feedback.citizens.actions import record_response
from feedback.citizens.tests.scene import ALL_FOURS, build_service

from .counted import answer_counts, index_of

pytestmark = pytest.mark.django_db
START, END = date(2026, 7, 1), date(2026, 9, 30)


def test_answer_counts_hold_every_element_and_both_end_days():
    service = build_service()
    record_response(service, answers=ALL_FOURS, sending_key="a", answered_on=START)
    record_response(service, answers=ALL_FOURS | {"waktu": 2}, sending_key="b", answered_on=END)

    counts = answer_counts(service=service, start=START, end=END)

    assert counts["waktu"] == {1: 0, 2: 1, 3: 0, 4: 1}
    assert len(counts) == 9


def test_the_index_of_a_unit_holds_the_services_below_it():
    service = build_service()
    record_response(service, answers=ALL_FOURS, sending_key="a", answered_on=START)

    assert index_of(unit=service.unit.parent, start=START, end=END).respondents == 1
    assert index_of(unit=service.unit, start=END, end=END).respondents == 0
