"""Ending what a person is signed in with, from any room that changes what he may do."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event


@transaction.atomic
def end_sessions(user, *, by, reason):
    """Every session of `user`, on every device, is over with its next request; he signs in again."""
    record_event("account.end_sessions", user, by=by, reason=reason)
