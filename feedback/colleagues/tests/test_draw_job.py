"""The draw as a job: who has it drawn, what stands still meanwhile, and what the page says when it failed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import JobRefused
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from feedback.colleagues.actions import (
    ask_for_draw,
    cancel_round,
    draw_job,
    propose_candidates,
    tell_nobody,
)
from feedback.colleagues.models import FeedbackInvitation, FeedbackRound

from .scene import build_clinic, prepared

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
