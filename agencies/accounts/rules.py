"""Who needs more than a password, and whose password is too old."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import has_role

# Unit admins ask for reports, so they are publishers too.
NEEDS_SECOND_FACTOR = (Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN, Role.UNIT_ADMIN)


def needs_second_factor(user):
    """The personnel office, system admins and who publishes reports (ASVS 6.3.3)."""
    return settings.SECOND_FACTOR_REQUIRED and has_role(user, *NEEDS_SECOND_FACTOR)


def has_second_factor(user):
    """An app or a passkey. Recovery codes alone are none: they only stand in for one that is lost."""
    return user.is_authenticated and (hasattr(user, "totp") or user.passkeys.exists())


def may_remove_factor(user):
    """Is another one left, or is none needed?"""
    count = int(hasattr(user, "totp")) + user.passkeys.count()
    return count > 1 or not needs_second_factor(user)


def may_reset_second_factors(user, *, by):
    """A system admin, and nobody for himself: else one stolen session would be enough."""
    return by.pk != user.pk and has_role(by, Role.SYSTEM_ADMIN)


def password_has_expired(user):
    """PASSWORD_EXPIRES_DAYS after it was set; one whose day nobody knows counts from the account's beginning."""
    if not settings.PASSWORD_EXPIRES_DAYS or not user.has_usable_password():
        return False
    since = user.password_changed_at or user.created_at
    return timezone.now() >= since + timedelta(days=settings.PASSWORD_EXPIRES_DAYS)
