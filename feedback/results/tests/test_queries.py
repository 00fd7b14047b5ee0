"""The two questions other floors ask."""

from datetime import date

import pytest

from feedback.citizens.actions import record_response
from feedback.citizens.tests.scene import ALL_FOURS, build_service
from feedback.results.queries import answer_counts, answer_counts_by_service, index_of
from feedback.services.actions import add_service

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


def test_the_counts_of_a_units_services_stand_apart(django_assert_num_queries):
    service = build_service()
    quiet = add_service(unit=service.unit, name="Akta", slug="akta", by="test")
    record_response(service, answers=ALL_FOURS, sending_key="a", answered_on=START)

    with django_assert_num_queries(2):
        counts = answer_counts_by_service(unit=service.unit, start=START, end=END)

    assert [one for one, _ in counts] == [quiet, service]
    assert counts[0][1]["waktu"] == {1: 0, 2: 0, 3: 0, 4: 0}
    assert counts[1][1] == answer_counts(service=service, start=START, end=END)
