"""What a session remembers about the sign-in: its device, the step still missing, when the password was last asked."""

import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.utils import timezone

from agencies.people.models import User
from ambon_kinerja.addresses import address_of
from ambon_kinerja.workdays.words import moment_words

from .actions import begin_device, end_other_devices
from .devices import in_words, network_of
from .models import SignedInDevice

BACKEND = "agencies.accounts.backends.NipOrEmailBackend"
DEVICE, PENDING, CONFIRMED = "device", "sign_in_pending", "password_asked_at"
PENDING_SECONDS = 600  # between the password and the second step
CONFIRMED_SECONDS = 600
SEEN_EVERY_SECONDS = 20


def enter(request, user, *, second_factor=""):
    """Sign `user` in; `login` gives the session a new key. Call in a transaction."""
    for name in (PENDING, CONFIRMED):
        request.session.pop(name, None)
    login(request, user, backend=BACKEND)
    device = begin_device(
        user,
        browser=in_words(request.META.get("HTTP_USER_AGENT", "")),
        network=network_of(address_of(request)),
        second_factor=second_factor,
    )
    request.session[DEVICE] = device.pk
    confirm_password(request)
    request.device = device


def wait_for_second_step(request, user, *, aim):
    """The password was right; nobody is signed in yet. A new key here too: what was known before is worth nothing."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "aim": aim,
        "at": time.time(),
    }


def pending_user(request):
    """(the active user who has given his password a short while ago, where he wants to go), or (None, "")."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return None, ""
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != pending["hash"]:
        return None, ""
    return user, pending["aim"]


def confirm_password(request):
    request.session[CONFIRMED] = time.time()


def password_asked_recently(request):
    return time.time() - request.session.get(CONFIRMED, 0) <= CONFIRMED_SECONDS


def keep_this_session(request, user):
    """After `end_sessions`: this one goes on, under a new key."""
    update_session_auth_hash(request, user)
    SignedInDevice.objects.filter(pk=request.session.get(DEVICE)).update(
        session_epoch=user.session_epoch, seen_at=timezone.now()
    )


def pass_second_step(request, second_factor):
    """A person who is signed in has just set up a factor: the session counts as made with it, under a new key.

    His other sessions have not shown it, so they end.
    """
    request.session.cycle_key()
    end_other_devices(request.user, but=request.session.get(DEVICE), by=request.user)
    if request.device is not None and not request.device.second_factor:
        request.device.second_factor = second_factor
        request.device.save(update_fields=["second_factor"])


def current_device(request):
    """The device of this session if it may go on, else None: ended, idle too long, or too old."""
    device = SignedInDevice.objects.filter(pk=request.session.get(DEVICE), ended_at=None).first()
    if device is None or device.user_id != request.user.pk:
        return None
    now = timezone.now()
    if now > end_by_idleness(device) or now > end_by_age(device):
        return None
    if (now - device.seen_at).total_seconds() > SEEN_EVERY_SECONDS:
        SignedInDevice.objects.filter(pk=device.pk).update(seen_at=now)
    return device


def end_by_idleness(device):
    return device.seen_at + timedelta(seconds=settings.SESSION_IDLE_SECONDS)


def end_by_age(device):
    return device.began_at + timedelta(seconds=settings.SESSION_LONGEST_SECONDS)


def why_it_ended(device_key, owner):
    """The end of “Sesi Anda sudah berakhir …” for the browser that held the session; "" when it cannot be known.

    Call only with what that browser's own session held. What happened first counts.
    """
    device = SignedInDevice.objects.filter(pk=device_key, user=owner).select_related("user").first()
    if device is None:
        return ""
    user, now = device.user, timezone.now()
    ends = [
        (end_by_idleness(device), f"karena {in_hours(settings.SESSION_IDLE_SECONDS)} tidak dipakai"),
        (end_by_age(device), f"karena sudah {in_hours(settings.SESSION_LONGEST_SECONDS)} sejak Anda masuk"),
    ]
    if device.ended_at:
        when = moment_words(device.ended_at)
        ends.append((device.ended_at, f"karena dikeluarkan dari perangkat lain pada {when}"))
    is_of_old = device.session_epoch != user.session_epoch
    if is_of_old and user.password_changed_at and user.password_changed_at > device.seen_at:
        when = moment_words(user.password_changed_at)
        ends.append((user.password_changed_at, f"karena kata sandi Anda diganti pada {when}"))
    past = [end for end in ends if end[0] <= now]
    if past:
        return min(past)[1]
    if not user.is_active:
        return "karena akun Anda dinonaktifkan"
    return "karena peran, jabatan, atau langkah kedua Anda berubah" if is_of_old else ""


def in_hours(seconds):
    minutes = seconds // 60
    return f"{minutes // 60} jam" if minutes % 60 == 0 else f"{minutes} menit"
