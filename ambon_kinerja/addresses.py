"""Where a request comes from."""

from django.conf import settings


def address_of(request):
    """The network address of the browser.

    A header anyone can write is believed only when our own proxy writes it (BEHIND_PROXY), and then its last
    entry only: the one the proxy itself added.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
