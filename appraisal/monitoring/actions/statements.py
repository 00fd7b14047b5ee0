"""What the leader concludes from the feedback of a period, and the taking over of a result (page 70 no. 10–14)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.actions import tell
from appraisal.planning.models import WorkResult

from ..models import Feedback, ProgressStatement
from .refusals import Refused, lock_open, why_not_text

FollowUp = ProgressStatement.FollowUp
WITH_PROGRESS = (FollowUp.APPRECIATE, FollowUp.NEW_TASK)
WITHOUT_PROGRESS = (FollowUp.EXPECTATION, FollowUp.RESOURCES, FollowUp.COACHING, FollowUp.TAKE_OVER)


@transaction.atomic
def state_progress(skp, *, period, shows_progress, follow_ups, by, result=None, note=""):
    """The leader's statement with what follows, told to the employee; sent twice it is kept once.

    Raises NotAllowed, or Refused (shows_progress, follow_ups, result, note).
    """
    skp = lock_open(skp, period, by)
    person, today = employee_of(by), timezone.localdate()
    if not is_appraiser_on(person, skp.employee, today):
        raise NotAllowed("Hanya pejabat penilai pegawai ini yang dapat menyatakan kemajuannya.")
    follow_ups, note = list(follow_ups), note.strip()
    refuse_wrong_statement(skp, period, shows_progress, follow_ups, result, note)
    facts = {
        "shows_progress": shows_progress,
        "follow_ups": follow_ups,
        "result": result,
        "note": note,
        "stated_by": person,
    }
    twin = ProgressStatement.objects.filter(skp=skp, period=period, **facts).first()
    if twin is not None and timezone.localdate(twin.stated_at) == today:
        return twin
    statement = ProgressStatement.objects.create(skp=skp, period=period, **facts)
    if FollowUp.TAKE_OVER in follow_ups:
        take_over(result, by=person, note=note, on=today)
    details = {"period": str(period), "progress": shows_progress, "follow_ups": follow_ups}
    record_event("progress.state", skp, by=by, details=details)
    tell(
        skp.employee.user,
        subject=f"Kesimpulan pimpinan atas kemajuan Anda, {period}",
        body=words_for(statement),
        path=reverse("appraisal:skp-detail", args=[skp.pk])
        if FollowUp.EXPECTATION in follow_ups
        else reverse("appraisal:feedback-record", args=[skp.pk, period.pk]),
    )
    return statement


def refuse_wrong_statement(skp, period, shows_progress, follow_ups, result, note):
    errors = {}
    fitting = WITH_PROGRESS if shows_progress else WITHOUT_PROGRESS
    if shows_progress is None:
        errors["shows_progress"] = "Pilih ada atau tidak ada kemajuan."
    elif not follow_ups:
        errors["follow_ups"] = "Pilih sedikitnya satu tindak lanjut."
    elif not set(follow_ups) <= set(fitting):
        errors["follow_ups"] = (
            "Bila ada kemajuan, pilih apresiasi atau penugasan baru."
            if shows_progress
            else "Bila tidak ada kemajuan, pilih penyesuaian, pembinaan, atau pengambilalihan."
        )
    elif not Feedback.objects.filter(skp=skp, period=period).exists():
        errors["__all__"] = "Beri umpan balik dahulu. Kesimpulan diambil dari umpan balik periode ini."
    elif FollowUp.TAKE_OVER in follow_ups:
        errors |= why_not_take_over(skp, result)
    wrong = why_not_text(note, empty="Tulis catatannya. Catatan ini dibaca saat evaluasi.")
    if not errors and wrong and (FollowUp.TAKE_OVER in follow_ups or note):
        errors["note"] = wrong
    if errors:
        raise Refused(errors)


def why_not_take_over(skp, result):
    """A result is taken over only after other help brought no progress (page 70 no. 14)."""
    if result is None or result.skp_id != skp.pk:
        return {"result": "Pilih hasil kerja yang diambil alih."}
    if result.taken_over_on or result.withdrawn_on:
        return {"result": "Hasil kerja ini sudah diambil alih atau tidak berlaku lagi."}
    earlier = ProgressStatement.objects.filter(skp=skp, shows_progress=False)
    if not earlier.filter(
        follow_ups__overlap=[FollowUp.EXPECTATION, FollowUp.RESOURCES, FollowUp.COACHING]
    ).exists():
        return {
            "follow_ups": "Sesuaikan ekspektasi atau dukungan, atau lakukan pembinaan dahulu. "
            "Hasil kerja diambil alih bila setelah itu tetap tidak ada kemajuan."
        }
    return {}


def take_over(result, *, by, note, on):
    WorkResult.objects.filter(pk=result.pk).update(taken_over_on=on, taken_over_by=by, takeover_note=note)


def words_for(statement):
    parts = [str(statement) + ".", "Tindak lanjut: " + ", ".join(statement.follow_up_words).lower() + "."]
    if FollowUp.EXPECTATION in statement.follow_ups:
        parts.append("Bukalah SKP Anda dan ajukan penyesuaiannya.")
    if FollowUp.TAKE_OVER in statement.follow_ups:
        parts.append(f"Hasil kerja yang diambil alih: {statement.result.statement}.")
    if statement.note:
        parts.append(f"Catatan: {statement.note}")
    return " ".join(parts)
