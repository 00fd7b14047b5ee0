"""Coming and going, and what a person adds to his account or takes from it."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.people.actions import NotPossible, change_password
from agencies.people.models import User
from agencies.people.queries import account_named
from agencies.people.sessions import end_sessions
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.notices.actions import tell

from .factors.totp import new_recovery_codes, step_of
from .models import AccountLink, Passkey, RecoveryCode, SignedInDevice, TotpSecret
from .rules import has_second_factor, may_remove_factor, may_reset_second_factors
from .sealing import seal, unseal

SECURITY_PAGE = "/akun/langkah-kedua/"
NOT_YOU = "Bukan Anda? Segera ganti kata sandi Anda dan hubungi admin sistem."
TOTP_PURPOSE = "totp"


class WrongCode(ValueError):
    """The code does not fit, or was used before; `str()` is the reason in plain Indonesian."""


# --- coming and going ---------------------------------------------------------------------------


@transaction.atomic
def begin_device(user, *, browser, network, second_factor=""):
    """`user` has signed in: the device he will find in his list."""
    device = SignedInDevice.objects.create(
        user=user,
        browser=browser,
        network=network,
        second_factor=second_factor,
        session_epoch=user.session_epoch,
    )
    record_event("account.sign_in", user, by=user, details={"second_factor": second_factor})
    return device


@transaction.atomic
def end_device(device, *, by):
    """The session of this device is over with its next request."""
    SignedInDevice.objects.filter(pk=device.pk, ended_at=None).update(ended_at=timezone.now())
    record_event("account.end_device", device, by=by)


@transaction.atomic
def end_other_devices(user, *, but, by):
    """Every device of `user` but the one with the key `but`; returns how many were ended."""
    ended = user.devices.filter(ended_at=None).exclude(pk=but).update(ended_at=timezone.now())
    record_event("account.end_other_devices", user, by=by, details={"count": ended})
    return ended


def use_passkey(passkey, *, sign_count):
    """Its counter only grows; verifying refused one that did not, as a copied key would show."""
    passkey.sign_count, passkey.used_at = sign_count, timezone.now()
    passkey.save(update_fields=["sign_count", "used_at"])


@transaction.atomic
def record_national_refusal(reason):
    record_event("account.national_sign_in_refused", "no such account", by="sign-in page", reason=reason)


@transaction.atomic
def record_sign_out(user, device):
    """`device` is None for a session that has none."""
    if device is not None:
        SignedInDevice.objects.filter(pk=device.pk).update(ended_at=timezone.now())
    record_event("account.sign_out", user, by=user)


@transaction.atomic
def record_failed_sign_in(name):
    """Whose account somebody failed to enter; a name without account leaves no word of what was typed."""
    record_event("account.sign_in_failed", account_named(name) or "no such account", by="sign-in page")


@transaction.atomic
def record_failed_step(user, *, step):
    record_event("account.second_step_failed", user, by="sign-in page", details={"step": step})


# --- passwords by e-mailed link -----------------------------------------------------------------


@transaction.atomic
def request_reset(name):
    """Somebody says he has forgotten his password. The same is written whoever that is, so that nothing shows."""
    user = account_named(name)
    record_event("account.reset_requested", user or "no such account", by="reset page")
    queue_link(user, purpose=AccountLink.Purpose.RESET, by="reset page")


@transaction.atomic
def send_invitation(user, *, by):
    """A link for a new account's first password, by e-mail: good once, for 72 hours. Nobody else sees it.

    Raises NotPossible when the account is inactive.
    """
    if not user.is_active:
        raise NotPossible("Akun ini tidak aktif. Aktifkan dulu akunnya.")
    record_event("account.invite", user, by=by)
    return queue_link(user, purpose=AccountLink.Purpose.INVITATION, by=by)


def queue_link(user, *, purpose, by):
    """The worker makes the link and sends it: neither the mail server nor the account shows in the answer's time."""
    record = record_event(
        "account.link_queued", user or "no such account", by=by, details={"purpose": purpose}
    )
    return queue_job(
        "account_link",
        subject=f"account-link:{record.position}",
        title="Tautan kata sandi",
        arguments={"user": user.pk if user else None, "purpose": purpose},
        by=by,
    )


@transaction.atomic
def set_password_by_link(link, *, password):
    """The new password; the link and all others of the account are used up, every session is over."""
    user = link.user
    AccountLink.objects.filter(user=user, used_at=None).update(used_at=timezone.now())
    change_password(user, password=password, by=user)
    record_event("account.link_used", user, by=user, details={"purpose": link.purpose})
    tell(user, subject="Kata sandi Anda diganti lewat tautan surel", body=NOT_YOU)
    return user


# --- second factors -----------------------------------------------------------------------------


@transaction.atomic
def add_totp(user, *, secret, code, by):
    """The app that shows `code` from `secret` becomes a second factor, in place of the one before. Raises WrongCode."""
    step = step_of(secret, code)
    if step is None:
        raise WrongCode("Kode tidak cocok. Periksa jam di ponsel Anda, lalu isi kode yang sedang tampil.")
    TotpSecret.objects.update_or_create(
        user=user,
        defaults={
            "sealed": seal(secret, purpose=TOTP_PURPOSE),
            "last_step": step,
            "added_at": timezone.now(),
        },
    )
    factor_changed(user, "account.add_totp", "Aplikasi kode ditambahkan ke akun Anda", by=by)


@transaction.atomic
def use_totp(user, code):
    """Accept the code once. Raises WrongCode; two requests at once wait for each other and one is refused."""
    held = TotpSecret.objects.select_for_update().filter(user=user).first()
    step = step_of(unseal(held.sealed, purpose=TOTP_PURPOSE), code) if held else None
    if step is None or step <= held.last_step:
        raise WrongCode("Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya.")
    held.last_step = step
    held.save(update_fields=["last_step"])


@transaction.atomic
def remove_totp(user, *, by):
    refuse_to_remove_the_last(user)
    TotpSecret.objects.filter(user=user).delete()
    drop_codes_without_factor(user)
    factor_changed(user, "account.remove_totp", "Aplikasi kode dihapus dari akun Anda", by=by)


@transaction.atomic
def add_passkey(user, *, name, verified, by):
    """`verified` is what passkeys.verified_new returned."""
    passkey = Passkey.objects.create(
        user=user,
        name=name,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
    )
    factor_changed(user, "account.add_passkey", f"Kunci sandi “{name}” ditambahkan ke akun Anda", by=by)
    return passkey


@transaction.atomic
def remove_passkey(passkey, *, by):
    user, name = passkey.user, passkey.name
    refuse_to_remove_the_last(user)
    passkey.delete()
    drop_codes_without_factor(user)
    factor_changed(user, "account.remove_passkey", f"Kunci sandi “{name}” dihapus dari akun Anda", by=by)


def refuse_to_remove_the_last(user):
    """The row of the user is locked, so that two removals at once cannot take one each."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not may_remove_factor(locked):
        raise NotPossible(
            "Peran Anda mewajibkan langkah kedua. Tambahkan penggantinya dulu, baru hapus yang ini."
        )


def drop_codes_without_factor(user):
    """They stand in for a factor; when none is left they would be one of their own."""
    if not has_second_factor(User.objects.get(pk=user.pk)):
        RecoveryCode.objects.filter(user=user).delete()


@transaction.atomic
def make_recovery_codes(user, *, by):
    """Ten new codes as texts, to be shown once; the old ones are void."""
    codes = new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=hash_of(user, code)) for code in codes)
    factor_changed(user, "account.make_recovery_codes", "Kode cadangan baru dibuat untuk akun Anda", by=by)
    return codes


@transaction.atomic
def use_recovery_code(user, code):
    """Use one up and tell its owner. Raises WrongCode."""
    unused = RecoveryCode.objects.filter(user=user, code_hash=hash_of(user, code), used_at=None)
    if not unused.update(used_at=timezone.now()):
        raise WrongCode("Kode cadangan tidak cocok atau sudah dipakai.")
    left = user.recovery_codes.filter(used_at=None).count()
    record_event("account.use_recovery_code", user, by=user, details={"left": left})
    tell(
        user, subject=f"Kode cadangan dipakai untuk masuk. Sisa {left} kode", body=NOT_YOU, path=SECURITY_PAGE
    )


def hash_of(user, code):
    """A keyed hash; of 49 random bits, so that a slow one would protect no better."""
    folded = "".join(sign for sign in code.lower() if sign.isalnum())
    return salted_hmac("recovery code", f"{user.pk}:{folded}", algorithm="sha256").hexdigest()


def factor_changed(user, action, words, *, by):
    record_event(action, user, by=by)
    tell(user, subject=words, body=NOT_YOU, path=SECURITY_PAGE)


@transaction.atomic
def reset_second_factors(user, *, by, reason):
    """For who has lost phone and codes: a system admin takes all second factors away, and every session ends.

    Raises NotPossible for who may not, and for oneself.
    """
    if not may_reset_second_factors(user, by=by):
        raise NotPossible("Hanya admin sistem yang boleh, dan tidak untuk dirinya sendiri.")
    for held in (TotpSecret, Passkey, RecoveryCode):
        held.objects.filter(user=user).delete()
    record_event("account.reset_second_factors", user, by=by, reason=reason)
    end_sessions(user, by=by, reason="Langkah kedua diatur ulang.")
    tell(
        user,
        subject="Langkah kedua akun Anda diatur ulang oleh admin sistem",
        body=f"Pasang lagi saat Anda masuk. {NOT_YOU}",
        path=SECURITY_PAGE,
    )
