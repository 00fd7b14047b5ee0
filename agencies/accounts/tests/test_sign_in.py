from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agencies.people.actions import hire, open_account
from agencies.people.models import SignInAttempt
from ambon_kinerja.addresses import address_of
from ambon_kinerja.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"
PASSWORD = "perahu biru di teluk"
SIGN_IN = "/masuk/"


@pytest.fixture
def user():
    employee = hire(name="Petrus Contoh", nip=NIP, kind="pns", by="test")
    return open_account(
        email="petrus@contoh.test", name="Petrus Contoh", password=PASSWORD, employee=employee, by="x"
    )


def enter(client, username=NIP, password=PASSWORD, aim="/akun/", **headers):
    return client.post(SIGN_IN, {"username": username, "password": password, "next": aim}, **headers)


def is_signed_in(client):
    return client.get("/akun/").status_code == 200


# --- signing in ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "username", [NIP, "19860926 201505 1 001", "petrus@contoh.test", " Petrus@Contoh.Test "]
)
def test_nip_or_address_and_password_open_the_door(client, user, username):
    response = enter(client, username)

    assert (response.status_code, response.url) == (302, "/akun/")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        (NIP, "salah salah salah"),
        ("198609262015051002", PASSWORD),
        ("maria@contoh.test", PASSWORD),
        ("tanpa@contoh.test", ""),
        ("tidak-aktif@contoh.test", PASSWORD),
        ("tanpa-sandi@contoh.test", PASSWORD),
    ],
)
def test_every_wrong_pair_gets_the_same_answer(client, user, username, password):
    inactive = open_account(email="tidak-aktif@contoh.test", name="B", password=PASSWORD, by="test")
    type(inactive).objects.filter(pk=inactive.pk).update(is_active=False)
    open_account(email="tanpa-sandi@contoh.test", name="C", by="test")

    response = enter(client, username, password or "apa saja yang lain")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "NIP atau surel dan kata sandi tidak cocok. Periksa keduanya."
    ]
    assert f'value="{username}"' in response.text
    assert PASSWORD not in response.text
    assert not is_signed_in(client)


def test_empty_fields_are_named(client):
    response = enter(client, "", "")

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "username": ["Isi NIP atau surel Anda."],
        "password": ["Isi kata sandi Anda."],
    }


def test_the_session_gets_a_new_key(client, user):
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    enter(client)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    "aim",
    [
        "//evil.test", "https://evil.test/", "https:evil.test", "/\\evil.test", "\\\\evil.test", "javascript:alert(1)",
        "///evil.test", "http:///evil.test", " //evil.test", "\t//evil.test", "/\t/evil.test/", "ftp://testserver/",
        "http://testserver@evil.test/", "data:text/html,x", "//evil.test%0d%0aX:1", "\x08//evil.test",
    ],
)  # fmt: skip
def test_next_leads_nowhere_but_to_this_host(client, user, settings, aim):
    settings.LOGIN_REDIRECT_URL = "/akun/kata-sandi/"

    page = client.get(SIGN_IN, {"next": aim})
    response = enter(client, aim=aim)

    assert page.context["next"] == ""
    assert response.url == "/akun/kata-sandi/"


def test_who_is_signed_in_is_sent_on(client, user):
    client.force_login(user)

    assert client.get(SIGN_IN, {"next": "/akun/"}).url == "/akun/"


def test_the_page_is_not_kept_by_anybody(client):
    assert "no-store" in client.get(SIGN_IN).headers["Cache-Control"]


def test_a_page_for_members_sends_to_the_door_and_back(client, user):
    response = client.get("/akun/")

    assert response.url == "/masuk/?next=/akun/"


# --- guessing -----------------------------------------------------------------------------------


def test_guessing_is_slowed_down_but_the_owner_gets_in_from_elsewhere(user):
    guesser, owner = Client(REMOTE_ADDR="192.0.2.66"), Client(REMOTE_ADDR="192.0.2.7")

    answers = [enter(guesser, password=f"tebakan {n}").status_code for n in range(50)]

    assert answers == [422] * 5 + [429] * 45
    assert enter(guesser).status_code == 429
    assert enter(owner).status_code == 302


def test_who_has_to_wait_is_told_how_long(client, user):
    for n in range(5):
        enter(client, password=f"tebakan {n}")

    response = enter(client)

    assert "Coba lagi setelah" in response.text
    assert "15 detik" in response.text
    assert 1 <= int(response.headers["Retry-After"]) <= 15


def test_after_the_wait_the_right_password_opens_and_makes_good(client, user):
    for n in range(5):
        enter(client, password=f"tebakan {n}")
    SignInAttempt.objects.update(at=timezone.now() - timedelta(seconds=16))

    assert enter(client).status_code == 302
    assert not SignInAttempt.objects.exists()


def test_a_forged_header_is_no_other_address(user, rf, settings):
    client = Client(REMOTE_ADDR="192.0.2.66")
    for n in range(5):
        enter(client, password=f"tebakan {n}", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    assert enter(client, HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429

    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    assert address_of(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "203.0.113.9"


# --- signing out --------------------------------------------------------------------------------


def test_signing_out_ends_the_session_and_clears_the_browser(client, user):
    client.force_login(user)

    response = client.post("/keluar/", follow=True)

    assert response.redirect_chain == [("/sampai-jumpa/", 302)]
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Anda sudah keluar" in response.text
    assert not is_signed_in(client)


def test_a_link_cannot_sign_anybody_out(client, user):
    client.force_login(user)

    assert client.get("/keluar/").status_code == 405
    assert is_signed_in(client)


def test_signing_out_twice_is_harmless(client):
    assert client.post("/keluar/").url == "/sampai-jumpa/"


def test_a_page_of_another_site_cannot_sign_in_or_out(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post("/keluar/").status_code == 403
    assert enter(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_closed_account_is_out_at_once(client, user):
    client.force_login(user)
    type(user).objects.update(is_active=False)

    assert not is_signed_in(client)


# --- changing the password ----------------------------------------------------------------------

CHANGE = "/akun/kata-sandi/"
NEW = "gurita di jendela kayu"


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post(CHANGE, {"old": old, "new": new, "again": again})


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client, user):
    other = Client()
    enter(other)
    enter(client)
    before = client.session.session_key

    assert change(client).url == "/akun/"

    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not is_signed_in(other)
    assert enter(Client(), password=NEW).status_code == 302
    assert enter(Client(), password=PASSWORD).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"old": "salah salah salah"}, "old", "tidak cocok"),
        ({"new": "pendek", "again": "pendek"}, "new", "12"),
        ({"new": "AmbonManise2026", "again": "AmbonManise2026"}, "new", "mudah ditebak"),
        ({"again": "lain lagi sekali"}, "again", "tidak sama"),
        ({"new": PASSWORD, "again": PASSWORD}, "new", "berbeda"),
        ({"new": "x" * 129, "again": "x" * 129}, "new", "128"),
        ({"new": "", "again": ""}, "new", "Isi kata sandi baru"),
    ],
)
def test_a_wrong_change_is_explained_at_its_field(client, user, changes, field, words):
    client.force_login(user)

    response = change(client, **changes)

    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    assert enter(Client()).status_code == 302


def test_who_found_an_open_session_cannot_guess_the_password(client, user):
    client.force_login(user)

    assert [change(client, old=f"tebakan {n}").status_code for n in range(6)] == [422] * 5 + [429]


def test_the_change_needs_a_signed_in_person(client):
    assert client.get(CHANGE).url == f"/masuk/?next={CHANGE}"
    assert change(client).status_code == 302


# --- the trail ----------------------------------------------------------------------------------


def test_coming_going_and_failing_are_in_the_trail_without_what_was_typed(client, user):
    enter(client, password="rahasia yang salah")
    enter(client, "orang@lain.test")
    enter(client)
    change(client)
    client.post("/keluar/")

    target, me = f"agencies.User:{user.pk}", f"user:{user.pk}"
    events = AuditEvent.objects.filter(action__startswith="account.").exclude(action="account.open")
    assert list(events.values_list("action", "actor", "target")) == [
        ("account.sign_in_failed", "sign-in page", target),
        ("account.sign_in_failed", "sign-in page", "no such account"),
        ("account.sign_in", me, target),
        ("account.change_password", me, target),
        ("account.end_sessions", me, target),
        ("account.sign_out", me, target),
    ]
    assert not events.filter(payload__regex=r"rahasia|orang@|perahu|192\.|127\.").exists()
