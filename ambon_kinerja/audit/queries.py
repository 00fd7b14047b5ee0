"""Reading the whole trail, however long, a piece at a time."""

import json
import re
from datetime import datetime

from .actions import target_of
from .chain import examine
from .models import AuditEvent

LINK = ("position", "payload", "previous_hash", "hash")
COLUMNS = ("at", "actor", "action", "target")
PIECE = 5000


def trail(*more):
    """The rows of the chain in order: LINK, then the columns named in `more`."""
    return AuditEvent.objects.order_by("position").values_list(*LINK, *more).iterator(chunk_size=PIECE)


def examine_trail(*, heads=()):
    """(fault, count, head) of the trail in the database; see `chain.examine`."""
    return examine(trail(*COLUMNS), heads=heads, also=fault_of_columns)


def fault_of_columns(payload, at, *words):
    """The columns repeat the payload for searching; the chain covers the payload alone, so they must agree."""
    try:
        said = json.loads(payload)
    except ValueError:
        return "isi tidak terbaca"
    if datetime.fromisoformat(said["at"]) != at:
        return "waktu di kolom berbeda dari isinya"
    if tuple(said[name] for name in COLUMNS[1:]) != words:
        return "pelaku, tindakan, atau sasaran di kolom berbeda dari isinya"
    return ""


def last_act_on(target, actions, detail=None):
    """The newest AuditEvent on `target` with one of these actions, or None.

    `detail` is a (name, value) that its details must hold, where one target stands for many parts.
    """
    found = AuditEvent.objects.filter(target=target_of(target), action__in=actions)
    if detail is not None:
        name, value = detail
        said = f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        found = found.filter(payload__regex=re.escape(said) + "[,}]")
    return found.order_by("-position").first()
