"""How often one address may ask for a verification: enough for an office, too little for a machine."""

import hashlib

from django.conf import settings
from django.core.cache import cache

MOST_CHECKS = 60
WINDOW_SECONDS = 600


def is_too_frequent(request):
    """Count this request; true when its address has asked more than MOST_CHECKS times in the window."""
    address = hashlib.sha256(
        f"{settings.SECRET_KEY}{request.META.get('REMOTE_ADDR', '')}".encode()
    ).hexdigest()
    key = f"document-checks:{address}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return False
    try:
        return cache.incr(key) > MOST_CHECKS
    except ValueError:  # the window ended between the two calls
        return False
