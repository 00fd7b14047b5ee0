"""A period closes itself in good time, once, and the office hears of it and of what is left."""

import json
from datetime import date

import pytest
from django.urls import reverse

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.running import run as work
from ambon_kinerja.notices.models import Notice
from appraisal.calibration.closing import close_period
from appraisal.calibration.models import PeriodClosing
from appraisal.calibration.tasks import keep_periods
from appraisal.cycle.actions import change_window, end_of
from appraisal.monitoring.tests.agreed_plan import at
from appraisal.rulebook.models import Rule
from appraisal.scoring.models import Evaluation

from .scenes import finished

# The window of the scene ends on Saturday 10 October; two working days later is the 13th.
EVE, DUE = "2026-10-12T23:59:59+09:00", "2026-10-13T00:00:00+09:00"
# 14 working days after the window: the last day of the superiors.
LAST_OF_SUPERIORS, AFTER_SUPERIORS = "2026-10-29T23:59:59+09:00", "2026-10-30T00:00:00+09:00"


@pytest.fixture
def rated_once(scene):
    """Somebody was evaluated; somebody else was missed."""
    cast, period, drafts = scene
    finished(drafts["peer"])
    Notice.objects.all().delete()
    return cast, period, drafts


def morning(moment):
    """The timetable of that moment with the job it asks for."""
    with at(moment):
        counted = keep_periods()
        for closing in PeriodClosing.objects.filter(finished_at=None):
            work(closing.job_id)
    return counted


def told_office(cast):
    return list(Notice.objects.filter(recipient=cast["personnel_office"]).values_list("subject", flat=True))


def test_it_closes_itself_two_working_days_after_the_window_and_not_a_second_before(rated_once):
    _, period, _ = rated_once
    assert morning(EVE) == (0, 0)
    assert not PeriodClosing.objects.exists()

    assert morning(DUE) == (1, 0)

    closing = PeriodClosing.objects.get(period=period)
    assert (closing.started_by, closing.figures["missed"] > 0) == (None, True)
    trail = AuditEvent.objects.filter(action__startswith="periodclosing.").order_by("pk")
    assert [event.action for event in trail] == ["periodclosing.start", "periodclosing.finish"]


def test_the_office_hears_of_it_once_with_numbers_and_no_names(rated_once):
    cast, _, _ = rated_once
    for _ in range(3):
        morning(DUE)

    assert told_office(cast) == ["Triwulan III 2026 ditutup menurut jadwal"]
    body = Notice.objects.get(recipient=cast["personnel_office"]).body
    assert "sampai Kamis, 29 Oktober 2026" in body
    assert "Orang" not in body


def test_who_closes_by_hand_before_is_not_told_what_he_did(rated_once):
    cast, period, _ = rated_once
    with at("2026-10-12T09:00:00+09:00"):
        close_period(period, by=cast["personnel_office"])
    assert morning(DUE) == (1, 0)  # asked for by hand and not worked out yet: the same closing, the same job

    assert PeriodClosing.objects.get().started_by == cast["personnel_office"]
    assert told_office(cast) == []


def test_where_the_rulebook_leaves_it_to_people_nothing_closes(rated_once):
    by_hand = {"value": {"itself": "no", "days": 2}, "text": "Ditutup BKPSDM", "source": "uji"}
    Rule.objects.create(key="period_closes_itself", valid_from=date(2026, 1, 1), **by_hand)

    assert morning("2026-10-29T09:00:00+09:00") == (0, 0)
    assert not PeriodClosing.objects.exists()


def test_a_window_that_the_office_extended_waits_for_its_new_end(rated_once):
    cast, period, _ = rated_once
    with at("2026-10-12T09:00:00+09:00"):
        longer = end_of(period.last_day.replace(day=20))
        change_window(period, by=cast["personnel_office"], reason="Banjir di Batu Merah", closes_at=longer)

    assert morning(DUE) == (0, 0)
    assert morning("2026-10-21T09:00:00+09:00") == (0, 0)
    assert morning("2026-10-22T09:00:00+09:00") == (1, 0)


def test_a_period_in_which_nobody_was_evaluated_is_nothing_to_close(scene):
    assert morning("2026-10-20T09:00:00+09:00") == (0, 0)
    assert not PeriodClosing.objects.exists()


def test_after_the_superiors_days_the_office_hears_once_how_many_are_left(rated_once):
    cast, _, _ = rated_once
    morning(DUE)
    Notice.objects.all().delete()

    assert morning(LAST_OF_SUPERIORS) == (0, 0)
    assert morning(AFTER_SUPERIORS) == (0, 1)
    assert morning(AFTER_SUPERIORS) == (0, 0)

    [subject] = told_office(cast)
    left = PeriodClosing.objects.get().figures["missed"]
    assert subject == f"{left} pegawai tetap tanpa hasil, Triwulan III 2026"
    event = AuditEvent.objects.get(action="periodclosing.left")
    assert json.loads(event.payload)["details"]["left"] == left


def test_opened_again_it_is_not_computed_again_and_its_new_end_is_told_anew(client, rated_once):
    cast, period, drafts = rated_once
    morning(DUE)
    before = PeriodClosing.objects.get()
    morning(AFTER_SUPERIORS)
    with at("2026-11-02T09:00:00+09:00"):
        longer = end_of(period.last_day.replace(month=11, day=6))
        change_window(period, by=cast["personnel_office"], reason="Sakit sebulan", closes_at=longer)
        client.force_login(cast["personnel_office"])
        page = client.get(reverse("appraisal:period-closing", args=[period.pk])).content.decode()
        finished(drafts["self"])

    assert morning("2026-11-12T09:00:00+09:00") == (0, 0)
    after = PeriodClosing.objects.get()
    assert (after.finished_at, after.figures) == (before.finished_at, before.figures)
    assert "Masa penilaian dibuka lagi sampai Jumat, 6 November 2026 pukul 24.00 WIT." in page
    assert Evaluation.objects.decided().count() == 2
    assert morning("2026-11-28T09:00:00+09:00") == (0, 1)
    assert told_office(cast)[0].startswith(f"{before.figures['missed'] - 1} pegawai tetap tanpa hasil")


def test_the_page_says_when_it_will_close_itself(client, rated_once):
    cast, period, _ = rated_once
    with at("2026-10-12T09:00:00+09:00"):
        client.force_login(cast["personnel_office"])
        page = client.get(reverse("appraisal:period-closing", args=[period.pk])).content.decode()

    assert "menutup sendiri pada Selasa, 13 Oktober 2026" in page
    assert "Buka lagi masa penilaian" in page
