"""Terms in working days, what time does by itself, and what the citizen hears of it."""

from datetime import timedelta

import pytest
from django.core import mail

from agencies.access.tests.cast import build_cast
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.workdays.actions import add_holiday
from feedback.complaints import actions, clocks
from feedback.complaints.actions import timetable
from feedback.complaints.models import Complaint, ComplaintMail
from feedback.complaints.queries import visible_complaints

from .scene import MONDAY, a_complaint, carry, freeze, onward

pytestmark = pytest.mark.django_db
State, Clock = Complaint.State, Complaint.Clock


@pytest.fixture
def cast():
    return build_cast()


def test_the_answers_clock_counts_from_the_receipt_by_kind_and_stands_still_while_the_citizen_is_asked(
    cast, monkeypatch
):
    freeze(monkeypatch, MONDAY)
    complaint, _ = a_complaint(cast)
    assert (complaint.clock, complaint.due_on) == (Clock.VERIFY, MONDAY + timedelta(days=3))

    freeze(monkeypatch, MONDAY + timedelta(days=2))
    complaint = onward(cast, complaint, "verify")
    assert (complaint.clock, complaint.clock_days, complaint.clock_from) == (Clock.ANSWER, 14, MONDAY)

    complaint = onward(cast, complaint, "ask")
    assert (complaint.clock, complaint.clock_days, complaint.days_left) == (Clock.REPLY, 30, 12)

    freeze(monkeypatch, MONDAY + timedelta(days=21))
    complaint = onward(cast, complaint, "reply")
    assert (complaint.clock, complaint.clock_days) == (Clock.ANSWER, 12)
    complaint = onward(cast, complaint, "answer")
    assert (complaint.answered_in_time, complaint.clock, complaint.clock_days) == (True, Clock.CLOSE, 10)
    assert complaint.handling_days == 15


@pytest.mark.parametrize(
    ("kind", "supervisory", "days"),
    [("aspiration", False, 5), ("request", True, 5), ("complaint", False, 14), ("complaint", True, 60)],
)
def test_each_kind_has_its_own_term(cast, kind, supervisory, days):
    complaint, _ = a_complaint(cast, kind=kind)

    assert onward(cast, complaint, "verify", is_supervisory=supervisory).clock_days == days


def test_a_new_holiday_moves_running_clocks_and_leaves_ended_ones(cast):
    complaint, _ = a_complaint(cast, today=MONDAY)
    done, _ = carry(cast, "done", key="selesai")
    add_holiday(day=MONDAY + timedelta(days=1), name="Libur", scope="national", by="test")

    assert clocks.recount() == 1
    complaint.refresh_from_db()
    assert complaint.due_on == MONDAY + timedelta(days=4)
    assert Complaint.objects.get(pk=done.pk).due_on is None


def test_changing_the_calendar_asks_for_the_count(cast):
    add_holiday(day=MONDAY, name="Libur", scope="national", by="test")

    assert Job.objects.filter(kind="complaint_recount").exists()


def test_silence_is_carried_to_the_head_and_then_to_the_office_and_the_inspectors(cast, monkeypatch):
    complaint, _ = a_complaint(cast, today=MONDAY)
    assert timetable.escalate_overdue(MONDAY + timedelta(days=3)) == 0

    late = freeze(monkeypatch, MONDAY + timedelta(days=4))
    assert timetable.escalate_overdue(late) == 1
    assert timetable.escalate_overdue(late) == 0
    assert told(complaint, "appraiser")
    assert not told(complaint, "survey_office")

    later = freeze(monkeypatch, late + timedelta(days=7))
    assert timetable.escalate_overdue(later) == 1
    assert told(complaint, "survey_office")
    assert told(complaint, "inspector")
    assert visible_complaints(cast["survey_office"]).filter(pk=complaint.pk).exists()
    assert timetable.escalate_overdue(later + timedelta(days=30)) == 0


def told(complaint, name):
    return Notice.objects.filter(
        recipient__email=f"{name}@contoh.test", subject__startswith="Laporan dinaikkan"
    ).exists()


def test_an_answer_without_reply_closes_after_the_term_and_the_citizen_may_open_it_again(cast, monkeypatch):
    freeze(monkeypatch, MONDAY)
    complaint, _ = carry(cast, "waiting")
    assert timetable.lapse(complaint.due_on) == 0

    closed = freeze(monkeypatch, complaint.due_on + timedelta(days=1))
    assert timetable.lapse(closed) == 1
    complaint.refresh_from_db()
    assert (complaint.state, complaint.closed_on) == (State.DONE, closed)

    freeze(monkeypatch, clocks.last_day_to_reopen(complaint) + timedelta(days=1))
    with pytest.raises(actions.Refused):
        onward(cast, complaint, "reopen")
    freeze(monkeypatch, clocks.last_day_to_reopen(complaint))
    assert onward(cast, complaint, "reopen").state == State.REOPENED


def test_the_citizen_hears_by_mail_that_there_is_news_and_not_which(cast):
    complaint, code = a_complaint(cast, email="yosep@contoh.test", consent=True)
    complaint = onward(cast, complaint, "verify")
    onward(cast, complaint, "answer")

    assert timetable.send_mails() == 1
    assert timetable.send_mails() == 0
    letter = mail.outbox[0]
    assert letter.to == ["yosep@contoh.test"]
    assert "/pengaduan/lacak/" in letter.body
    assert code not in letter.body
    assert "Loket" not in letter.body


def test_an_erased_contact_is_gone_and_gets_no_mail(cast):
    complaint, _ = a_complaint(cast, email="yosep@contoh.test", consent=True)
    onward(cast, complaint, "verify")
    actions.erase_contact(complaint)
    complaint.refresh_from_db()

    assert (complaint.email, complaint.consented_on) == ("", None)
    assert timetable.send_mails() == 0
    assert not ComplaintMail.objects.exists()


def test_terms_are_changed_by_the_office_of_the_city_alone_and_running_clocks_keep_theirs(cast):
    complaint, _ = a_complaint(cast, today=MONDAY)
    new = {"kind": "verify", "days": 7, "valid_from": MONDAY, "source": "SK"}

    for name in ("complaint_manager", "inspector", "service_manager"):
        with pytest.raises(NotAllowed):
            actions.add_term(by=cast[name], **new)
    actions.add_term(by=cast["survey_office"], **new)
    complaint.refresh_from_db()
    assert complaint.clock_days == 3
    assert a_complaint(cast, key="b", today=MONDAY)[0].clock_days == 7
    with pytest.raises(actions.Refused):
        actions.add_term(by=cast["survey_office"], **new)
