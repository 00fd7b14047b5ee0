"""Telling people, and noting that they have read it."""

from django.utils import timezone

from .models import Notice


def tell(recipient, *, subject, body="", path=""):
    """Leave a notice for `recipient` (a user or None) in the caller's transaction; the e-mail follows by itself.

    `path` is an address of this site, such as "/skp/12/". A subject that is too long is cut, never refused.
    """
    if recipient is None:
        return None
    return Notice.objects.create(recipient=recipient, subject=shortened(subject), body=body, path=path)


def tell_many(notices):
    """The same for many at once: (key of the recipient, subject, body, path) of each."""
    rows = [
        Notice(recipient_id=recipient, subject=shortened(subject), body=body, path=path)
        for recipient, subject, body, path in notices
    ]
    return Notice.objects.bulk_create(rows, batch_size=500)


def shortened(subject, longest=160):
    return subject if len(subject) <= longest else f"{subject[: longest - 1]}…"


def mark_read(notice, *, by):
    """The recipient has opened it; a second time changes nothing."""
    _unread(by).filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by):
    """Everything left for `by` counts as read; returns how many were not yet."""
    return _unread(by).update(read_at=timezone.now())


def _unread(user):
    return Notice.objects.filter(recipient=user, read_at=None)
