"""Who is affected when data fell into wrong hands: from the viewings and the trail of a span of time.

UU 27/2022 art. 46: each person concerned is told in writing within 3 × 24 hours what was disclosed, when and how.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.audit.models import AuditEvent

from .catalogue import catalogue, person_at, person_models
from .models import Viewing
from .words import act_in_words, record_in_words, viewing_in_words

COLUMNS = ("Nama", "NIP", "Surel", "Unit", "Data yang terbuka", "Pertama", "Terakhir", "Jumlah")


@dataclass
class Span:
    """From `since` to `until` (aware, `until` excluded, None: now); narrowed to a model and to one account."""

    since: datetime
    until: datetime | None = None
    table: str = ""
    account: object = None

    @property
    def moments(self):
        return Q(at__gte=self.since, at__lt=self.until or timezone.now())


@dataclass
class Affected:
    """One person: `what` are words, `first` and `last` the moments; `contact` has name, nip, email and unit."""

    text: str
    what: dict = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    count: int = 0
    contact: dict = field(default_factory=dict)

    def add(self, words, moment):
        self.what[words] = True
        self.count += 1
        self.first = min(self.first or moment, moment)
        self.last = max(self.last or moment, moment)

    @property
    def row(self):
        words = "; ".join(self.what)
        known = [self.contact.get(name, "") for name in ("name", "nip", "email", "unit")]
        return [*known, words, in_words(self.first), in_words(self.last), str(self.count)]


def in_words(moment):
    return timezone.localtime(moment).strftime("%d-%m-%Y %H.%M WIT")


def affected(span):
    """(people, others): [Affected] by name, and {words: count} of acts on records that point to no single person.

    The holder of an account that was taken over is among them: whoever had it could read all his data.
    A handful of queries, whatever the number of people.
    """
    people, others = {}, {}

    def note(text, words, moment):
        people.setdefault(text, Affected(text)).add(words, moment)

    for about, kind, at in viewings_in(span).values_list("about", "kind", "at"):
        note(about, viewing_in_words(kind), at)
    events = list(events_in(span).values_list("target", "action", "at"))
    holders = holders_of({target for target, _, _ in events})
    for target, action, at in events:
        for text in holders.get(target, ()):
            note(text, act_in_words(action), at)
        if target not in holders:
            words = f"{act_in_words(action)}: {record_in_words(target)}"
            others[words] = others.get(words, 0) + 1
    if span.account is not None and not span.table:
        note(f"{settings.AUTH_USER_MODEL}:{span.account.pk}", "Akun yang diambil alih", span.since)
    return with_contacts(people), others


def viewings_in(span):
    rows = Viewing.objects.filter(span.moments).order_by("at")
    if span.account is not None:
        rows = rows.filter(viewer=span.account)
    if span.table:
        kinds = [kind for kind, entry in catalogue().viewings.items() if entry["record"] == span.table]
        rows = rows.filter(kind__in=kinds)
    return rows


def events_in(span):
    rows = AuditEvent.objects.filter(span.moments).exclude(sealed_targets()).order_by("position")
    if span.account is not None:
        rows = rows.filter(actor=f"user:{span.account.pk}")
    if span.table:
        rows = rows.filter(target__startswith=f"{span.table}:")
    return rows


def sealed_targets():
    """Acts on records whose very existence is kept from whoever makes this list."""
    condition = Q(pk__in=[])
    for label, kept in catalogue().records.items():
        if kept.sealed:
            condition |= Q(target__startswith=f"{label}:")
    return condition


def holders_of(targets):
    """{"appraisal.Skp:12": {"agencies.Employee:7"}} for the targets whose model has an owner path."""
    by_label, holders = {}, {}
    for target in targets:
        label, _, key = target.partition(":")
        if key.isdecimal() and (kept := catalogue().records.get(label)) and kept.owner:
            by_label.setdefault(label, set()).add(int(key))
    for label, keys in by_label.items():
        model, kept = apps.get_model(label), catalogue().records[label]
        for path in kept.owner:
            person = person_at(model, path)
            found = model._default_manager.filter(pk__in=keys).order_by().values_list("pk", path)
            for key, holder in found:
                if holder is not None:
                    holders.setdefault(f"{label}:{key}", set()).add(f"{person}:{holder}")
    return holders


def with_contacts(people):
    """The people with names, one row each though known by account and by employee; those without a name last."""
    contacts = import_string(settings.PERSONAL_DATA_CONTACTS)(list(people))
    merged = {}
    for text, person in people.items():
        contact = contacts.get(text, {"name": record_in_words(text)})
        one = merged.setdefault(contact.get("key", text), person)
        one.contact = contact
        if one is not person:
            one.what |= person.what
            one.count += person.count
            one.first, one.last = min(one.first, person.first), max(one.last, person.last)
    return sorted(merged.values(), key=lambda one: (one.contact["name"], one.text))


@transaction.atomic
def note_export(span, people, *, by, reason):
    """Remember who took the list out, for what reason, and how many people stand in it."""
    details = {"since": span.since, "until": span.until, "table": span.table, "people": len(people)}
    details["account"] = span.account.pk if span.account is not None else None
    record_event("breach.export", "breach", by=by, reason=reason, details=details)


def account_named(text):
    """The account with this e-mail address or number, or None."""
    wanted = Q(email__iexact=text.strip())
    if text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 10:
        wanted |= Q(pk=int(text))
    return get_user_model().objects.filter(wanted).first()


def known_tables():
    """[(label, words)] of the models whose rows belong to a person."""
    return [
        (label, kept.title)
        for label, kept in catalogue().records.items()
        if kept.is_personal and kept.owner and label not in person_models()
    ] + [(label, catalogue().records[label].title) for label in person_models()]
