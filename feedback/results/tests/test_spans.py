"""What a leader is told of a span of days is what is published; asking twice and subtracting tells him nothing."""

from datetime import date

import pytest

from agencies.access.tests.cast import build_cast
from feedback.citizens.reference_data import fill
from feedback.results.actions import lock_quarter, refresh_running
from feedback.results.models import LockedResult
from feedback.results.published.spans import services_shown_within, shown_within
from feedback.services.actions import add_service
from feedback.services.periods import Quarter

from .attacker import fact, finds
from .counted import index_of
from .scene import answer, mixed, second_service

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)
MONTHS = {7: 20, 8: 15, 9: 1}  # the one of September is whom the attacker is after
YEAR = date(2026, 1, 1), date(2026, 12, 31)
SPANS = [
    (date(2026, 7, 1), date(2026, 7, 31)),
    (date(2026, 7, 1), date(2026, 8, 31)),
    (date(2026, 8, 1), date(2026, 9, 30)),
    (date(2026, 7, 1), date(2026, 9, 29)),
    (QUARTER.start, QUARTER.end),
    YEAR,
]


@pytest.fixture
def cast():
    fill()
    return build_cast()


@pytest.fixture
def service(cast):
    made = add_service(unit=cast["self"].cast_units["clinic"], name="Gizi", slug="gizi", by="test")
    for month, count in MONTHS.items():
        answer(made, mixed(count), day=date(2026, month, 30))
    return made


def lock(cast):
    lock_quarter(QUARTER, by=cast["survey_office"])


def told(unit):
    """[(span, node, index, places)] of everything that the pages of an appraisal may ask for."""
    for start, end in SPANS:
        nodes = [(None, shown_within(start, end, unit=unit)), *services_shown_within(start, end, unit=unit)]
        for service, shown in nodes:
            if shown.index is not None:
                yield start, end, service, shown.index, 2 if shown.is_final else 0


def live(unit, services):
    for start, end in SPANS:
        for of in ({"unit": unit}, *({"service": each} for each in services)):
            if index := index_of(**of, start=start, end=end).index:
                yield start, end, of.get("service"), index, 2


def found_from(figures, people):
    facts = set()
    for start, end, service, index, places in figures:
        groups = {
            group
            for group in people
            if start <= date(2026, group[1], 30) <= end and service in (None, group[0])
        }
        facts.add(fact(groups, index, sum(people[group] for group in groups), 9, places=places))
    return finds(facts, people, 9)


@pytest.mark.parametrize("is_locked", [False, True])
def test_no_two_spans_subtracted_tell_one_answer(cast, service, is_locked):
    beside = second_service(service)
    answer(beside, mixed(14), day=date(2026, 7, 30))
    people = {(service, month): count for month, count in MONTHS.items()} | {(beside, 7): 14}
    if is_locked:
        lock(cast)
    else:
        refresh_running(date(2026, 9, 30))

    figures = list(told(service.unit))

    assert figures
    assert found_from(figures, people) is None
    assert found_from(live(service.unit, [service, beside]), people) is not None  # the control


def test_one_more_answer_moves_nothing_that_is_told(cast, service):
    refresh_running(date(2026, 9, 30))
    before = list(told(service.unit))

    answer(service, mixed(1, waktu=1), day=date(2026, 9, 30))

    assert list(told(service.unit)) == before


def test_a_month_is_told_in_words_and_a_year_out_of_its_published_quarters(cast, service):
    lock(cast)

    month = shown_within(*SPANS[0], service=service)
    quarter = shown_within(QUARTER.start, QUARTER.end, service=service)
    year = shown_within(*YEAR, service=service)

    assert (month.index, month.headline) == (None, "Ditampilkan per triwulan")
    assert str(quarter.index) == LockedResult.objects.get(service=service).figure["index"]
    assert (quarter.grade, quarter.respondents, quarter.interval is not None) == ("B", 36, True)
    assert (year.index, year.grade, year.respondents) == (quarter.index, "", 36)
    assert "Triwulan III 2026" in year.explanation


@pytest.mark.parametrize("span", [SPANS[0], SPANS[4], YEAR])
def test_the_services_of_a_unit_are_told_in_as_many_queries_for_one_as_for_many(
    cast, service, span, django_assert_max_num_queries
):
    for number in range(3):
        second_service(service, name=f"Akta {number}", slug=f"akta-{number}")
    lock(cast)

    with django_assert_max_num_queries(3):
        shown = services_shown_within(*span, unit=service.unit)

    assert [each.name for each, _ in shown] == ["Akta 0", "Akta 1", "Akta 2", "Gizi"]
    assert all(part == shown_within(*span, service=each) for each, part in shown)
