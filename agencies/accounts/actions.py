"""What is kept of coming and going."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event

from .backends import account_named


def record_sign_in(user):
    record_event("account.sign_in", user, by=user)


def record_sign_out(user):
    record_event("account.sign_out", user, by=user)


@transaction.atomic
def record_failed_sign_in(name):
    """Whose account somebody failed to enter; a name without account leaves no word of what was typed."""
    record_event("account.sign_in_failed", account_named(name) or "no such account", by="sign-in page")
