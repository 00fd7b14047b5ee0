"""Ending what a person is signed in with, from any room that changes what he may do."""

from django.db import transaction
from django.db.models import F

from ambon_kinerja.audit.actions import record_event

from .models import User


@transaction.atomic
def end_sessions(user, *, by, reason):
    """Every session of `user`, on every device, is over with its next request; he signs in again.

    The epoch is part of what each session is checked against, so no list of sessions is needed (ASVS 7.4.1, 7.4.2).
    A caller who wants to keep his own session calls `update_session_auth_hash` afterwards.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    record_event("account.end_sessions", user, by=by, reason=reason)


def end_sessions_of(employee_keys):
    """The same for many who move at once; the caller's act stands in the trail. One statement."""
    User.objects.filter(employee__in=employee_keys).update(session_epoch=F("session_epoch") + 1)
