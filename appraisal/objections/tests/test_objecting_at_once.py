"""Twenty windows send the same objection over HTTP: what is acknowledged is stored, and a conflict shows both texts."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.test import Client
from django.urls import reverse

from ambon_kinerja.lifecycle.models import StateChange
from appraisal.objections import actions
from appraisal.objections.actions import objecting
from appraisal.objections.models import Objection

from . import scenes

THREADS = 20

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Stay(HTTPRedirectHandler):
    """Where somebody is sent to says whether it was stored; nobody goes there."""

    def redirect_request(self, *args):
        return None


class Window:
    """The page of the objection, open in one of twenty windows of the same person."""

    def __init__(self, address, session):
        self.address, self.session = address, session
        self.opener = build_opener(Stay)
        self.statuses = []

    def asked(self, data=None, cookies=""):
        headers = {"Cookie": f"sessionid={self.session}{cookies}", "Referer": self.address}
        request = Request(self.address, data=data, headers=headers)  # noqa: S310
        try:
            with self.opener.open(request, timeout=60) as answer:
                status, text, headers = answer.status, answer.read().decode(), answer.headers
        except HTTPError as answer:
            with answer:
                status, text, headers = answer.code, answer.read().decode(), answer.headers
        self.statuses.append(status)
        return status, text, headers

    def open(self):
        """What its form holds; {} where the objection is filed and there is none any more."""
        status, text, headers = self.asked()
        if status != 200:
            return {}
        self.cookies = "; csrftoken=" + re.search("csrftoken=([^;]+)", headers["Set-Cookie"])[1]
        form = {
            name: re.search(f'name="{name}" value="([^"]+)"', text)[1]
            for name in ("version", "csrfmiddlewaretoken")
        }
        return form | {"reasons": typed_in(text)}

    def send(self, form):
        status, text, _ = self.asked(urlencode(form).encode(), self.cookies)
        return status, text


def typed_in(page):
    return re.search('<textarea name="reasons"[^>]*>([^<]*)</textarea>', page)[1].strip()


@pytest.fixture
def windows(live_server, plan):
    """(objection, [Window]): twenty windows of the employee on his own draft."""
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])
    signed_in = Client()
    signed_in.force_login(cast["self"])
    address = live_server.url + reverse("appraisal:objection-write", args=[objection.pk])
    session = signed_in.cookies["sessionid"].value
    return objection, [Window(address, session) for _ in range(THREADS)]


def at_once(windows, act):
    barrier = Barrier(THREADS)

    def one(number):
        barrier.wait(timeout=60)
        return act(windows[number], f"tanda-{number}.")

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def saved(window, mark):
    """Read, add the own mark, save: the mark when that was acknowledged. Both texts where it was not."""
    for _ in range(2):
        form = window.open()
        form["reasons"] = f"{form['reasons']} {mark}".strip()
        status, page = window.send(form)
        if status == 302:
            return mark
        assert status in (409, 422), status
        assert mark in typed_in(page)
        if status == 409:
            assert "Belum disimpan" in page
            assert "Alasan keberatan" in page
    return None


def test_what_twenty_clients_were_told_is_stored_is_stored_and_the_others_see_both_texts(windows):
    objection, opened = windows

    acknowledged = {mark for mark in at_once(opened, saved) if mark}

    objection.refresh_from_db()
    statuses = {status for window in opened for status in window.statuses}
    assert all(status < 500 for status in statuses)
    assert 409 in statuses
    assert acknowledged
    assert set(objection.reasons.split()) == acknowledged


def test_without_the_lock_acknowledged_texts_are_lost(windows, monkeypatch):
    """The control: whoever saves last would win, and the test above would notice."""

    def read_without_lock(objection, by):
        found = Objection.objects.select_related("document__evaluation").get(pk=objection.pk)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(objecting, "lock_draft", read_without_lock)
    objection, opened = windows

    acknowledged = {mark for mark in at_once(opened, saved) if mark}

    objection.refresh_from_db()
    assert set(objection.reasons.split()) < acknowledged


def test_twenty_clients_who_file_at_once_file_it_once(windows):
    objection, opened = windows
    forms = [window.open() for window in opened]

    def filed(window, mark):
        form = forms[opened.index(window)] | {"reasons": mark, "ajukan": "1"}
        status, page = window.send(form)
        assert status == 302 or mark in typed_in(page)
        return status == 302

    acknowledged = at_once(opened, filed)

    objection.refresh_from_db()
    assert any(acknowledged)  # who comes after it was filed is led to what was filed
    assert all(status < 500 for window in opened for status in window.statuses)
    assert objection.state == "filed"
    assert re.fullmatch(r"tanda-\d+\.", objection.reasons)
    assert StateChange.objects.filter(after="filed").count() == 1
