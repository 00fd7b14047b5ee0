"""Twenty people press save at the same moment: what was acknowledged is there afterwards."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.db import OperationalError, connection
from django.test import Client

from ambon_kinerja.lifecycle.steps import StepRefused
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
                except (Conflict, OperationalError, StepRefused):
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
    monkeypatch.setattr(actions, "lock_plan", lambda evaluation: None)
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


def test_twenty_clients_over_http_get_it_stored_or_both_values(live_server, now):
    """Each adds his mark to what he read; whoever is told "saved" finds it, whoever is not gets both texts."""
    cast, skp, period = build_plan(main=1, additional=0)
    evaluation = start_evaluation(skp, period=period, by=cast["appraiser"])
    signed_in = Client()
    signed_in.force_login(cast["appraiser"])
    cookie = signed_in.cookies["sessionid"].value
    address = f"{live_server.url}/penilaian/{evaluation.pk}/"
    barrier = Barrier(THREADS)

    def add(mark):
        statuses = []
        barrier.wait(timeout=60)
        for _ in range(2):
            status, form, cookies = page_at(address, cookie)
            statuses.append(status)
            form["note"] = f"{form['note']} {mark}".strip()
            status, told = sent_to(address, cookies, form)
            statuses.append(status)
            if status == 200:
                return mark, statuses
            assert status == 409, told
            if told["both"]:  # else it was too busy, in words
                assert mark in told["both"]
                assert "Tersimpan sekarang" in told["both"]
        return None, statuses

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(add, [f"tanda-{number}." for number in range(THREADS)]))

    evaluation.refresh_from_db()
    acknowledged = {mark for mark, _ in answers if mark}
    assert all(status < 500 for _, statuses in answers for status in statuses)
    assert acknowledged
    assert 409 in {status for _, statuses in answers for status in statuses}
    assert set(evaluation.note.split()) == acknowledged


def page_at(address, cookie):
    """(status, what the form holds, the cookies to send it with)"""
    request = Request(address, headers={"Cookie": f"sessionid={cookie}"})  # noqa: S310
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        text, status = answer.read().decode(), answer.status
        token = re.search("csrftoken=([^;]+)", " ".join(answer.headers.get_all("Set-Cookie")))[1]
    form = {
        name: re.search(f'name="{name}" value="([^"]+)"', text)[1]
        for name in ("version", "csrfmiddlewaretoken")
    }
    form["note"] = re.search('<textarea name="note"[^>]*>([^<]*)</textarea>', text)[1].strip()
    return status, form, f"sessionid={cookie}; csrftoken={token}"


def sent_to(address, cookies, form):
    headers = {"Cookie": cookies, "Accept": "application/json", "Referer": address}
    request = Request(address, data=urlencode(form).encode(), headers=headers)  # noqa: S310
    try:
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            text = error.read()
        return error.code, json.loads(text) if error.code == 409 else text
