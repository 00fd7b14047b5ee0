"""Telling people."""

from .models import Notice


def tell(recipient, *, subject, body="", path=""):
    """Leave a notice for `recipient` (a user or None) in the caller's transaction; the e-mail follows by itself."""
    if recipient is None:
        return None
    return Notice.objects.create(recipient=recipient, subject=subject, body=body, path=path)
