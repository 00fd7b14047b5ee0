"""Everything that was ever recorded about an employee, with both clocks, in words."""

import json
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format

from agencies.people.models import AppraiserException, Assignment, ServiceState, User
from ambon_kinerja.audit.models import AuditEvent

WITHDRAWALS = ("assignment.withdraw", "appraiser.withdraw")


@dataclass
class Entry:
    """A row that counts, or that was withdrawn; `before` are the rows it replaced, newest first, each in words."""

    fact: object
    before: list = field(default_factory=list)
    withdrawn: str = ""


def history_of(employee):
    """(posts, states, exceptions): lists of Entries, latest term first; at most six queries."""
    facts = [
        list(rows.select_related("recorded_by").order_by("-recorded"))
        for rows in (
            Assignment.objects.filter(employee=employee).select_related("post__unit"),
            ServiceState.objects.filter(employee=employee),
            AppraiserException.objects.filter(employee=employee).select_related("appraiser"),
        )
    ]
    gone = withdrawals([row for rows in facts for row in rows if not row.counts])
    return [entries(rows, gone) for rows in facts]


def entries(rows, gone):
    """Rows chained by the moment at which one replaced the other."""
    replaced_by = {}
    for row in rows:
        replaced_by.setdefault((row.recorded.lower, type(row)), row)
    found = {row.pk: Entry(row) for row in rows if row.counts}
    for row in rows:  # newest knowledge first
        if row.counts:
            continue
        new = replaced_by.get((row.recorded.upper, type(row)))
        head = new and newest(new, replaced_by)
        if head is not None and head.pk in found:
            found[head.pk].before.append(changed(row, new))
        elif row.pk not in found:
            found[row.pk] = Entry(row, withdrawn=withdrawn(row, gone))
            if head is not None:
                found[row.pk].withdrawn = changed(row, new)
    return sorted(found.values(), key=lambda entry: (entry.fact.term.lower, entry.fact.pk), reverse=True)


def newest(row, replaced_by):
    seen = set()
    while not row.counts and row.pk not in seen:
        seen.add(row.pk)
        row = replaced_by.get((row.recorded.upper, type(row)), row)
    return row


def changed(old, new):
    """ "Tercatat 3 Maret 2026 oleh …: 1 Januari 2026 – seterusnya. Diralat 5 Mei 2026 oleh …: alasan." """
    act = "Diakhiri" if only_ended(old, new) else "Diralat"
    return f"{recorded(old)}. {act} {moment(new.recorded.lower)}{by(new)}{because(new.reason)}."


def withdrawn(row, gone):
    who, reason = gone.get(f"{row._meta.label}:{row.pk}", ("", ""))
    return f"{recorded(row)}. Dibatalkan {moment(row.recorded.upper)}{who}{because(reason)}."


def recorded(row):
    what = f"{row.post.name}, " if isinstance(row, Assignment) else ""
    return f"Tercatat {moment(row.recorded.lower)}{by(row)}: {what}{term_words(row)}"


def only_ended(old, new):
    """Is `new` the same fact with an earlier end?"""
    same = ("post_id", "kind", "appraiser_id", "decree", "decree_date")
    return old.term.lower == new.term.lower and all(
        getattr(old, name, None) == getattr(new, name, None) for name in same
    )


def withdrawals(rows):
    """{target: (" oleh …", reason)} of the rows that were taken back, from the trail. At most two queries."""
    targets = [f"{row._meta.label}:{row.pk}" for row in rows]
    if not targets:
        return {}
    events = list(AuditEvent.objects.filter(target__in=targets, action__in=WITHDRAWALS))
    names = names_of([event.actor for event in events])
    return {
        event.target: (f" oleh {names.get(event.actor, event.actor)}", json.loads(event.payload)["reason"])
        for event in events
    }


def names_of(actors):
    """{"user:3": name} for the actors of the trail. One query."""
    keys = {actor[5:] for actor in actors if actor.startswith("user:")}
    return {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=keys)} if keys else {}


def by(row):
    return f" oleh {row.recorded_by.name}" if row.recorded_by else ""


def because(reason):
    return f": {reason.rstrip('.')}" if reason else ""


def moment(at):
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')} pukul {local:%H.%M} WIT"


def term_words(fact):
    last = date_format(fact.last_day, "j F Y") if fact.last_day else "seterusnya"
    return f"{date_format(fact.term.lower, 'j F Y')} – {last}"


# --- the facts of the person himself ------------------------------------------------------------

FACTS = {
    "name": "Nama",
    "kind": "Status",
    "nip": "NIP",
    "rank": "Golongan",
    "email": "Surel",
}


@dataclass(frozen=True)
class FactChange:
    at: object
    words: list
    by: str
    reason: str


def fact_changes(employee):
    """[FactChange] of name, kind, NIP, rank and e-mail, newest first, from the row's own history. Three queries."""
    rows = list(employee.events.order_by("pgh_created_at", "pgh_id"))
    trail = AuditEvent.objects.filter(
        target=f"{employee._meta.label}:{employee.pk}", action="employee.change"
    )
    told = {}
    for event in trail:
        said = json.loads(event.payload)
        told[said["details"].get("history")] = (event.actor, said["reason"])
    names = names_of([actor for actor, _ in told.values()])
    changes = []
    for old, new in pairwise(rows):
        words = [
            f"{label}: {shown(old, name)} → {shown(new, name)}"
            for name, label in FACTS.items()
            if getattr(old, name) != getattr(new, name)
        ]
        if words:
            actor, reason = told.get(new.pgh_id, ("", ""))
            changes.append(FactChange(new.pgh_created_at, words, names.get(actor, ""), reason))
    return changes[::-1]


def shown(row, name):
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    return value or "kosong"
