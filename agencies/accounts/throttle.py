"""Slowing down who guesses passwords, per name and address, so that nobody can lock out the owner from elsewhere."""

from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.people.models import SignInAttempt

FREE_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED_FOR = timedelta(hours=1)


def wait_after(failures):
    """How long to wait after so many failures: nothing for the first five, then 15 s, 30 s, 1 min … 15 min."""
    if failures < FREE_ATTEMPTS:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - FREE_ATTEMPTS, 10), LONGEST_WAIT)


@transaction.atomic
def begin_attempt(name, address, *, now=None):
    """Count an attempt before its password is looked at; the time still to wait instead, if it came too early.

    Attempts at once wait for each other, so that a hundred in the same second are a hundred, not one.
    """
    now = now or timezone.now()
    who, where = fingerprint("name", folded(name)), fingerprint("address", address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(who + where)])
    failed = SignInAttempt.objects.filter(who=who, address=where, at__gt=now - REMEMBERED_FOR).order_by("-at")
    last = failed.first()
    if last is not None and (early := last.at + wait_after(failed.count()) - now) > timedelta(0):
        return early
    SignInAttempt.objects.filter(at__lte=now - REMEMBERED_FOR).delete()
    SignInAttempt.objects.create(who=who, address=where, at=now)
    return timedelta(0)


def forget_attempts(name, address):
    """After a right password the failures of this name from this address no longer count."""
    who, where = fingerprint("name", folded(name)), fingerprint("address", address)
    SignInAttempt.objects.filter(who=who, address=where).delete()


def fingerprint(kind, text):
    """A keyed hash: equal for equal texts, and useless to who finds it."""
    return salted_hmac(f"sign-in {kind}", text, algorithm="sha256").hexdigest()


def folded(name):
    """The name as the account is looked up by it: without spaces around or between, in one case of letters."""
    return "".join(name.split()).lower()


def lock_number(text):
    return int.from_bytes(sha256(text.encode()).digest()[:8], signed=True)


def in_words(wait):
    """A span of time as people say it: "2 menit 30 detik"."""
    minutes, seconds = divmod(max(1, round(wait.total_seconds())), 60)
    parts = [f"{minutes} menit"] * bool(minutes) + [f"{seconds} detik"] * bool(seconds)
    return " ".join(parts)
