"""How often one address may ask for a verification: enough for a whole office, too little for a machine.

Codes cannot be guessed whatever the rate; this keeps hashing uploads cheap. Counted per web process.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from ambon_kinerja.addresses import address_of

MOST_CHECKS = 300
WINDOW_SECONDS = 600


def is_too_frequent(request):
    """Count this request; true when its address has asked more than MOST_CHECKS times in the window."""
    key = "document-checks:" + salted_hmac("document-checks", address_of(request)).hexdigest()
    if cache.add(key, 1, WINDOW_SECONDS):
        return False
    try:
        return cache.incr(key) > MOST_CHECKS
    except ValueError:  # the window ended between the two calls
        return False
