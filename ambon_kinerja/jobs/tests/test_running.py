import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import run
from ambon_kinerja.jobs.tasks import run_job, sweep

from .handlers import effects_of, watched
from .kinds import HANDLERS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def told(settings, monkeypatch):
    settings.JOB_HANDLERS = HANDLERS
    calls = []
    monkeypatch.setattr(
        "ambon_kinerja.jobs.tasks.send",
        lambda task, job_id, countdown=0: calls.append((job_id, countdown)) or True,
    )
    return calls


def make_job(kind="effect", **fields):
    return Job.objects.create(kind=kind, subject=f"{kind}:1", title="Laporan", **fields)


def state_of(job):
    job.refresh_from_db()
    return job.state


def test_a_job_runs_once_and_says_where_its_result_is():
    job = make_job()

    run(job.pk)

    assert (state_of(job), job.progress, job.result_path, job.attempts) == (
        "done",
        100,
        f"/hasil/{job.pk}/",
        1,
    )
    assert effects_of(job) == 1


def test_a_message_that_comes_again_changes_nothing():
    job = make_job()

    for _ in range(3):
        run_job(job.pk)

    assert (effects_of(job), state_of(job), job.attempts) == (1, "done", 1)


def test_a_message_about_no_job_is_ignored():
    assert run(4711) is None


def test_ten_workers_with_the_same_message_leave_one_effect():
    job, start = make_job("slow_effect", arguments={"seconds": 0.5}), threading.Barrier(10)

    def work():
        try:
            start.wait()
            run(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (effects_of(job), state_of(job), job.attempts) == (1, "done", 1)


def test_progress_is_seen_while_the_handler_has_not_committed():
    job = make_job("watched")
    seen = []

    def look(job):
        def from_outside():
            row = Job.objects.get(pk=job.pk)
            seen.append((row.progress, row.progress_text, effects_of(job)))
            connection.close()

        thread = threading.Thread(target=from_outside)
        thread.start()
        thread.join()

    watched.seen = look
    run(job.pk)

    assert seen == [(40, "membaca data", 0)]
    assert effects_of(job) == 1


def test_a_worker_shows_signs_of_life_without_reporting(settings):
    settings.JOB_HEARTBEAT_SECONDS = 0.05
    job, beats = make_job("watched"), []

    def wait(job):
        def read():
            beats.append(Job.objects.get(pk=job.pk).heartbeat_at)
            connection.close()

        for _ in range(2):
            thread = threading.Thread(target=read)
            thread.start()
            thread.join()
            threading.Event().wait(0.3)

    watched.seen = wait
    run(job.pk)

    assert beats[1] > beats[0]


def test_a_cancelled_job_leaves_no_effect():
    job = make_job("cancelled_midway")

    run(job.pk)

    assert effects_of(job) == 0


def test_a_job_cancelled_from_outside_stops_at_its_next_report_and_stays_cancelled():
    job = make_job("slow_effect", arguments={"seconds": 2})
    worker = threading.Thread(target=lambda: (run(job.pk), connection.close()))

    worker.start()
    while not Job.objects.filter(pk=job.pk, progress__gt=0).exists():
        threading.Event().wait(0.05)
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED)
    worker.join(timeout=1.5)

    assert not worker.is_alive()
    assert (state_of(job), effects_of(job)) == ("cancelled", 0)


def test_a_worker_thought_dead_rolls_its_effect_back_when_another_took_over():
    job = make_job("watched")

    def another_takes_over(job):
        def claim():
            Job.objects.filter(pk=job.pk).update(attempts=2)
            connection.close()

        thread = threading.Thread(target=claim)
        thread.start()
        thread.join()

    watched.seen = another_takes_over
    run(job.pk)

    assert (effects_of(job), state_of(job), job.attempts) == (0, "running", 2)


def test_an_error_is_tried_three_times_then_the_job_has_failed_with_a_reference_and_no_details(told, caplog):
    job = make_job("breaks")

    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            run_job(job.pk)

    assert (state_of(job), job.attempts, effects_of(job)) == ("failed", 3, 0)
    assert "rahasia" not in job.error
    assert job.error.startswith("Terjadi galat di sistem. Sebutkan nomor rujukan P")
    reference = job.error.split("rujukan ")[1].split()[0]
    assert reference in caplog.text
    assert told == [(job.pk, 10), (job.pk, 20)]


def test_a_refusal_is_final_and_shown_in_its_own_words():
    job = make_job("refuses")

    run_job(job.pk)

    assert (state_of(job), job.error, job.attempts, effects_of(job)) == (
        "failed",
        "Periode belum ditutup.",
        1,
        0,
    )


def test_a_job_over_its_time_is_tried_again_and_then_says_so():
    job = make_job("too_slow")

    for _ in range(3):
        run_job(job.pk)

    assert (state_of(job), effects_of(job)) == ("failed", 0)
    assert "melebihi batas waktu 4,5 menit" in job.error


def test_a_kind_nobody_knows_fails_instead_of_waiting_for_ever():
    job = make_job("unknown")

    for _ in range(3):
        run_job(job.pk)

    assert state_of(job) == "failed"


def test_a_job_that_killed_its_worker_three_times_is_failed_with_a_reason():
    job = make_job(state="running", attempts=3, heartbeat_at=long_ago())

    run(job.pk)

    assert (state_of(job), effects_of(job)) == ("failed", 0)
    assert "3 percobaan" in job.error


def test_the_job_of_a_dead_worker_is_taken_over():
    job = make_job(state="running", attempts=1, heartbeat_at=long_ago())

    run(job.pk)

    assert (state_of(job), job.attempts, effects_of(job)) == ("done", 2, 1)


def test_the_job_of_a_living_worker_is_left_alone():
    job = make_job(state="running", attempts=1, heartbeat_at=timezone.now())

    run(job.pk)

    assert (state_of(job), job.attempts, effects_of(job)) == ("running", 1, 0)


def long_ago():
    return timezone.now() - timedelta(minutes=10)


def test_the_sweep_hands_over_what_was_forgotten_and_what_lost_its_worker(told):
    never_told = Job.objects.create(kind="effect", subject="a", title="A")
    told_long_ago = Job.objects.create(kind="effect", subject="b", title="B", published_at=long_ago())
    orphan = Job.objects.create(
        kind="effect", subject="c", title="C", state="running", heartbeat_at=long_ago()
    )
    Job.objects.create(kind="effect", subject="d", title="D", published_at=timezone.now())
    Job.objects.create(kind="effect", subject="e", title="E", state="running", heartbeat_at=timezone.now())
    Job.objects.create(kind="effect", subject="f", title="F", state="done", published_at=long_ago())

    count = sweep()

    assert count == 3
    assert told == [(never_told.pk, 0), (told_long_ago.pk, 0), (orphan.pk, 0)]


def test_a_second_sweep_right_after_finds_nothing(told):
    make_job()

    assert (sweep(), sweep()) == (1, 0)


def test_the_sweep_stops_at_a_broker_that_does_not_listen(monkeypatch):
    for subject in "abc":
        Job.objects.create(kind="effect", subject=subject, title="A")
    asked = []
    monkeypatch.setattr("ambon_kinerja.jobs.tasks.send", lambda *args, **kwargs: asked.append(args))

    assert sweep() == 0
    assert len(asked) == 1
