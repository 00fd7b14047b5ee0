"""Whoever comes back to a session that has ended hears why; nobody else does."""

import pytest
import time_machine
from django.test import Client

from agencies.access.roles import Role
from agencies.accounts.models import SignedInDevice
from agencies.people.actions import change_password, set_account_active

from .door import PASSWORD, SIGN_IN, enter, make_admin, make_user

pytestmark = pytest.mark.django_db
START = "2026-06-01T00:00:00+00:00"  # nine o'clock in Ambon
LIST, CHANGE = "/akun/perangkat/", "/akun/kata-sandi/"
NEW = "gurita di jendela kayu"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def told(browser):
    """What the sign-in page says first to a browser that wants a page."""
    page = browser.get("/pemberitahuan/", follow=True)
    assert page.redirect_chain[0][0].startswith(SIGN_IN)
    return " ".join(str(message) for message in page.context["messages"])


def test_idle_too_long(client, user, clock):
    enter(client)
    clock.shift(31 * 60)

    assert told(client) == (
        "Sesi Anda sudah berakhir karena 30 menit tidak dipakai. Masuk lagi untuk melanjutkan."
    )


def test_too_old_however_busy(client, user, clock):
    enter(client)
    for _ in range(36):
        clock.shift(20 * 60)
        client.get("/akun/")
    clock.shift(60)

    assert "karena sudah 12 jam sejak Anda masuk." in told(client)


def test_put_out_from_another_device_with_the_moment(client, user, clock):
    enter(client)
    other = Client()
    enter(other)
    clock.shift(5 * 60)
    other.post(f"{LIST}{SignedInDevice.objects.order_by('pk').first().pk}/keluarkan/")
    clock.shift(2 * 60 * 60)

    assert "karena dikeluarkan dari perangkat lain pada Senin, 1 Juni 2026 pukul 09.05 WIT." in told(client)
    assert "30 menit tidak dipakai" in told(other)


def test_another_password(client, user, clock):
    enter(client)
    clock.shift(5 * 60)
    change_password(user, password=NEW, by=user)

    assert "karena kata sandi Anda diganti pada Senin, 1 Juni 2026 pukul 09.05 WIT." in told(client)


def test_another_role(client, user, clock):
    enter(client)
    clock.shift(5 * 60)
    make_admin(user, Role.INSPECTOR)

    assert "karena peran, jabatan, atau langkah kedua Anda berubah." in told(client)


def test_his_own_new_password_is_not_what_ended_the_session_that_went_on(client, user, clock):
    enter(client)
    clock.shift(5)  # so soon that the device is not noted as used again
    client.post(CHANGE, {"old": PASSWORD, "new": NEW, "again": NEW})
    clock.shift(5 * 60)
    make_admin(user, Role.INSPECTOR)

    assert "karena peran, jabatan, atau langkah kedua Anda berubah." in told(client)


def test_what_came_first_counts(client, user, clock):
    enter(client)
    clock.shift(31 * 60)
    change_password(user, password=NEW, by=user)

    assert "karena 30 menit tidak dipakai." in told(client)


def test_a_closed_account(client, user, clock):
    enter(client)
    set_account_active(user, active=False, by="test", reason="Pensiun")

    assert "karena akun Anda dinonaktifkan." in told(client)


def test_a_form_that_met_the_end_hears_it_too(client, user, clock):
    enter(client)
    clock.shift(31 * 60)

    page = client.post("/hari-libur/tambah/", {"name": "Kalimat"})

    assert page.status_code == 401
    assert "Sesi Anda sudah berakhir karena 30 menit tidak dipakai" in page.text
    assert "tidak hilang" in page.text


def test_it_is_said_once(client, user, clock):
    enter(client)
    clock.shift(31 * 60)
    told(client)

    assert told(client) == ""


def test_a_stranger_and_a_browser_that_signed_out_hear_nothing(client, user, clock):
    enter(client)
    clock.shift(5 * 60)
    change_password(user, password=NEW, by=user)
    stranger, left = Client(), Client()
    enter(left, password=NEW)
    left.post("/keluar/")
    clock.shift(31 * 60)

    assert [told(browser) for browser in (stranger, left)] == ["", ""]


def test_the_device_of_another_tells_nothing(client, user, clock):
    """As if a session named a device that is not its owner's."""
    enter(Client(), make_user("Maria Contoh", "198609262015052902").email)
    enter(client)
    session = client.session
    session["device"] = SignedInDevice.objects.get(user__name="Maria Contoh").pk
    session.save()
    clock.shift(31 * 60)

    assert told(client) == "Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan."
