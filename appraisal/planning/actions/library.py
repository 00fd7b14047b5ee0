"""The examples everybody may begin from, kept by the personnel office."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from ..models import LibraryEntry
from ..rules import may_keep_library
from .fingerprints import fingerprint
from .plan import Conflict

FIELDS = ("audience", "posts", "statement", "control", "indicators", "why", "source")


def entry_content(entry):
    return {name: getattr(entry, name) for name in FIELDS} if entry else None


@transaction.atomic
def save_entry(*, values, by, entry=None, seen=""):
    """Add an example, or change `entry`; `seen` is the fingerprint of what was read."""
    refuse_others(by)
    stored = LibraryEntry.objects.select_for_update().get(pk=entry.pk) if entry else None
    values = {name: values[name] for name in FIELDS}
    if stored is not None and entry_content(stored) == values:
        return stored
    if stored is not None and fingerprint(entry_content(stored)) != seen:
        raise Conflict(stored=entry_content(stored), sent=values)
    same = LibraryEntry.objects.filter(statement=values["statement"]).exclude(
        pk=stored.pk if stored else None
    )
    if same.exists():
        raise StepRefused("Contoh dengan rencana hasil kerja ini sudah ada.")
    saved = stored or LibraryEntry()
    for name, value in values.items():
        setattr(saved, name, value)
    saved.save()
    record_event("library.save", saved, by=by, details={"statement": saved.statement, "new": stored is None})
    return saved


@transaction.atomic
def switch_entry(entry, *, is_offered, by):
    """Offer an example, or no longer; those who wrote from it keep their text."""
    refuse_others(by)
    stored = LibraryEntry.objects.select_for_update().get(pk=entry.pk)
    if stored.is_offered != is_offered:
        stored.is_offered = is_offered
        stored.save(update_fields=["is_offered"])
        record_event("library.switch", stored, by=by, details={"offered": is_offered})
    return stored


def refuse_others(by):
    if not may_keep_library(by):
        raise NotAllowed("Pustaka contoh hanya diubah oleh BKPSDM.")
