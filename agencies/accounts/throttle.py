"""Slowing down who guesses, so that nobody can lock out the owner from elsewhere.

Three counters, over an hour: of a name from an address (grows from 15 s to 15 min), of an address with any name, and
of a name from anywhere. The last one is a slow lane, never a wall. A browser on which the person has signed in before
has a counter of its own in place of all three.
"""

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
MOST_FROM_AN_ADDRESS = 100  # a whole office may stand behind one
MOST_FOR_A_NAME = 30
SLOW_LANE = timedelta(seconds=15)


def wait_after(failures):
    """How long to wait after so many failures: nothing for the first five, then 15 s, 30 s, 1 min … 15 min."""
    if failures < FREE_ATTEMPTS:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - FREE_ATTEMPTS, 10), LONGEST_WAIT)


@transaction.atomic
def begin_attempt(name, address, *, known_device=False, now=None):
    """Count an attempt before its secret is looked at; the time still to wait instead, if it came too early.

    Attempts at once wait for each other, so that a hundred in the same second are a hundred, not one.
    """
    now = now or timezone.now()
    who, where = fingerprint("name", folded(name)), place_of(address, known_device)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(who + where)])
    counted = SignInAttempt.objects.filter(at__gt=now - REMEMBERED_FOR).order_by("-at")
    waits = [still_to_wait(counted.filter(who=who, address=where), wait_after, now)]
    if not known_device:
        waits.append(still_to_wait(counted.filter(address=where), wait_of_an_address, now))
        waits.append(still_to_wait(counted.filter(who=who), wait_of_a_name, now))
    if (early := max(waits)) > timedelta(0):
        return early
    SignInAttempt.objects.filter(at__lte=now - REMEMBERED_FOR).delete()
    SignInAttempt.objects.create(who=who, address=where, at=now)
    return timedelta(0)


def still_to_wait(attempts, wait_for, now):
    times = list(attempts.values_list("at", flat=True)[: MOST_FROM_AN_ADDRESS + 1])
    return times[0] + wait_for(len(times)) - now if times else timedelta(0)


def wait_of_an_address(failures):
    return LONGEST_WAIT if failures >= MOST_FROM_AN_ADDRESS else timedelta(0)


def wait_of_a_name(failures):
    return SLOW_LANE if failures >= MOST_FOR_A_NAME else timedelta(0)


def forget_attempts(name, address, *, known_device=False):
    """After a right password the failures of this name from this address no longer count."""
    who = fingerprint("name", folded(name))
    SignInAttempt.objects.filter(who=who, address=place_of(address, known_device)).delete()


def place_of(address, known_device):
    """A known browser counts for itself wherever it is, the others by their network address."""
    return fingerprint("device", "known") if known_device else fingerprint("address", address)


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
