"""Counted once: the tallies and what waits are together always what the answers say."""

from datetime import date

import pytest
from django.db import connection

from feedback.citizens.actions import record_response
from feedback.citizens.models import SetAside, SurveyResponse
from feedback.citizens.tests.scene import ALL_FOURS, build_service
from feedback.results.index import satisfaction_index
from feedback.results.models import Tally, TallyChange
from feedback.results.rollup import compact, compact_all, rebuild

from .counted import answer_counts, index_of, spread_of

pytestmark = pytest.mark.django_db
START, END = date(2026, 7, 1), date(2026, 9, 30)


def answered(service, count, day=START, **given):
    answers = ALL_FOURS | given.pop("answers", {})
    return [
        record_response(
            service, answers=answers, sending_key=f"{service.pk}-{day}-{given}-{n}", answered_on=day, **given
        )
        for n in range(count)
    ]


def counts(service, start=START, end=END):
    return answer_counts(service=service, start=start, end=end)


def test_what_waits_counts_already_and_counts_the_same_after_it_was_added():
    service = build_service()
    answered(service, 3, answers={"waktu": 2}, mode="paper")
    waiting = counts(service)
    spread = spread_of(service=service, start=START, end=END)

    assert compact() == 3

    assert waiting["waktu"] == {1: 0, 2: 3, 3: 0, 4: 0}
    assert counts(service) == waiting
    assert spread_of(service=service, start=START, end=END) == spread
    assert not TallyChange.objects.exists()
    assert compact() == 0


def test_an_answer_that_is_set_aside_leaves_the_count_and_comes_back():
    service = build_service()
    response = answered(service, 2)[0]
    compact()
    group = SetAside.objects.create(service=service, day=START, reasons=["lonjakan"])
    responses = SurveyResponse.objects.filter(pk=response.pk)

    responses.update(state="quarantined", set_aside=group)
    aside = counts(service)
    responses.update(state="excluded")
    compact()
    excluded = counts(service)
    responses.update(state="counted")

    assert aside["waktu"][4] == excluded["waktu"][4] == 1
    assert counts(service)["waktu"][4] == 2
    assert rebuild() == (0, 0)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 5, 20), date(2027, 2, 3)),
        (date(2026, 7, 2), date(2026, 9, 30)),
        (date(2026, 8, 5), date(2026, 8, 5)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 6, 30), date(2026, 7, 1)),
    ],
)
def test_any_stretch_of_days_is_read_as_if_counted_by_hand(start, end):
    service = build_service()
    days = [
        date(2026, 5, 20),
        date(2026, 6, 30),
        START,
        date(2026, 8, 5),
        END,
        date(2026, 10, 1),
        date(2027, 2, 3),
    ]
    for day in days:
        answered(service, 1, day)
    compact_all()

    assert counts(service, start, end)["waktu"][4] == sum(start <= day <= end for day in days)


def test_a_rebuild_finds_and_mends_what_is_wrong():
    service = build_service()
    answered(service, 4, answers={"waktu": 1})
    compact()
    right = counts(service)
    Tally.objects.filter(element="waktu", grain="d").update(fours=7)

    assert rebuild() == (2, 0)
    assert rebuild() == (0, 0)
    assert counts(service) == right


def test_taking_in_an_answer_locks_no_row_that_others_need():
    """The one statement beside the answer adds a row of its own; the tallies are not touched by it."""
    service = build_service()
    answered(service, 1)
    compact()
    before = list(Tally.objects.values_list("fours", flat=True))

    answered(service, 1, date(2026, 7, 2))

    assert list(Tally.objects.values_list("fours", flat=True)) == before
    assert TallyChange.objects.count() == 1


def test_the_index_is_the_one_of_the_answers_with_its_interval():
    service = build_service()
    answered(service, 2)
    answered(service, 2, answers={"waktu": 2}, mode="paper")
    compact()

    result = index_of(service=service, start=START, end=END)

    assert result == satisfaction_index(
        counts(service), spread=spread_of(service=service, start=START, end=END)
    )
    assert result.interval is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM feedback_respondenttally WHERE grain = 'q'")
        assert cursor.fetchone() == (2,)
