"""The one way a record changes its state.

A room's `states.py` lists its steps; `take` locks the record, checks state, then right, then what the step
itself demands, writes the StateChange and the audit event, and saves. Nothing else writes a state field.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event, target_of

from .models import StateChange


class StepRefused(Exception):
    """A step that may not be taken; `str()` is the reason in plain Indonesian."""


class WrongState(StepRefused):
    """The record is not in a state from which this step starts (somebody was faster, or it is closed)."""


class NotAllowed(StepRefused):
    """This person may not take this step."""


@dataclass(frozen=True)
class Step:
    """`name` is the audit verb, `label` the button; `may(user, record)` says who, `needs_reason` if words are due.

    `who` puts `may` into words for docs/lifecycles.md; without it the first line of its docstring stands there.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    may: Callable
    needs_reason: bool = False
    field: str = "state"
    who: str = ""


@transaction.atomic
def take(step, record, *, by, reason="", changes=None):
    """Take `step` on `record` and return it as stored.

    The row is locked and read anew, so a decision is never made on an old copy; `changes` (field → value)
    are saved in the same statement. Raises WrongState, NotAllowed or StepRefused; then nothing is written.
    """
    model = type(record)
    locked = model._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    before = getattr(locked, step.field)
    make_sure(step, locked, by=by)
    if step.needs_reason and not reason.strip():
        raise StepRefused("Tulis alasannya.")
    for name, value in (changes or {}).items():
        setattr(locked, name, value)
    setattr(locked, step.field, step.target)
    locked.save(update_fields=[step.field, *(changes or {})])
    StateChange.objects.create(
        record=target_of(locked),
        step=step.name,
        before=before,
        after=step.target,
        by=by if hasattr(by, "pk") else None,
        by_label=str(by),
        at=timezone.now(),
        reason=reason.strip(),
    )
    record_event(f"{model._meta.model_name}.{step.name}", locked, by=by, reason=reason.strip())
    return locked


def make_sure(step, record, *, by):
    """That `by` could take `step` now, for who writes much before he takes it. Raises WrongState or NotAllowed."""
    if getattr(record, step.field) not in step.sources:
        raise WrongState(
            f"Langkah “{step.label}” tidak bisa diambil dari keadaan {state_label(record, step)}."
        )
    if not step.may(by, record):
        raise NotAllowed(f"Anda tidak berwenang mengambil langkah “{step.label}”.")


def steps_open_to(user, record, steps):
    """The steps of a table that `user` could take on `record` right now, in the table's order."""
    return [step for step in steps if getattr(record, step.field) in step.sources and step.may(user, record)]


def history_of(record):
    """The state changes of `record`, oldest first."""
    return StateChange.objects.filter(record=target_of(record)).select_related("by")


def state_label(record, step):
    return f"“{getattr(record, f'get_{step.field}_display')()}”"
