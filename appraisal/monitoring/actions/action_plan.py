"""The action plan of form B.1.1: one writes a step, the other agrees to it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.actions import tell
from appraisal.planning.models import Skp

from ..models import ActionStep
from ..rules import is_owner_or_appraiser
from .refusals import Conflict, Refused, why_not_text

STRANGER = "Rencana aksi ditulis oleh pegawai dan pejabat penilainya."
DECIDED = "Langkah ini sudah dipakai atau dihapus."


@transaction.atomic
def save_step(result, *, text, due_on, by, step=None, version=None):
    """Write a step of a result, or change one; it waits for the other person's agreement then.

    Raises NotAllowed, Refused (text, due_on), and Conflict when the step is not at `version`.
    """
    skp = lock_plan(result.skp, by)
    if result.withdrawn_on or result.taken_over_on:
        raise NotAllowed("Hasil kerja ini tidak berlaku lagi atau sudah diambil alih.")
    text = text.strip()
    errors = {"text": why_not_text(text, empty="Tulis langkahnya.")}
    if not skp.starts_on <= due_on <= skp.ends_on:
        errors["due_on"] = (
            f"Tanggal harus di dalam masa SKP: {skp.starts_on:%d-%m-%Y} sampai {skp.ends_on:%d-%m-%Y}."
        )
    if errors := {name: words for name, words in errors.items() if words}:
        raise Refused(errors)
    stored = ActionStep(result=result) if step is None else locked_step(step)
    if (stored.text, stored.due_on) == (text, due_on):
        return stored
    if step is None:
        twin = ActionStep.objects.filter(result=result, text=text, due_on=due_on).first()
        if twin is not None:
            return twin
    elif stored.version != version:
        raise Conflict(stored=stored, typed={"text": text, "due_on": due_on})
    before = {"text": stored.text, "agreed": bool(stored.agreed_at)} if stored.pk else None
    stored.text, stored.due_on, stored.written_by = text, due_on, by
    stored.agreed_by = stored.agreed_at = None
    stored.version += 1 if stored.pk else 0
    stored.save()
    record_event("action_step.save", skp, by=by, details={"step": stored.pk, "before": before})
    other = other_of(skp, by)
    if not already_told(other, skp):
        tell(
            other,
            subject=f"Rencana aksi SKP {skp.year} {skp.employee} menunggu kesepakatan Anda",
            body=f"{result.statement}: {text}",
            path=page_of(skp),
        )
    return stored


@transaction.atomic
def agree_steps(skp, *, by, seen):
    """Agree to the steps the other one wrote, as they were read: `seen` maps their keys to versions.

    Raises NotAllowed, and Conflict when one of them changed since.
    """
    skp = lock_plan(skp, by)
    waiting = list(
        ActionStep.objects.select_for_update(of=("self",))
        .filter(result__skp=skp, pk__in=seen)
        .exclude(written_by=by)
    )
    changed = [step for step in waiting if step.version != seen[step.pk]]
    if changed or len(waiting) != len(seen):
        raise Conflict(stored=changed, typed=seen)
    fresh = [step for step in waiting if step.agreed_at is None]
    for step in fresh:
        step.agreed_by, step.agreed_at = by, timezone.now()
        step.save()
    if fresh:
        record_event("action_step.agree", skp, by=by, details={"steps": [step.pk for step in fresh]})
        tell(
            other_of(skp, by),
            subject=f"Rencana aksi SKP {skp.year} {skp.employee} disepakati",
            body=f"{len(fresh)} langkah disepakati.",
            path=page_of(skp),
        )
    return fresh


@transaction.atomic
def remove_step(step, *, by):
    """Take a step out; an agreed one by agreement means: either may, and the other is told."""
    skp = lock_plan(step.result.skp, by)
    stored = locked_step(step)
    record_event("action_step.remove", skp, by=by, details={"step": stored.pk, "text": stored.text})
    if stored.agreed_at:
        tell(
            other_of(skp, by),
            subject=f"Langkah rencana aksi SKP {skp.year} {skp.employee} dihapus",
            body=stored.text,
            path=page_of(skp),
        )
    ActionStep.objects.filter(pk=stored.pk).delete()


def lock_plan(skp, by):
    skp = Skp.objects.select_for_update(of=("self",)).select_related("employee__user").get(pk=skp.pk)
    if not is_owner_or_appraiser(by, skp):
        raise NotAllowed(STRANGER)
    if reason := why_no_steps(skp):
        raise NotAllowed(reason)
    return skp


def why_no_steps(skp):
    """Why no step may be written or agreed now, or ""."""
    if skp.state != Skp.State.AGREED:
        return "SKP ini belum disepakati."
    return "Masa SKP ini sudah berakhir." if timezone.localdate() > skp.ends_on else ""


def locked_step(step):
    stored = ActionStep.objects.select_for_update(of=("self",)).filter(pk=step.pk).first()
    if stored is None:
        raise Refused({"__all__": DECIDED})
    return stored


def other_of(skp, by):
    """The account of the other of the two: the appraiser of today, or the employee."""
    if skp.employee.user_id != by.pk:
        return skp.employee.user
    appraiser = appraiser_on(skp.employee, timezone.localdate())
    return appraiser.user if appraiser else None


def already_told(user, skp):
    """Twelve steps written in a row are one notice: as long as it is unread it says enough."""
    return (
        user is not None
        and user.notices.filter(
            read_at=None, path=page_of(skp), subject__contains="menunggu kesepakatan"
        ).exists()
    )


def page_of(skp):
    return reverse("appraisal:action-plan", args=[skp.pk])
