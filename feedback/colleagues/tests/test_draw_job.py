"""The draw, its check and the closing as jobs: who asks for them, what stands still, and what the pages say."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import JobRefused
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, history_of
from ambon_kinerja.notices.models import Notice
from feedback.colleagues.actions import (
    ask_for_draw,
    cancel_round,
    draw_job,
    open_round,
    propose_candidates,
    tell_nobody,
)
from feedback.colleagues.checking import ask_for_check, check_job, draw_is_as_recorded
from feedback.colleagues.closing import ask_for_closing, close_job, close_round
from feedback.colleagues.models import FeedbackInvitation, FeedbackRound, FeedbackSubject, FeedbackTally

from .scene import add_member, build_clinic, opened, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def users():
    return build_clinic()


def test_while_the_draw_runs_neither_list_nor_round_changes(users):
    current = prepared(users, choosing="approved")
    ask_for_draw(current, by=users["office"])
    subject = current.subjects.get(employee=users["peer1"].employee)

    with pytest.raises(NotPossible, match="sedang diundi"):
        propose_candidates(subject, people=[users["peer2"].employee.pk], by=users["peer1"])
    with pytest.raises(StepRefused, match="sedang diundi"):
        cancel_round(current, by=users["office"], reason="Salah unit.")


def test_a_draw_that_failed_says_why_and_is_asked_for_again(client, users):
    current = prepared(users)
    job = ask_for_draw(current, by=users["office"])
    FeedbackRound.objects.filter(pk=current.pk).update(closes_at=timezone.now())
    with pytest.raises(JobRefused, match="sudah lewat"):
        draw_job(job, tell_nobody)
    Job.objects.filter(pk=job.pk).update(state="failed", error="Hari terakhir menjawab sudah lewat.")
    FeedbackRound.objects.filter(pk=current.pk).update(closes_at=current.closes_at)

    client.force_login(users["office"])
    page = client.get(reverse("feedback:colleague-round-detail", args=[current.pk])).content.decode()
    assert "Hari terakhir menjawab sudah lewat." in page
    assert "Undi rekan dan buka" in page
    assert ask_for_draw(current, by=users["office"]) != job


def test_only_who_keeps_the_round_has_it_drawn(users):
    current = prepared(users)
    for name in ("head", "peer1", "outsider"):
        with pytest.raises(NotAllowed):
            ask_for_draw(current, by=users[name])
    job = ask_for_draw(current, by=users["office"])
    users["office"].role_grants.all().delete()
    with pytest.raises(NotAllowed):  # his right ended before the worker came to it
        draw_job(job, tell_nobody)
    assert not FeedbackInvitation.objects.exists()


def what_the_trail_holds_up(act):
    """(what is written before the first line of the trail, what behind it), as SQL."""
    with CaptureQueriesContext(connection) as queries:
        act()
    asked = [each["sql"].strip() for each in queries]
    written = [sql for sql in asked if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    first_line = next(at for at, sql in enumerate(written) if AuditEvent._meta.db_table in sql)
    return " ".join(written[:first_line]), " ".join(written[first_line:])


def test_whoever_has_something_to_record_does_not_wait_for_a_whole_round(users):
    """The trail is locked by its first line to the end: nothing that grows with the people may stand behind it."""
    current = prepared(users)
    before, behind = what_the_trail_holds_up(lambda: open_round(current, by=users["office"]))
    for model in (FeedbackInvitation, FeedbackSubject, FeedbackTally, Notice):
        assert model._meta.db_table in before
        assert model._meta.db_table not in behind

    before, behind = what_the_trail_holds_up(
        lambda: close_round(current, by=users["office"], reason="Selesai.")
    )
    for model in (FeedbackInvitation, FeedbackSubject, FeedbackTally, Notice):
        assert model._meta.db_table in before
        assert model._meta.db_table not in behind


def test_the_check_asks_as_much_for_many_as_for_few(users):
    few = opened(users)
    with CaptureQueriesContext(connection) as for_few:
        assert draw_is_as_recorded(few)
    close_round(few, by=users["office"], reason="Selesai.")
    people = FeedbackSubject.objects.filter(round=few).count()
    for number in range(people):
        add_member(users, users["office"].health, f"more{number}", users["office"].head_post)
    many = opened(users)
    with CaptureQueriesContext(connection) as for_many:
        assert draw_is_as_recorded(many)

    assert FeedbackSubject.objects.filter(round=many).count() >= 2 * people
    assert len(for_many) == len(for_few)


def checked(current, by):
    """The page of the check after a job of `by` is through."""
    job = ask_for_check(current, by=by)
    check_job(job, tell_nobody)
    Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now())
    return job


def test_the_check_says_yes_or_no_and_keeps_it_in_the_trail(client, users):
    current = opened(users)
    client.force_login(users["office"])
    address = reverse("feedback:colleague-round-draw", args=[current.pk])
    client.post(address)
    assert "Memeriksa undian: Semester I" in client.get(address).content.decode()
    assert 'http-equiv="refresh"' in client.get(address).content.decode()

    checked(current, users["office"])
    assert "Undian cocok" in client.get(address).content.decode()

    FeedbackInvitation.objects.filter(subject__round=current).first().delete()
    checked(current, users["office"])
    assert "Undian tidak cocok" in client.get(address).content.decode()
    said = AuditEvent.objects.filter(action="feedbackround.check").order_by("pk")
    assert [json.loads(event.payload)["details"]["is_same"] for event in said] == [True, False]


def test_of_a_closed_round_nothing_can_be_checked(users):
    current = opened(users)
    job = ask_for_check(current, by=users["office"])
    close_round(current, by=users["office"], reason="Selesai.")

    with pytest.raises(JobRefused, match="tidak berjalan lagi"):
        check_job(job, tell_nobody)
    with pytest.raises(StepRefused, match="tidak berjalan lagi"):
        ask_for_check(current, by=users["office"])


def test_only_who_keeps_the_round_has_it_checked_or_closed(users):
    current = opened(users)
    for name in ("head", "peer1", "outsider"):
        with pytest.raises(NotAllowed):
            ask_for_check(current, by=users[name])
        with pytest.raises(NotAllowed):
            ask_for_closing(current, by=users[name], reason="Selesai.")
    job = ask_for_closing(current, by=users["office"], reason="Selesai.")
    users["office"].role_grants.all().delete()
    with pytest.raises(NotAllowed):  # his right ended before the worker came to it
        close_job(job, tell_nobody)


def test_closing_early_needs_a_reason_which_the_job_forgets(users):
    current = opened(users)
    with pytest.raises(StepRefused, match="alasan"):
        ask_for_closing(current, by=users["office"], reason=" ")
    job = ask_for_closing(current, by=users["office"], reason="Semua sudah menjawab.")
    assert ask_for_closing(current, by=users["office"], reason="Sekali lagi.") == job  # a double click

    close_job(job, tell_nobody)
    close_job(job, tell_nobody)  # told twice by the broker

    current.refresh_from_db()
    assert current.state == "closed"
    assert "reason" not in Job.objects.get(pk=job.pk).arguments
    assert history_of(current).last().reason == "Semua sudah menjawab."
