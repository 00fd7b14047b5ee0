"""Public figures: counted by events of a finished quarter, and nothing small can be worked out from the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.access.tests.cast import build_cast
from feedback.complaints import figures
from feedback.complaints.figures import FEWEST, by_agency, by_kind, hidden, silent, table_of
from feedback.complaints.models import Complaint
from feedback.services.periods import Quarter, last_finished

from .scene import a_complaint

QUARTER = Quarter(2026, 2)
DAY = date(2026, 5, 11)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8))
def test_nobody_works_out_a_small_count_from_the_rest_and_the_total(counts):
    away, total_too = hidden(counts)

    assert all(label in away for label, count in counts.items() if 0 < count < FEWEST)
    if away and not total_too:  # what the total gives away is only what the hidden rows hold together
        assert len(away) >= 2
        assert sum(counts[label] for label in away) >= FEWEST
    if not away and not total_too:
        assert sum(counts.values()) == 0 or sum(counts.values()) >= FEWEST


def test_without_the_second_row_the_total_would_give_the_small_one_away():
    counts = {"a": 3, "b": 9, "c": 40}

    assert hidden(counts) == ({"a", "b"}, False)
    naive = {label for label, count in counts.items() if 0 < count < FEWEST}
    assert sum(counts.values()) - sum(count for label, count in counts.items() if label not in naive) == 3


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 1, 1), "2025-4"), (date(2026, 3, 31), "2025-4"), (date(2026, 11, 27), "2026-3")],
)
def test_the_newest_quarter_shown_is_the_last_finished_one(day, code):
    assert last_finished(day).code == code


@pytest.fixture
def letters(db):
    cast = build_cast()
    for number in range(13):
        kind, unit = ("complaint", "clinic") if number < 7 else ("request", "schools")
        complaint, _ = a_complaint(cast, key=str(number), kind=kind, unit=unit, today=DAY)
        Complaint.objects.filter(pk=complaint.pk).update(
            answered_on=DAY, answered_in_time=number % 2 == 0, handling_days=number
        )
    a_complaint(cast, key="kemudian", today=date(2026, 7, 1))
    return cast


def test_figures_are_counted_by_kind_and_by_agency(letters):
    kinds, total = table_of(QUARTER, by_kind)
    agencies, _ = table_of(QUARTER, by_agency())

    assert [(row.label, row.received) for row in kinds] == [("Pengaduan", 7), ("Permintaan informasi", 6)]
    assert [(row.label, row.received) for row in agencies] == [("Health", 7), ("Schools", 6)]
    assert (total.received, total.answered, total.in_time_share, total.days) == (13, 13, 54, 6)
    assert (total.rated, total.satisfaction) == (0, None)


def test_satisfaction_of_a_few_is_not_shown(letters):
    rated = Complaint.objects.filter(kind="complaint")[:3]
    Complaint.objects.filter(pk__in=[each.pk for each in rated]).update(satisfaction=4, rated_on=DAY)
    kinds, total = table_of(QUARTER, by_kind)

    assert next((row.rated, row.satisfaction) for row in (*kinds, total)) == (None, None)
    assert total.satisfaction is None


@pytest.mark.parametrize(
    ("ratings", "away", "total_too"),
    [
        ({"a": [4, 4, 4, 4, 4], "b": [1, 2, 3, 4, 2, 3]}, {"a", "b"}, False),  # all of a gave four
        ({"a": [4, 4, 4, 4, 3], "b": [1, 2, 3, 4, 2, 3]}, {"a", "b"}, False),  # and so did all but one
        ({"a": [1, 1, 1, 1, 2]}, {"a"}, True),
        ({"a": [2, 3, 2, 3, 2], "b": [1, 2, 3, 4, 2, 3]}, set(), False),
        ({"a": [4], "b": [1, 2, 3, 4, 2, 3], "c": [2, 3, 2, 3, 2, 3, 3]}, {"a", "b"}, False),
        ({}, set(), False),
    ],
)
def test_a_mean_that_would_say_what_each_one_gave_is_not_told(ratings, away, total_too):
    sums = {label: (len(values), sum(values)) for label, values in ratings.items()}

    assert silent(sums) == (away, total_too)


def test_ratings_are_told_by_agency_and_never_when_all_are_the_same(client, letters):
    for number, complaint in enumerate(Complaint.objects.filter(kind="complaint")):
        Complaint.objects.filter(pk=complaint.pk).update(satisfaction=2 + number % 3, rated_on=DAY)
    page = client.get("/pengaduan/angka/2026-2/").content.decode()
    assert page.count("(8 penilai)") == 2  # of the agency and of all, not of the kind

    Complaint.objects.filter(kind="complaint").update(satisfaction=4)
    assert "(8 penilai)" not in client.get("/pengaduan/angka/2026-2/").content.decode()


def test_the_page_shows_the_finished_quarter_and_no_other(client, letters, monkeypatch):
    page = client.get("/pengaduan/angka/2026-2/")

    assert "Paling banyak: pengaduan" in page.content.decode()
    assert client.get("/pengaduan/angka/2031-1/").status_code == 404
    assert client.get("/pengaduan/angka/xx/").status_code == 404


def test_without_suppression_the_page_would_show_small_counts(letters, monkeypatch):
    monkeypatch.setattr(figures, "hidden", lambda counts: (set(), False))
    Complaint.objects.filter(kind="complaint").update(received_on=date(2026, 1, 5))
    few = Complaint.objects.filter(kind="request").first()
    Complaint.objects.filter(kind="request").exclude(pk=few.pk).update(received_on=date(2026, 1, 5))

    assert [row.received for row in table_of(QUARTER, by_kind)[0]] == [0, 1]
