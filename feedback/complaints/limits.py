"""How often one network may send or try a code, counted by all web processes together, under a keyed hash of the day.

A waiting room shares one network, so the bounds are wide; codes cannot be guessed whatever the rate.

The counts lie in the store beside the broker (settings.CACHES, "shared"), for an hour and nowhere else. When it does
not answer, nothing is counted and everything is let in: a citizen must never be turned away because a machine of ours
is down, the bounds only keep heaps out, and what they protect has walls of its own (130 bits of a code, limits for
each file and letter, and what was sent too much can be merged). The store is then left alone for some seconds, so that
nobody waits for it again and again. The survey's bounds lie in the database and do not know this store
(citizens/guard.py).
"""

import logging

from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from ambon_kinerja.addresses import address_of
from ambon_kinerja.jobs.resting import Rest

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 3600
MOST = {"sending": 30, "files": 60, "wrong-code": 20}
STORE_TROUBLE = (RedisError, OSError)
store_rest = Rest()


def place_of(request, what):
    day = timezone.localdate().isoformat()
    return (
        f"complaints:{what}:"
        + salted_hmac(f"complaints.{day}", address_of(request), algorithm="sha256").hexdigest()
    )


def is_over(request, what):
    """Has this network done it as often as it may? Counts nothing. False while nobody can say."""
    return ask(lambda store: store.get(place_of(request, what), 0), otherwise=0) >= MOST[what]


def count(request, what):
    ask(lambda store: count_in(store, place_of(request, what)), otherwise=None)


def count_in(store, key):
    """One more; two processes at once are two more, since the store itself adds."""
    if store.add(key, 1, WINDOW_SECONDS):
        return
    try:
        store.incr(key)
    except ValueError:  # the window ended between the two calls
        store.add(key, 1, WINDOW_SECONDS)


def ask(question, *, otherwise):
    if store_rest.is_on:
        return otherwise
    try:
        return question(caches["shared"])
    except STORE_TROUBLE as trouble:
        store_rest.begin()
        logger.warning("shared store did not count: %s", type(trouble).__name__)
        return otherwise
