"""Around the door: forged headers, known devices, addresses that lead away, and what the browser may help with."""

import re

import pytest
from django.core import signing
from django.test import Client

from agencies.accounts.devices import SALT
from ambon_kinerja.addresses import address_of
from ambon_kinerja.trouble import sent_fields

from .door import NIP, PASSWORD, SIGN_IN, enter

AWAY = [
    "//evil.test", "https://evil.test/", "https:evil.test", "/\\evil.test", "\\\\evil.test", "javascript:alert(1)",
    "///evil.test", "////evil.test", "http:///evil.test", " //evil.test", "\t//evil.test", "/\t/evil.test/",
    "ftp://testserver/", "http://testserver@evil.test/", "data:text/html,x", "//evil.test%0d%0aX:1",
    "\x08//evil.test", "//testserver.evil.test/", "http:\\\\evil.test", "/\n/evil.test/", "HTTPS://EVIL.test",
    "//evil.test\\@testserver/",
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("aim", AWAY)
def test_no_page_of_the_door_leads_away(client, user, aim):
    assert "evil" not in enter(client, aim=aim).url
    assert "evil" not in client.post("/akun/konfirmasi/", {"old": PASSWORD, "next": aim}).url
    assert "evil" not in client.get("/masuk/", {"next": aim}).url


# --- the proxy ----------------------------------------------------------------------------------


def test_a_forged_address_is_believed_from_nobody(rf, settings):
    """A visitor's own entries stand before the one our proxy adds; without a proxy none counts."""
    forged = rf.get("/", REMOTE_ADDR="192.0.2.66", HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.9")
    assert address_of(forged) == "192.0.2.66"

    settings.BEHIND_PROXY = True
    assert address_of(forged) == "203.0.113.9"


def test_guesses_under_forged_addresses_are_counted_as_one_visitor(user):
    guesser = Client(REMOTE_ADDR="192.0.2.66")

    answers = [
        enter(guesser, password=f"x{n}", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(6)
    ]

    assert answers == [422] * 5 + [429]


def test_if_any_header_were_believed_the_guesser_would_go_on(user, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(
        "agencies.accounts.views.pages.address_of", lambda request: request.META["HTTP_X_FORWARDED_FOR"]
    )
    guesser = Client(REMOTE_ADDR="192.0.2.66")

    answers = [
        enter(guesser, password=f"x{n}", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(6)
    ]

    assert answers == [422] * 6


def test_a_forged_host_is_refused_and_stands_in_no_mail(client, user, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    assert client.post("/lupa-kata-sandi/", {"username": NIP}, HTTP_HOST="evil.test").status_code == 400
    assert client.get(SIGN_IN, HTTP_X_FORWARDED_HOST="evil.test").status_code == 200
    assert "evil.test" not in client.get("/akun/", HTTP_X_FORWARDED_HOST="evil.test").url


def test_the_scheme_is_believed_only_where_the_proxy_replaces_it(rf, settings):
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not rf.get("/", HTTP_X_FORWARDED_PROTO="https").is_secure()


# --- known devices ------------------------------------------------------------------------------


def wear_out(user):
    """Somebody guesses from 40 addresses: the name is in the slow lane."""
    for number in range(40):
        enter(Client(REMOTE_ADDR=f"198.51.100.{number}"), password="salah")


def test_a_browser_that_has_signed_in_before_is_never_held_up_by_the_guesses_of_others(user):
    owner = Client(REMOTE_ADDR="192.0.2.7")
    enter(owner)
    owner.post("/keluar/")
    wear_out(user)

    assert enter(Client(REMOTE_ADDR="192.0.2.8")).status_code == 429
    assert enter(owner).status_code == 302


@pytest.mark.parametrize("forged", ["x", "another salt", "W10:1:x"])
def test_a_forged_device_cookie_is_no_known_device(user, forged):
    wear_out(user)
    client = Client(REMOTE_ADDR="192.0.2.8")
    client.cookies["device"] = signing.dumps([user.pk], salt="other") if "salt" in forged else forged

    assert enter(client).status_code == 429


def test_the_device_of_another_person_is_not_known_for_this_one(user):
    wear_out(user)
    client = Client(REMOTE_ADDR="192.0.2.8")
    client.cookies["device"] = signing.dumps([user.pk + 1], salt=SALT)

    assert enter(client).status_code == 429


def test_the_cookie_of_a_device_is_kept_from_scripts(client, user):
    enter(client)

    cookie = client.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert signing.loads(cookie.value, salt=SALT) == [user.pk]


# --- what the browser may help with -------------------------------------------------------------


def inputs(client, address):
    return dict(
        re.findall(
            r'<input type="(?:text|password)" name="(\w+)"[^>]*autocomplete="([\w-]+)"',
            client.get(address).text,
        )
    )


def test_password_managers_are_told_what_each_field_is(client, user):
    assert inputs(client, SIGN_IN) == {"username": "username", "password": "current-password"}
    assert inputs(client, "/lupa-kata-sandi/") == {"username": "username"}
    client.force_login(user)
    fields = inputs(client, "/akun/kata-sandi/")
    assert {name: fields[name] for name in ("old", "new", "again")} == {
        "old": "current-password",
        "new": "new-password",
        "again": "new-password",
    }


@pytest.mark.parametrize("address", [SIGN_IN, "/lupa-kata-sandi/", "/akun/kata-sandi/", "/akun/konfirmasi/"])
def test_pasting_is_never_forbidden(client, user, address):
    if address.startswith("/akun/"):
        client.force_login(user)

    page = client.get(address)

    assert "onpaste" not in page.text
    assert 'autocomplete="off"' not in page.text
    assert page.headers["Cache-Control"].count("no-store") == 1


def test_no_secret_is_given_back_by_any_page_of_the_door(client, user):
    secret = "rahasia-yang-diketik-7"
    pages = [enter(client, password=secret), client.post("/masuk/", {"password": secret})]
    client.force_login(user)
    pages.append(client.post("/akun/konfirmasi/", {"old": secret}))
    pages.append(client.post("/akun/kata-sandi/", {"old": secret, "new": secret, "again": "x"}))

    assert {page.status_code for page in pages} == {422}
    assert [page for page in pages if secret in page.text] == []


def test_no_secret_is_carried_by_a_page_that_gives_back_what_was_sent(rf):
    secrets = dict.fromkeys(("password", "old", "new", "again", "code", "credential", "carried"), "rahasia")

    assert sent_fields(rf.post("/masuk/", secrets | {"username": NIP})) == [("username", NIP)]
