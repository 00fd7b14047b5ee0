"""Workers are killed, the broker is wiped or silenced: every job ends once.

The negative controls: before the sweep runs the jobs of a wiped broker are still waiting (asserted here); without the
number of the attempt in `running._current` a worker thought dead leaves its effect (test_running fails); through the
pooled connection of Celery a silent broker holds every single request for 2 seconds.
"""

import time
from pathlib import Path

import pytest
from django.db import transaction

from ambon_kinerja.celery import app
from ambon_kinerja.jobs import publishing
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.tasks import sweep

from .handlers import effects_of
from .servers import Broker, Worker, broker_program, until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(broker_program() is None, reason="no valkey-server or redis-server on this machine"),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found through /proc"),
]


@pytest.fixture
def broker(monkeypatch):
    broker = Broker(broker_program())
    monkeypatch.setattr(app.conf, "broker_url", broker.url)
    monkeypatch.setattr(publishing.broker_rest, "until", 0.0)
    yield broker
    broker.stop()


@pytest.fixture
def start_worker(broker):
    workers = []

    def start():
        workers.append(Worker(broker))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
    print(
        Path(f"{broker.folder}/worker.log").read_text() if workers else ""
    )  # pytest shows it when a test fails


def ask(subject, kind="effect", **arguments):
    with transaction.atomic():
        return queue_job(kind, subject=subject, title="Laporan", by="test", arguments=arguments)


def is_in(job, *states):
    return Job.objects.get(pk=job.pk).state in states


def wait_for_the_end(job, *, seconds=60):
    until(
        lambda: not is_in(job, "waiting", "running"),
        seconds=seconds,
        what=f"job ended: {job.kind}",
        doing=sweep_now,
    )
    job.refresh_from_db()


def sweep_now():
    sweep(older_than=1, dead_after=1)


def outcome(job):
    return job.state, effects_of(job)


def test_a_killed_child_and_a_killed_worker_cost_an_attempt_and_nothing_else(start_worker):
    worker = start_worker()
    first = ask("anak", "slow_effect", seconds=1.5)
    until(lambda: is_in(first, "running"), seconds=60, what="the first job runs")
    worker.kill_child()
    wait_for_the_end(first)
    second = ask("semua", "slow_effect", seconds=1.5)
    until(lambda: is_in(second, "running"), seconds=60, what="the second job runs")

    worker.kill()
    start_worker()
    wait_for_the_end(second)

    assert (outcome(first), first.attempts) == (("done", 1), 2)
    assert (outcome(second), second.attempts) == (("done", 1), 2)


def test_a_job_that_kills_each_worker_is_given_up_after_three_and_the_others_get_their_turn(start_worker):
    start_worker()
    poison = ask("racun", "kills_worker")
    other = ask("lain")

    wait_for_the_end(poison)
    wait_for_the_end(other)

    assert (outcome(poison), poison.attempts) == (("failed", 0), 3)
    assert outcome(other) == ("done", 1)


def test_a_wiped_broker_loses_no_job(broker, start_worker):
    before = [ask(f"sebelum-{number}") for number in range(5)]
    broker.wipe()
    start_worker()
    awake = ask("bangun")
    until(lambda: is_in(awake, "done"), seconds=60, what="the worker works")
    waiting = [is_in(job, "waiting") for job in before]
    broker.wipe()
    after = ask("sesudah")

    for job in [*before, after]:
        wait_for_the_end(job)

    assert waiting == [True] * 5
    assert [outcome(job) for job in [*before, after]] == [("done", 1)] * 6


@pytest.mark.urls("ambon_kinerja.jobs.tests.shop")
def test_a_silent_broker_holds_no_request_and_its_jobs_run_when_it_speaks_again(broker, start_worker, client):
    client.post("/minta/", {"subject": "hangat"})
    broker.fall_silent()
    seconds = []
    for number in range(3):
        begun = time.monotonic()
        assert client.post("/minta/", {"subject": f"bisu-{number}"}).status_code == 200
        seconds.append(time.monotonic() - begun)
    broker.speak_again()
    publishing.broker_rest.until = 0.0

    start_worker()
    jobs = list(Job.objects.all())
    for job in jobs:
        wait_for_the_end(job)

    assert max(seconds) < 3
    assert max(seconds[1:]) < 0.5
    assert [outcome(job) for job in jobs] == [("done", 1)] * 4


def test_a_broker_that_is_gone_holds_no_request(broker):
    broker.stop()

    begun = time.monotonic()
    job = ask("hilang")

    assert time.monotonic() - begun < 1
    assert Job.objects.get(pk=job.pk).published_at is None
