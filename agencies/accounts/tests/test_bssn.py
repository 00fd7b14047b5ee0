"""What Peraturan BSSN 4/2021 asks of passwords and ASVS forbids: off, and switched on (docs/adr/0010)."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from .door import PASSWORD, enter, is_signed_in

CHANGE = "/akun/kata-sandi/"
ALL_KINDS = "Gurita-di-jendela-7"


@pytest.mark.parametrize(
    "password", ["gurita di jendela", "GURITA-DI-JENDELA-7", "Guritadijendela7", "Gurita-di-jendela"]
)
def test_kinds_of_signs_are_asked_for_only_when_the_setting_says_so(settings, password):
    validate_password(password)
    settings.PASSWORD_COMPOSITION = True

    with pytest.raises(ValidationError, match="huruf kecil, huruf besar, angka"):
        validate_password(password)
    validate_password(ALL_KINDS)


@pytest.mark.django_db
def test_the_form_says_what_is_asked_for(client, user, settings):
    client.force_login(user)
    assert "huruf besar" not in client.get(CHANGE).text
    settings.PASSWORD_COMPOSITION = True

    assert "huruf besar" in client.get(CHANGE).text


def make_old(user, days):
    type(user).objects.update(password_changed_at=timezone.now() - timedelta(days=days))


@pytest.mark.django_db
def test_a_password_does_not_expire_by_itself(client, user):
    make_old(user, 5000)
    enter(client)

    assert is_signed_in(client)


@pytest.mark.django_db
def test_an_expired_password_leads_to_the_change_page_and_nothing_else(client, user, settings):
    settings.PASSWORD_EXPIRES_DAYS = 180
    make_old(user, 180)
    enter(client)

    elsewhere = ("/", "/akun/", "/akun/perangkat/", "/akun/langkah-kedua/", "/pemberitahuan/")
    assert {client.get(page).url for page in elsewhere} == {CHANGE}
    assert client.post("/hari-libur/tambah/", {}).url == CHANGE
    assert "Masa berlaku kata sandi Anda habis" in client.get(CHANGE).text

    client.post(CHANGE, {"old": PASSWORD, "new": ALL_KINDS, "again": ALL_KINDS})
    assert is_signed_in(client)


@pytest.mark.django_db
def test_one_day_before_it_is_still_good_and_signing_out_is_always_possible(client, user, settings):
    settings.PASSWORD_EXPIRES_DAYS = 180
    make_old(user, 179)
    enter(client)
    assert is_signed_in(client)

    make_old(user, 180)
    assert client.post("/keluar/").url == "/sampai-jumpa/"


@pytest.mark.django_db
def test_a_password_of_unknown_age_counts_from_the_accounts_beginning(client, user, settings):
    settings.PASSWORD_EXPIRES_DAYS = 180
    type(user).objects.update(password_changed_at=None, created_at=timezone.now() - timedelta(days=181))
    enter(client)

    assert not is_signed_in(client)
