"""Public figures: counted by events of a finished quarter, and nothing small can be worked out from the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.access.tests.cast import build_cast
from ambon_kinerja.audit.models import AuditEvent
from feedback.complaints import actions, figures
from feedback.complaints.actions.publishing import publish_finished
from feedback.complaints.clocks import STOPPED
from feedback.complaints.figures import FEWEST, hidden, published_tables, silent, tables_of
from feedback.complaints.models import Complaint, PublishedFigures
from feedback.services.periods import Quarter, last_finished

from .scene import a_complaint, freeze

QUARTER = Quarter(2026, 2)
DAY = date(2026, 5, 11)
MORNING = date(2026, 7, 1)


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
    kinds, agencies, total = tables_of(QUARTER).values()

    assert [(row.label, row.received) for row in kinds] == [("Pengaduan", 7), ("Permintaan informasi", 6)]
    assert [(row.label, row.received) for row in agencies] == [("Health", 7), ("Schools", 6)]
    assert (total.received, total.answered, total.in_time_share, total.days) == (13, 13, 54, 6)
    assert (total.rated, total.satisfaction) == (0, None)


def test_satisfaction_of_a_few_is_not_shown(letters):
    rated = Complaint.objects.filter(kind="complaint")[:3]
    Complaint.objects.filter(pk__in=[each.pk for each in rated]).update(satisfaction=4, rated_on=DAY)
    kinds, _, total = tables_of(QUARTER).values()

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
    assert silent(ratings) == (away, total_too)


def test_ratings_are_told_by_agency_and_never_when_all_are_the_same(client, letters):
    for number, complaint in enumerate(Complaint.objects.filter(kind="complaint")):
        Complaint.objects.filter(pk=complaint.pk).update(satisfaction=2 + number % 3, rated_on=DAY)
    assert [row.satisfaction for row in tables_of(QUARTER)["kinds"]] == [None, None]
    publish_finished(MORNING)
    page = client.get("/pengaduan/angka/2026-2/").content.decode()
    assert page.count("8 penilai") == 2  # of the agency and of all, not of the kind

    Complaint.objects.filter(kind="complaint").update(satisfaction=4)
    assert [row.satisfaction for row in tables_of(QUARTER)["agencies"]] == [None, None]


def test_the_page_shows_what_was_published_of_a_finished_quarter_and_no_other(client, letters):
    assert "Belum ada angka" in client.get("/pengaduan/angka/2026-2/").content.decode()
    assert publish_finished(MORNING) == 1
    page = client.get("/pengaduan/angka/2026-2/")

    assert "Paling banyak: pengaduan" in page.content.decode()
    assert "13 laporan diterima, 13 dijawab, 54 % tepat waktu." in page.content.decode()
    assert client.get("/pengaduan/angka/").content == page.content  # the newest one published
    assert client.get("/pengaduan/angka/2031-1/").status_code == 404
    assert client.get("/pengaduan/angka/xx/").status_code == 404


def test_without_suppression_the_page_would_show_small_counts(letters, monkeypatch):
    monkeypatch.setattr(figures, "hidden", lambda counts: (set(), False))
    Complaint.objects.filter(kind="complaint").update(received_on=date(2026, 1, 5))
    few = Complaint.objects.filter(kind="request").first()
    Complaint.objects.filter(kind="request").exclude(pk=few.pk).update(received_on=date(2026, 1, 5))

    assert [row.received for row in tables_of(QUARTER)["kinds"]] == [0, 1]


def test_a_quarter_is_published_once_after_its_last_day(letters):
    assert publish_finished(QUARTER.end) == 0
    assert publish_finished(MORNING) == 1
    assert publish_finished(MORNING) == 0
    assert publish_finished(date(2026, 11, 27)) == 1
    assert [str(each) for each in PublishedFigures.objects.all()] == ["2026-3", "2026-2"]
    assert AuditEvent.objects.filter(action="complaint.publish", actor="timetable").count() == 2


# --- whoever compares two days


@pytest.fixture
def rated(letters):
    """All letters of the quarter are finished and rated; one of the clinic's is its writer's only one."""
    for number, complaint in enumerate(Complaint.objects.filter(received_on=DAY).order_by("pk")):
        facts = STOPPED | {
            "state": "done",
            "closed_on": QUARTER.end,
            "satisfaction": 2 + number % 3,
            "rated_on": DAY,
        }
        Complaint.objects.filter(pk=complaint.pk).update(**facts)
    publish_finished(MORNING)
    return Complaint.objects.filter(kind="complaint").earliest("pk")


def of_clinic(tables):
    return next(row for row in tables["agencies"] if row.label == "Health")


def rating_between(before, after):
    """What the attacker works out when one rater is missing the second time: his rating; else None."""
    if None in (before.satisfaction, after.satisfaction) or before.rated - after.rated != 1:
        return None
    return round(before.satisfaction * before.rated - after.satisfaction * after.rated)


def rate_anew(letter):
    actions.rate(letter, satisfaction=4)


def reopen(letter):
    actions.reopen(letter, text="Masih lama.", key="lagi")


def lead_on(letter):
    """Opened again, it is led on to another agency: the figures of the first would lose it."""
    reopen(letter)
    Complaint.objects.filter(pk=letter.pk).update(unit=Complaint.objects.filter(kind="request")[0].unit)


def run_out(letter):
    """Its time of keeping is over."""
    Complaint.objects.filter(pk=letter.pk).delete()


@pytest.mark.parametrize("change", [rate_anew, reopen, lead_on, run_out])
def test_nothing_that_becomes_of_a_letter_moves_a_figure_that_was_published(rated, monkeypatch, change):
    freeze(monkeypatch, date(2026, 7, 2))
    gave, before, counted = rated.satisfaction, published_tables(QUARTER), tables_of(QUARTER)
    change(rated)
    publish_finished(date(2026, 7, 3))

    after = published_tables(QUARTER)
    assert after == before == counted
    assert rating_between(of_clinic(before), of_clinic(after)) is None
    # The control: counted anew the same two looks would say what he gave.
    assert rating_between(of_clinic(before), of_clinic(tables_of(QUARTER))) == gave
