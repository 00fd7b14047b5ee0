"""How often one network may send or try a code. Counted in the cache under a keyed hash that changes daily, never kept.

A waiting room shares one network, so the bounds are wide; codes cannot be guessed whatever the rate.
"""

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ambon_kinerja.addresses import address_of

WINDOW_SECONDS = 3600
MOST = {"sending": 30, "files": 60, "wrong-code": 20}


def place_of(request, what):
    day = timezone.localdate().isoformat()
    return (
        f"complaints:{what}:"
        + salted_hmac(f"complaints.{day}", address_of(request), algorithm="sha256").hexdigest()
    )


def is_over(request, what):
    """Has this network done it as often as it may? Counts nothing."""
    return cache.get(place_of(request, what), 0) >= MOST[what]


def count(request, what):
    key = place_of(request, what)
    if cache.add(key, 1, WINDOW_SECONDS):
        return
    try:
        cache.incr(key)
    except ValueError:  # the window ended between the two calls
        cache.add(key, 1, WINDOW_SECONDS)
