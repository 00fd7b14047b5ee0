"""Setting up second factors, being obliged to, and taking them away."""

import re

import pytest
import time_machine
from django.test import Client

from agencies.access.roles import Role
from agencies.accounts.actions import (
    add_totp,
    make_recovery_codes,
    remove_totp,
    reset_second_factors,
)
from agencies.accounts.models import Passkey, RecoveryCode, SignedInDevice, TotpSecret
from agencies.accounts.rules import needs_second_factor
from agencies.people.actions import NotPossible, open_account
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice

from .door import PASSWORD, SECOND, code, enter, give_app, is_signed_in, make_admin, make_user

pytestmark = pytest.mark.django_db

PAGE, APP, CODES = (
    "/akun/langkah-kedua/",
    "/akun/langkah-kedua/aplikasi/",
    "/akun/langkah-kedua/kode-cadangan/",
)
AGAIN = "/akun/konfirmasi/"


def shown_secret(client):
    return re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(APP).text)[1].replace(" ", "")


def set_up_app(client):
    import pyotp

    return client.post(APP, {"code": pyotp.TOTP(shown_secret(client)).now()})


# --- setting up ---------------------------------------------------------------------------------


def test_setting_up_an_app_ends_with_ten_codes_shown_until_they_are_kept(client, user):
    enter(client)
    before = client.session.session_key

    assert set_up_app(client).url == CODES

    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", client.get(CODES).text)
    download = client.get(f"{CODES}unduh/")
    assert len(codes) == 10
    assert all(spare in download.text for spare in codes)
    assert "attachment" in download.headers["Content-Disposition"]
    assert client.session.session_key != before
    client.post(f"{CODES}selesai/")
    assert client.get(CODES).status_code == client.get(f"{CODES}unduh/").status_code == 404


def test_the_secret_stays_the_same_until_a_code_came_back(client, user):
    enter(client)

    assert shown_secret(client) == shown_secret(client)
    assert client.get(f"{APP}qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert client.post(APP, {"code": "000000"}).status_code == 422
    assert not TotpSecret.objects.exists()


def test_the_secret_stands_sealed_in_the_session(client, user):
    enter(client)
    secret = shown_secret(client)

    assert secret not in str(dict(client.session))


def test_a_new_factor_is_told_to_its_owner_and_in_the_trail(client, user):
    enter(client)
    set_up_app(client)

    assert list(Notice.objects.order_by("pk").values_list("subject", flat=True)) == [
        "Aplikasi kode ditambahkan ke akun Anda",
        "Kode cadangan baru dibuat untuk akun Anda",
    ]
    assert AuditEvent.objects.filter(action="account.add_totp", actor=f"user:{user.pk}").count() == 1


def test_sessions_from_before_the_factor_end(client, user):
    other = Client()
    enter(other)
    enter(client)
    set_up_app(client)

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_the_password_is_asked_again_when_the_sign_in_is_a_while_ago(client, user):
    with time_machine.travel("2026-06-01T00:00:00+00:00", tick=False) as clock:
        enter(client)
        clock.shift(601)
        pages = (APP, f"{APP}qr.svg", f"{APP}hapus/", f"{PAGE}kunci-sandi/")

        assert {client.get(page).url for page in pages} == {f"{AGAIN}?next={page}" for page in pages}
        assert client.post(f"{CODES}baru/").url == f"{AGAIN}?next={PAGE}"
        assert client.post(AGAIN, {"old": "salah salah salah", "next": APP}).status_code == 422
        assert client.post(AGAIN, {"old": PASSWORD, "next": APP}).url == APP
        assert client.get(APP).status_code == 200


def test_who_found_an_open_session_cannot_guess_the_password_here(client, user):
    client.force_login(user)

    assert [client.post(AGAIN, {"old": f"tebakan {n}"}).status_code for n in range(6)] == [422] * 5 + [429]


# --- being obliged ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "needs"),
    [
        (Role.PERSONNEL_OFFICE, True),
        (Role.SYSTEM_ADMIN, True),
        (Role.UNIT_ADMIN, True),
        (Role.INSPECTOR, False),
    ],
)
def test_who_needs_a_second_factor(user, settings, role, needs):
    settings.SECOND_FACTOR_REQUIRED = True
    assert not needs_second_factor(user)

    make_admin(user, role)

    assert needs_second_factor(user) is needs


def test_an_admin_without_one_reaches_only_the_pages_to_set_it_up(client, user, strict):
    make_admin(user)
    enter(client)

    elsewhere = ("/", "/akun/", "/akun/perangkat/", "/pemberitahuan/", "/hari-libur/", "/akun/kata-sandi/")
    assert {client.get(page).url for page in elsewhere} == {PAGE}
    assert client.post("/hari-libur/tambah/", {}).url == PAGE
    assert "Pasang dulu langkah kedua" in client.get(PAGE).text
    open_pages = (APP, f"{APP}qr.svg", f"{PAGE}kunci-sandi/", "/cara-penilaian-bekerja/")
    assert {client.get(page).status_code for page in open_pages[:3]} == {200}
    assert client.post("/keluar/").url == "/sampai-jumpa/"


def test_without_the_obligation_the_admin_would_reach_everything(client, user, strict, settings):
    """Negative control: the setting is what holds him back."""
    settings.SECOND_FACTOR_REQUIRED = False
    make_admin(user)
    enter(client)

    assert client.get("/hari-libur/").status_code == 200


def test_once_set_up_every_page_opens_also_at_the_next_sign_in(client, user, strict):
    make_admin(user)
    enter(client)
    set_up_app(client)
    assert client.get("/hari-libur/").status_code == 200

    TotpSecret.objects.all().delete()
    give_app(user)
    again = Client()
    enter(again)
    again.post(SECOND, {"code": code()})
    assert again.get("/hari-libur/").status_code == 200


def test_an_employee_is_only_offered_one(client, user, strict):
    enter(client)

    assert "/akun/langkah-kedua/" in client.get("/akun/").text
    assert client.get("/").status_code == 200


def test_a_session_without_device_is_none_in_production(client, user, strict):
    client.force_login(user)

    assert not is_signed_in(client)


# --- taking away --------------------------------------------------------------------------------


def enter_with_app(client, user):
    give_app(user)
    enter(client)
    client.post(SECOND, {"code": code()})


def test_an_app_is_removed_with_its_codes_and_its_owner_told(client, user):
    enter_with_app(client, user)
    make_recovery_codes(user, by=user)

    assert client.get(f"{APP}hapus/").status_code == 200
    assert client.post(f"{APP}hapus/").url == PAGE

    assert not TotpSecret.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert Notice.objects.filter(subject="Aplikasi kode dihapus dari akun Anda").count() == 1
    assert AuditEvent.objects.filter(action="account.remove_totp").count() == 1


def test_who_needs_one_cannot_remove_the_last(client, user, strict):
    make_admin(user)
    enter_with_app(client, user)

    page = client.post(f"{APP}hapus/", follow=True)

    assert "Tambahkan penggantinya dulu" in page.text
    assert TotpSecret.objects.count() == 1
    Passkey.objects.create(user=user, name="Kunci USB", credential_id=b"1", public_key=b"2")
    client.post(f"{APP}hapus/")
    assert not TotpSecret.objects.exists()


def test_the_rule_holds_without_the_page_too(user, strict):
    make_admin(user)
    give_app(user)

    with pytest.raises(NotPossible, match="penggantinya"):
        remove_totp(user, by=user)


def test_nobody_removes_the_passkey_of_another(client, user):
    theirs = open_account(email="lain@contoh.test", name="Lain", by="test")
    passkey = Passkey.objects.create(user=theirs, name="Kunci", credential_id=b"1", public_key=b"2")
    enter(client)

    assert client.post(f"{PAGE}kunci-sandi/{passkey.pk}/hapus/").status_code == 404
    assert Passkey.objects.count() == 1


# --- when the phone is lost ---------------------------------------------------------------------


def test_a_system_admin_takes_all_factors_away_and_the_owner_is_told_and_out(client, user):
    admin = make_user("Maria Contoh", "198609262015052902")
    make_admin(admin)
    enter_with_app(client, user)
    make_recovery_codes(user, by=user)

    reset_second_factors(user, by=admin, reason="Ponsel hilang, wajah dicocokkan.")

    assert not TotpSecret.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not is_signed_in(client)
    event = AuditEvent.objects.get(action="account.reset_second_factors")
    assert (event.actor, event.target) == (f"user:{admin.pk}", f"agencies.User:{user.pk}")
    assert "Ponsel hilang" in event.payload
    assert Notice.objects.filter(
        recipient=user, subject__startswith="Langkah kedua akun Anda diatur ulang"
    ).exists()


@pytest.mark.parametrize("role", [Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR, None])
def test_nobody_else_may(user, role):
    other = make_user("Maria Contoh", "198609262015052902")
    give_app(user)
    if role:
        make_admin(other, role)

    with pytest.raises(NotPossible):
        reset_second_factors(user, by=other, reason="x")
    assert TotpSecret.objects.count() == 1


def test_not_even_a_system_admin_for_himself(user):
    make_admin(user)
    give_app(user)

    with pytest.raises(NotPossible):
        reset_second_factors(user, by=user, reason="x")


def test_a_second_app_takes_the_place_of_the_first(user):
    from .door import SECRET

    give_app(user)
    add_totp(user, secret=SECRET, code=code(), by=user)

    assert TotpSecret.objects.count() == 1
    assert not SignedInDevice.objects.exists()
