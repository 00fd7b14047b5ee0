"""Twenty people press save at the same moment: what was acknowledged is there afterwards."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from appraisal.monitoring.tests.agreed_plan import build_plan
from appraisal.scoring import actions
from appraisal.scoring.actions import Conflict, save_draft, start_evaluation
from appraisal.scoring.models import Evaluation

THREADS = 20

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def everybody_saves(evaluation, user):
    """Each thread adds its own mark to the note it has just read; the marks whose save was acknowledged."""
    barrier = Barrier(THREADS)

    def add(mark):
        try:
            barrier.wait(timeout=60)
            for _ in range(200):
                seen = Evaluation.objects.get(pk=evaluation.pk)
                try:
                    save_draft(seen, version=seen.version, note=f"{seen.note} {mark}", by=user)
                    return mark
                except (Conflict, OperationalError):
                    time.sleep(0.01)
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [mark for mark in pool.map(add, [f"tanda-{number}." for number in range(THREADS)]) if mark]


@pytest.fixture
def draft(now):
    cast, skp, period = build_plan(main=1, additional=0)
    return start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"]


def test_twenty_saves_at_once_lose_nothing_that_was_acknowledged(draft):
    evaluation, user = draft

    acknowledged = everybody_saves(evaluation, user)

    evaluation.refresh_from_db()
    assert len(acknowledged) == THREADS
    assert set(evaluation.note.split()) == set(acknowledged)
    assert evaluation.version == 1 + THREADS


def test_without_the_lock_acknowledged_saves_are_lost(draft, monkeypatch):
    """The control: it shows that the test above would notice a missing lock."""

    def read_without_lock(evaluation, by):
        found = Evaluation.objects.select_related("skp__employee", "period").get(pk=evaluation.pk)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(actions, "lock_draft", read_without_lock)
    evaluation, user = draft

    acknowledged = everybody_saves(evaluation, user)

    evaluation.refresh_from_db()
    assert set(evaluation.note.split()) < set(acknowledged)


def test_starting_twenty_times_at_once_makes_one_evaluation(now):
    cast, skp, period = build_plan(main=1, additional=0)
    barrier = Barrier(THREADS)

    def start(_):
        try:
            barrier.wait(timeout=60)
            return start_evaluation(skp, period=period, by=cast["appraiser"]).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        found = set(pool.map(start, range(THREADS)))

    assert len(found) == 1
    assert Evaluation.objects.count() == 1
