"""Passkeys, with an authenticator in software."""

import pytest
from django.test import Client

from agencies.accounts.models import Passkey, SignedInDevice
from ambon_kinerja.notices.models import Notice

from .authenticator import Authenticator
from .door import SECOND, enter, is_signed_in

pytestmark = pytest.mark.django_db

ADD = "/akun/langkah-kedua/kunci-sandi/"


@pytest.fixture
def key(client, user):
    """A passkey that `user` has added; nobody is signed in."""
    key = Authenticator()
    enter(client)
    add(client, key)
    client.post("/keluar/")
    return key


def add(client, key, name="Ponsel saya"):
    options = client.get(ADD).context["options"]
    return client.post(ADD, {"name": name, "credential": key.create(options)})


def asked(client):
    return client.get(SECOND).context["passkey_options"]


def test_a_passkey_is_added_told_and_followed_by_recovery_codes(client, user):
    enter(client)

    assert add(client, Authenticator()).url == "/akun/langkah-kedua/kode-cadangan/"
    assert Passkey.objects.get().name == "Ponsel saya"
    assert Notice.objects.filter(subject="Kunci sandi “Ponsel saya” ditambahkan ke akun Anda").count() == 1
    assert "Ponsel saya" in client.get("/akun/langkah-kedua/").text


def test_a_passkey_opens_after_the_password(client, user, key):
    assert enter(client).url == SECOND

    assert client.post(SECOND, {"credential": key.get(asked(client))}).url == "/akun/"
    assert SignedInDevice.objects.latest("pk").second_factor == "passkey"
    assert Passkey.objects.get().sign_count == 1


def test_what_was_signed_once_opens_nothing_again(client, user, key):
    enter(client)
    answer = key.get(asked(client))
    client.post(SECOND, {"credential": answer})
    thief = Client()
    enter(thief)
    asked(thief)

    assert thief.post(SECOND, {"credential": answer}).status_code == 422
    assert not is_signed_in(thief)


@pytest.mark.parametrize(
    "other",
    [
        Authenticator(),
        Authenticator(origin="https://evil.test"),
        Authenticator(site="evil.test"),
    ],
    ids=["another key", "another origin", "another site"],
)
def test_what_another_has_signed_opens_nothing(client, user, key, other):
    other.id = key.id
    if other.origin != key.origin or other.site != key.site:
        other.key = key.key
    enter(client)

    response = client.post(SECOND, {"credential": other.get(asked(client))})

    assert response.status_code == 422
    assert "Kunci sandi tidak cocok" in response.text


def test_a_key_that_counts_backwards_is_a_copy(client, user, key):
    Passkey.objects.update(sign_count=10)
    enter(client)

    assert client.post(SECOND, {"credential": key.get(asked(client))}).status_code == 422


@pytest.mark.parametrize(
    "nonsense", ["x", "{}", "[]", "null", '{"rawId": 5}', '{"rawId": "AA"}', "x" * 30_000]
)
def test_nonsense_is_a_wrong_answer_and_no_fault_of_ours(client, user, key, nonsense):
    enter(client)
    asked(client)

    assert client.post(SECOND, {"credential": nonsense}).status_code == 422


@pytest.mark.parametrize(
    ("site", "offered"), [("https://kinerja.example.org", True), ("http://127.0.0.1:8000", False)]
)
def test_a_passkey_is_offered_only_where_browsers_make_one(client, user, settings, site, offered):
    settings.SITE_URL = site
    enter(client)

    assert ("Tambah kunci sandi" in client.get("/akun/langkah-kedua/").text) is offered


def test_nonsense_is_not_added(client, user):
    enter(client)
    client.get(ADD)

    assert client.post(ADD, {"name": "x", "credential": "{}"}).status_code == 422
    assert client.post(ADD, {"name": "", "credential": ""}).status_code == 422
    assert not Passkey.objects.exists()
