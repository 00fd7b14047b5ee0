"""Sent twice at the same moment, and answered while others answer about the same person."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import run
from feedback.colleagues import actions
from feedback.colleagues.models import FeedbackInvitation, FeedbackTally

from .scene import KEYS, build_clinic, invitations_about, opened, prepared

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts):
    start, answers = Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def sender(user, task):
    client = Client()
    client.force_login(user)
    return lambda: client.post(f"/umpan-balik-rekan/jawab/{task.pk}/", dict.fromkeys(KEYS, "3"))


def test_three_clicks_of_one_and_one_of_two_others_are_three_answers():
    users = build_clinic.built_anew()
    opened(users)
    tasks = invitations_about(users["peer1"].employee)[:3]
    acts = [sender(task.rater.user, task) for task in (tasks[0], tasks[0], tasks[0], tasks[1], tasks[2])]

    answers = at_once(acts)

    assert [answer.status_code for answer in answers] == [302] * 5
    tally = FeedbackTally.objects.get(subject=tasks[0].subject)
    assert tally.answers == {"peer": 3, "subordinate": 0}
    assert all(tally.counts["peer"][key] == [0, 0, 0, 3, 0] for key in KEYS)
    assert FeedbackInvitation.objects.filter(has_answered=True).count() == 3


def test_two_clicks_are_one_draw_and_a_worker_that_dies_leaves_nothing_behind(monkeypatch):
    users = build_clinic.built_anew()
    current = prepared(users)
    asked = at_once([lambda: actions.ask_for_draw(current, by=users["office"]).pk] * 2)
    [job] = Job.objects.filter(kind="colleague_draw")
    assert asked == [job.pk, job.pk]

    def die(*_):
        raise RuntimeError("the machine is gone")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "ask_raters", die)
        assert run(job.pk) is not None  # to be tried again
    current.refresh_from_db()
    assert (current.state, FeedbackInvitation.objects.count()) == ("prepared", 0)

    run(job.pk)
    invited = set(FeedbackInvitation.objects.values_list("pk", flat=True))
    Job.objects.filter(pk=job.pk).update(state="waiting")  # told once more, after all was done
    run(job.pk)

    current.refresh_from_db()
    job.refresh_from_db()
    assert (current.state, job.state, job.progress) == ("open", "done", 100)
    assert job.result_path == f"/umpan-balik-rekan/putaran/{current.pk}/"
    assert set(FeedbackInvitation.objects.values_list("pk", flat=True)) == invited
    assert AuditEvent.objects.filter(action="feedbackround.draw").count() == 1
