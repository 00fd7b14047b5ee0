"""Writing the audit trail."""

import json

from django.db import connection, models
from django.utils import timezone

from .chain import GENESIS, event_hash
from .models import AuditEvent

CHAIN_LOCK = 6_2022  # any number, the same for every writer


class NotInTransaction(RuntimeError):
    """An act and its record must commit together, so a record needs the act's transaction."""


def record_event(action, target, *, by, reason="", details=None):
    """Add one act to the chain, in the transaction of the act.

    `action` is a verb phrase like "skp.submit"; `target` a saved record or a text; `by` the user, or a
    text such as "timetable" for acts without a person. Call it late in the transaction: from here to the
    commit every other writer waits. Raises NotInTransaction, and ValueError when nobody is named.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(action)
    actor = actor_of(by)
    if not actor:
        raise ValueError(f"{action}: nobody is named as the actor")
    act = {"at": timezone.now(), "actor": actor, "action": action, "target": target_of(target)}
    payload = payload_of(act, reason=reason, details=details or {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-position").values("position", "hash").first()
    position = last["position"] + 1 if last else 1
    previous = last["hash"] if last else GENESIS
    return AuditEvent.objects.create(
        **act,
        position=position,
        payload=payload,
        previous_hash=previous,
        hash=event_hash(previous=previous, position=position, payload=payload),
    )


def payload_of(act, *, reason, details):
    """The text that is hashed and kept: JSON with sorted keys; what JSON does not know stands as `str`."""
    said = act | {"at": act["at"].isoformat(), "reason": reason, "details": details}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)


def actor_of(by):
    """Opaque and stable: no NIP, no name, so that the trail can be shown and erased persons stay erased."""
    if isinstance(by, models.Model):
        return f"user:{by.pk}" if by.pk else ""
    return by or ""


def target_of(target):
    if isinstance(target, models.Model):
        return f"{target._meta.label}:{target.pk}"
    return str(target)
