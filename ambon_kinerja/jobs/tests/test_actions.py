import inspect
import threading

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs import publishing
from ambon_kinerja.jobs.actions import NothingToCancel, cancel_job, queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.tests.people import make_user


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """What the broker was told: the ids, in order."""
    ids = []
    monkeypatch.setattr(
        "ambon_kinerja.jobs.tasks.send", lambda task, job_id, countdown=0: ids.append(job_id) or True
    )
    return ids


def report_job(**changes):
    return queue_job(
        **{"kind": "effect", "subject": "laporan:1", "title": "Laporan", "by": "timetable"} | changes
    )


@pytest.mark.django_db
def test_the_broker_is_told_after_the_commit_and_not_before(told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = report_job()
        before = list(told)

    assert (before, told) == ([], [job.pk])


@pytest.mark.django_db
def test_a_title_that_is_too_long_is_cut_and_not_refused():
    assert report_job(title="a" * 201).title == "a" * 199 + "…"


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_caller_fails_was_never_asked_for(told):
    with transaction.atomic():
        report_job()
        transaction.set_rollback(True)

    assert (Job.objects.count(), told) == (0, [])


@pytest.mark.django_db
def test_asking_twice_gives_the_unfinished_twin():
    first = report_job(by=make_user("Orang Satu"))

    second = report_job(by=make_user("Orang Dua"))

    assert second == first
    assert set(first.wanted_by.values_list("name", flat=True)) == {"Orang Satu", "Orang Dua"}
    assert first.requested_by.name == "Orang Satu"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_a_finished_twin_does_not_stand_in_the_way(state):
    first = report_job()
    Job.objects.filter(pk=first.pk).update(state=state)

    assert report_job() != first


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_get_one_job():
    start, jobs = threading.Barrier(8), []

    def ask():
        try:
            start.wait()
            with transaction.atomic():
                jobs.append(report_job().pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(jobs) == 8
    assert set(jobs) == {Job.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_a_job_the_broker_did_not_take_is_marked_for_the_next_sweep(monkeypatch):
    monkeypatch.setattr("ambon_kinerja.jobs.tasks.send", lambda *args, **kwargs: False)

    job = report_job()

    job.refresh_from_db()
    assert (job.state, job.published_at) == ("waiting", None)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["waiting", "running"])
def test_cancelling_ends_an_unfinished_job_and_is_remembered(state):
    user, job = make_user(), report_job()
    Job.objects.filter(pk=job.pk).update(state=state)

    cancel_job(job, by=user)

    job.refresh_from_db()
    assert job.state == "cancelled"
    assert AuditEvent.objects.get(action="job.cancel").actor == f"user:{user.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_cancelling_what_has_ended_is_refused(state):
    job = report_job()
    Job.objects.filter(pk=job.pk).update(state=state)

    with pytest.raises(NothingToCancel, match="sudah berakhir"):
        cancel_job(job, by=make_user())

    job.refresh_from_db()
    assert job.state == state


class Refusing:
    """A task whose broker is away."""

    name = "refusing"
    calls = 0

    @classmethod
    def apply_async(cls, *args, **kwargs):
        cls.calls += 1
        raise ConnectionError


def test_a_broker_that_is_away_is_left_alone_for_a_while(settings, monkeypatch):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    monkeypatch.setattr(publishing.broker_rest, "until", 0.0)

    answers = [publishing.send(Refusing, 1) for _ in range(3)]

    assert (answers, Refusing.calls) == ([False, False, False], 1)


def test_every_handler_takes_the_job_and_a_way_to_report_progress():
    """A handler that does not would fail only in a worker, after its tests have passed."""
    for path in settings.JOB_HANDLERS.values():
        inspect.signature(import_string(path)).bind(object(), print)
