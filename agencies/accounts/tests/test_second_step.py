"""After the password: codes of the app and recovery codes, each accepted once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.test import Client

from agencies.accounts import actions
from agencies.accounts.actions import WrongCode, make_recovery_codes, use_recovery_code, use_totp
from agencies.accounts.factors import totp
from agencies.accounts.models import RecoveryCode, SignedInDevice, TotpSecret
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice

from .door import SECOND, SECRET, code, enter, give_app, is_signed_in

pytestmark = pytest.mark.django_db


def test_with_an_app_the_password_alone_opens_nothing(client, user):
    give_app(user)

    assert enter(client).url == SECOND
    assert not is_signed_in(client)
    assert not SignedInDevice.objects.exists()


def test_the_code_opens_and_leads_to_where_the_person_wanted(client, user):
    give_app(user)
    enter(client)

    response = client.post(SECOND, {"code": f" {code()[:3]} {code()[3:]}"})

    assert (response.status_code, response.url) == (302, "/akun/")
    assert is_signed_in(client)
    assert SignedInDevice.objects.get().second_factor == "totp"


def test_a_wrong_code_is_explained_and_opens_nothing(client, user):
    give_app(user)
    enter(client)

    response = client.post(SECOND, {"code": "000000"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "code": ["Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya."]
    }
    assert not is_signed_in(client)


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
@time_machine.travel("2026-06-01T00:00:15+00:00", tick=False)
def test_a_clock_may_be_half_a_minute_off(client, user, steps, status):
    give_app(user)
    enter(client)

    assert client.post(SECOND, {"code": code(steps)}).status_code == status


# --- replay -------------------------------------------------------------------------------------


def test_a_code_is_accepted_once(user):
    give_app(user)
    use_totp(user, code())

    with pytest.raises(WrongCode):
        use_totp(user, code())


def test_a_code_seen_over_a_shoulder_does_not_open_a_second_session(client, user):
    give_app(user)
    enter(client)
    seen = code()
    client.post(SECOND, {"code": seen})
    thief = Client()
    enter(thief)

    assert thief.post(SECOND, {"code": seen}).status_code == 422
    assert not is_signed_in(thief)


def test_without_the_note_of_the_last_step_a_replay_would_pass(user):
    """Negative control: it is `last_step` that refuses, nothing else."""
    give_app(user)
    use_totp(user, code())
    TotpSecret.objects.update(last_step=0)

    use_totp(user, code())


@time_machine.travel("2026-06-01T00:00:15+00:00", tick=False)
def test_an_older_code_is_void_once_a_newer_one_was_used(user):
    give_app(user)
    use_totp(user, code())

    with pytest.raises(WrongCode):
        use_totp(user, code(-1))


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_with_the_same_code_one_is_refused(user):
    give_app(user)
    seen = code()

    def use(_):
        try:
            use_totp(user, seen)
        except WrongCode:
            return "refused"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(use, range(8)))

    assert answers == ["accepted"] + ["refused"] * 7


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_with_the_same_recovery_code_one_is_refused(user):
    spare = make_recovery_codes(user, by=user)[0]

    def use(_):
        try:
            use_recovery_code(user, spare)
        except WrongCode:
            return "refused"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == ["accepted"] + ["refused"] * 3


# --- recovery codes -----------------------------------------------------------------------------


def test_a_recovery_code_opens_once_and_its_owner_is_told(client, user):
    give_app(user)
    spare = make_recovery_codes(user, by=user)[0]
    enter(client)

    assert client.post(SECOND, {"code": spare.upper().replace("-", " ")}).status_code == 302
    assert Notice.objects.filter(subject="Kode cadangan dipakai untuk masuk. Sisa 9 kode").count() == 1

    again = Client()
    enter(again)
    assert again.post(SECOND, {"code": spare}).status_code == 422


def test_recovery_codes_are_ten_stored_as_hashes_and_void_when_new_ones_are_made(user):
    old = make_recovery_codes(user, by=user)
    new = make_recovery_codes(user, by=user)

    assert len(set(new)) == len(new) == RecoveryCode.objects.count() == 10
    assert not RecoveryCode.objects.filter(
        code_hash__in=[*new, *(spare.replace("-", "") for spare in new)]
    ).exists()
    with pytest.raises(WrongCode):
        use_recovery_code(user, old[0])


def test_somebody_elses_recovery_code_is_none(user):
    from agencies.people.actions import open_account

    other = open_account(email="lain@contoh.test", name="Lain", by="test")

    with pytest.raises(WrongCode):
        use_recovery_code(user, make_recovery_codes(other, by=other)[0])


# --- around the step ----------------------------------------------------------------------------


def test_guessing_codes_is_slowed_down(client, user):
    give_app(user)
    enter(client)

    answers = [client.post(SECOND, {"code": f"{n:06}"}).status_code for n in range(8)]

    assert answers == [422] * 5 + [429] * 3


def test_the_step_is_over_after_ten_minutes(client, user):
    give_app(user)
    with time_machine.travel("2026-06-01T00:00:00+00:00", tick=False) as clock:
        enter(client)
        clock.shift(601)

        assert client.post(SECOND, {"code": code()}).url == "/masuk/"
        assert not is_signed_in(client)


def test_who_has_not_given_a_password_finds_no_second_step(client, user):
    give_app(user)

    assert client.post(SECOND, {"code": code()}).url == "/masuk/"


def test_a_password_changed_meanwhile_ends_the_step(client, user):
    give_app(user)
    enter(client)
    actions.change_password(user, password="gurita di jendela kayu", by=user)

    assert client.post(SECOND, {"code": code()}).url == "/masuk/"


def test_a_closed_account_does_not_pass_the_step(client, user):
    give_app(user)
    enter(client)
    type(user).objects.update(is_active=False)

    assert client.post(SECOND, {"code": code()}).url == "/masuk/"


def test_the_session_gets_a_new_key_at_both_steps(client, user):
    give_app(user)
    client.get("/kata-sandi-baru/apa-saja/")
    keys = [client.session.session_key]
    enter(client)
    keys.append(client.session.session_key)
    client.post(SECOND, {"code": code()})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3


# --- what is kept -------------------------------------------------------------------------------


def test_the_secret_cannot_be_read_in_the_database(user):
    give_app(user)

    assert SECRET not in TotpSecret.objects.get().sealed


def test_secrets_and_codes_stand_in_no_audit_event_and_no_log(client, user, caplog):
    give_app(user)
    spare = make_recovery_codes(user, by=user)[0]
    enter(client)
    with caplog.at_level("DEBUG"):
        client.post(SECOND, {"code": "123456"})
        client.post(SECOND, {"code": spare})

    kept = caplog.text + "".join(AuditEvent.objects.values_list("payload", flat=True))
    assert [word for word in (SECRET, "123456", spare, "perahu") if word in kept] == []


def test_the_code_is_compared_with_every_step_around_now():
    assert totp.step_of(SECRET, "abcdef", at=59) is None
    assert totp.step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", at=59) == 1  # RFC 6238 appendix B


def test_the_picture_is_an_svg_that_a_page_may_show():
    picture = totp.picture(SECRET, name="petrus@contoh.test")

    assert picture.startswith(b"<?xml")
    assert b'xmlns="http://www.w3.org/2000/svg"' in picture
    assert b"<script" not in picture
    assert b"style=" not in picture
