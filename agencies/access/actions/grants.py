"""Giving and ending roles."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event

from ..models import RoleGrant


@transaction.atomic
def grant_role(user, *, role, unit, start, by, reason, end=None):
    """Give `user` the role in `unit` and below, from `start` up to, not including, `end` (None: until it is ended).

    `by` is the user who gives it, or a text such as "seed".
    """
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        unit=unit,
        term=DateRange(start, end),
        given_by=by if hasattr(by, "pk") else None,
        reason=reason,
    )
    details = {"user": user.pk, "role": role, "unit": unit.pk, "start": start, "end": end}
    record_event("role.grant", grant, by=by, reason=reason, details=details)
    return grant


@transaction.atomic
def end_role(grant, *, by, reason, on=None):
    """Take the role away from `on` (today if None); a role that has not begun yet is never begun."""
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    day = max(on or timezone.localdate(), locked.term.lower)
    locked.term = DateRange(locked.term.lower, day)
    locked.save(update_fields=["term"])
    record_event("role.end", locked, by=by, reason=reason, details={"end": day})
    return locked
