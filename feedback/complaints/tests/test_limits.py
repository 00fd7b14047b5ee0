"""The bounds count over all web processes; without their store every citizen is let in, and soon."""

import socket
import time
from multiprocessing import get_context

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from agencies.access.tests.cast import build_cast
from ambon_kinerja import settings as as_deployed
from feedback.citizens.actions.web import take_in
from feedback.citizens.guard import Origin
from feedback.citizens.tests.scene import ALL_FOURS, build_service
from feedback.complaints import limits, sending
from feedback.complaints.models import Complaint
from feedback.complaints.reference_data import fill

from .scene import TEXT

REAL = as_deployed.CACHES["shared"]


@pytest.fixture(autouse=True)
def awake(monkeypatch):
    monkeypatch.setattr(limits.store_rest, "until", 0.0)


@pytest.fixture
def real_store(monkeypatch, settings):
    """The store as it is deployed, under a word of this test's own."""
    settings.CACHES = settings.CACHES | {"shared": REAL | {"KEY_PREFIX": f"test-{time.time_ns()}"}}
    return settings.CACHES["shared"]


def from_network(address="10.0.0.1"):
    return RequestFactory().get("/pengaduan/", REMOTE_ADDR=address)


def test_two_clients_of_the_store_count_together_and_networks_apart(real_store):
    first = from_network()
    for _ in range(limits.MOST["wrong-code"] - 1):
        limits.count(first, "wrong-code")
    assert not limits.is_over(first, "wrong-code")
    limits.count_in(caches.create_connection("shared"), limits.place_of(first, "wrong-code"))

    assert limits.is_over(first, "wrong-code")
    assert not limits.is_over(from_network("10.0.0.2"), "wrong-code")
    assert not limits.is_over(first, "sending")


def count_fifty():
    store = caches.create_connection("shared")
    for _ in range(50):
        limits.count_in(store, "bersama")


def test_processes_at_once_lose_no_count(real_store):
    others = [get_context("fork").Process(target=count_fifty) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(timeout=30)

    assert [other.exitcode for other in others] == [0, 0]
    assert caches["shared"].get("bersama") == 100


def dead_store(settings, address):
    settings.CACHES = settings.CACHES | {"shared": REAL | {"LOCATION": f"unix://{address}"}}


@pytest.fixture
def silent(tmp_path):
    """A store that lets everybody in and never answers."""
    address = tmp_path / "diam.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(address))
        server.listen(8)
        yield address


def test_a_store_that_is_gone_lets_everything_in_and_says_so_once(settings, tmp_path, caplog):
    dead_store(settings, tmp_path / "tidak-ada.sock")

    for _ in range(limits.MOST["sending"] + 5):
        limits.count(from_network(), "sending")
    assert not limits.is_over(from_network(), "sending")
    assert sum("shared store" in line for line in caplog.messages) == 1


def test_a_silent_store_costs_half_a_second_and_then_nothing(settings, silent):
    dead_store(settings, silent)

    began = time.monotonic()
    limits.count(from_network(), "sending")
    first = time.monotonic() - began
    for _ in range(20):
        limits.count(from_network(), "sending")
    assert first < 1.5
    assert time.monotonic() - began < first + 0.2


def test_a_store_that_comes_back_counts_again(settings, real_store, tmp_path):
    dead_store(settings, tmp_path / "tidak-ada.sock")
    limits.count(from_network(), "sending")
    settings.CACHES = settings.CACHES | {"shared": real_store}
    limits.store_rest.until = 0.0  # the seconds of rest are over
    limits.count(from_network(), "sending")

    assert caches["shared"].get(limits.place_of(from_network(), "sending")) == 1


@pytest.mark.django_db
def test_without_the_store_a_letter_is_taken_and_found(client, settings, tmp_path, monkeypatch):
    dead_store(settings, tmp_path / "tidak-ada.sock")
    monkeypatch.setattr(sending, "FASTEST_SECONDS", 0)
    cast = build_cast()
    fill()
    given = {
        "kind": "complaint",
        "about_officer": "tidak",
        "target": f"u{cast['self'].cast_units['clinic'].pk}",
        "text": TEXT,
        "identity": "anonymous",
        "sending_key": sending.new_sending_key(),
        "langkah": "kirim",
    }

    sent = client.post("/pengaduan/", given)

    assert sent.status_code == 200
    assert Complaint.objects.count() == 1
    assert client.post("/pengaduan/lacak/", {"code": sent.context["code"]}).status_code == 200
    assert client.post("/pengaduan/lacak/", {"code": "salah"}).status_code == 422


@pytest.mark.django_db
def test_without_the_store_the_survey_counts(settings, silent):
    dead_store(settings, silent)
    origin = Origin(network="jaringan", device="ponsel")
    answers = ALL_FOURS | {"waktu": 3}

    given = take_in(build_service(), origin=origin, seconds=90, sending_key="kunci", answers=answers)

    assert given.state == "counted"
