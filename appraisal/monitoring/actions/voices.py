"""Feedback: given, asked for, answered, withdrawn; and what the leader concludes from it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from appraisal.planning.models import Skp
from appraisal.planning.rules import is_owner

from ..colleagues import circle_of
from ..models import Feedback, FeedbackRequest
from ..rules import (
    assigned_by,
    may_give_feedback,
    voice_of,
    why_closed,
    why_feedback_stays,
    why_not_on,
)
from .refusals import Refused, why_not_text

Giver = Feedback.Giver
WRITES_DOWN = (Giver.LEADER, Giver.SERVED, Giver.OTHER)  # whose words the appraiser may write down


@transaction.atomic
def give_feedback(
    skp,
    *,
    period,
    giver,
    tone,
    text,
    given_on,
    by,
    result=None,
    value=None,
    kind=Feedback.Kind.INCIDENTAL,
    progress=None,
    evidence=None,
    request=None,
):
    """Feedback on one result or one value, told to the employee at once (forms B.1.3–B.1.5).

    `giver` says whose voice it is: one's own; the appraiser also writes down what the people served or others said.
    Sent twice it is kept once. Raises NotAllowed or Refused.
    """
    skp = locked_for_a_voice(skp)
    if reason := why_closed(skp, period):
        raise NotAllowed(reason)
    if not may_give_feedback(by, skp, period):
        raise NotAllowed(
            "Hanya pimpinan, rekan setingkat, dan bawahan pegawai ini yang dapat memberi umpan balik."
        )
    feedback = Feedback(
        skp=skp,
        period=period,
        result=result,
        value=value,
        kind=kind,
        giver=giver,
        tone=tone,
        text=text.strip(),
        given_on=given_on,
        given_by=by,
        progress=progress,
        evidence=evidence,
        request=request,
    )
    refuse_wrong_feedback(feedback)
    twin = Feedback.objects.filter(
        skp=skp, period=period, given_by=by, text=feedback.text, result=result, value=value, given_on=given_on
    ).first()
    if twin is not None:
        return twin
    feedback.save()
    record_event("feedback.give", skp, by=by, details={"feedback": feedback.pk, "tone": tone, "giver": giver})
    said_by = (
        feedback.get_giver_display()
        if giver in WRITES_DOWN
        else f"{by.name} ({feedback.get_giver_display().lower()})"
    )
    tell(
        skp.employee.user,
        subject=f"Anda menerima umpan balik untuk {period}",
        body=f"{said_by}: {feedback.text}",
        path=reverse("appraisal:feedback-answer", args=[feedback.pk]),
    )
    return feedback


def locked_for_a_voice(skp):
    """The plan, locked, also for a colleague who may not read it: `may_give_feedback` decides about him."""
    with as_service():
        plans = Skp.objects.select_for_update(of=("self",)).select_related("employee__user", "unit")
        return plans.get(pk=skp.pk)


def refuse_wrong_feedback(feedback):
    errors = {}
    try:
        feedback.clean_fields(
            exclude=["skp", "period", "result", "value", "given_by", "progress", "evidence", "request"]
        )
    except ValidationError as error:
        errors |= error.message_dict
    skp, by = feedback.skp, feedback.given_by
    voice = voice_of(by, skp)
    person = employee_of(by)
    if (feedback.result is None) == (feedback.value is None):
        errors["about"] = "Pilih satu hasil kerja atau satu nilai perilaku."
    elif feedback.result is not None and feedback.result.skp_id != skp.pk:
        errors["about"] = "Hasil kerja itu bukan bagian dari SKP ini."
    elif leads_by_task(person, skp) and feedback.result not in assigned_by(person, skp):
        errors["about"] = "Anda hanya dapat menilai hasil kerja yang Anda tugaskan."
    allowed = WRITES_DOWN if voice == Giver.LEADER and not leads_by_task(person, skp) else (voice,)
    if "giver" not in errors and feedback.giver not in allowed:
        errors["giver"] = "Rekan dan bawahan menulis umpan baliknya sendiri. Pilih asal lain."
    if "given_on" not in errors and (wrong := why_not_on(feedback.given_on, skp, feedback.period)):
        errors["given_on"] = wrong
    if "text" not in errors and (wrong := why_not_text(feedback.text, empty="Tulis umpan baliknya.")):
        errors["text"] = wrong
    for name in ("progress", "evidence"):
        cited = getattr(feedback, name)
        if cited is not None and cited.result.skp_id != skp.pk:
            errors[name] = "Itu bukan bagian dari SKP ini."
    if feedback.request is not None and (feedback.request.asked_id, feedback.request.employee_id) != (
        getattr(person, "pk", None),
        skp.employee_id,
    ):
        errors["__all__"] = "Permintaan itu bukan permintaan kepada Anda."
    if errors:
        raise Refused(errors)


def leads_by_task(person, skp):
    """Is it a task, and not the line, that makes this person a leader here?"""
    return (
        not is_appraiser_on(person, skp.employee, timezone.localdate()) and assigned_by(person, skp).exists()
    )


@transaction.atomic
def answer_feedback(feedback, *, text, by):
    """The employee's one answer, told to the giver. Raises NotAllowed, or Refused (text)."""
    stored = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("skp__employee", "given_by")
        .get(pk=feedback.pk)
    )
    if not is_owner(by, stored.skp):
        raise NotAllowed("Hanya pegawai yang menerima umpan balik ini yang dapat menanggapinya.")
    text = text.strip()
    if stored.answered_at:
        if stored.answer == text:
            return stored
        raise NotAllowed("Umpan balik ini sudah Anda tanggapi. Tanggapan hanya satu kali.")
    if wrong := why_not_text(text, empty="Tulis tanggapan Anda."):
        raise Refused({"text": wrong})
    stored.answer, stored.answered_at = text, timezone.now()
    Feedback.objects.filter(pk=stored.pk).update(answer=text, answered_at=stored.answered_at)
    record_event("feedback.answer", stored.skp, by=by, details={"feedback": stored.pk})
    tell(
        stored.given_by,
        subject=f"{stored.skp.employee.name} menanggapi umpan balik Anda",
        body=text,
        path=reverse("appraisal:feedback-desk"),
    )
    return stored


@transaction.atomic
def withdraw_feedback(feedback, *, by):
    """Take back what one said, within a day and while nothing rests on it; the employee is told."""
    with as_service():
        stored = (
            Feedback.objects.select_for_update(of=("self",))
            .select_related("skp__employee__user", "period")
            .filter(pk=feedback.pk)
            .first()
        )
        if stored is None:
            return
        # The lock of whoever rates: what is being cited at this moment is not taken away meanwhile.
        Skp.objects.select_for_update(of=("self",)).get(pk=stored.skp_id)
    if reason := why_feedback_stays(by, stored):
        raise NotAllowed(reason)
    record_event(
        "feedback.withdraw", stored.skp, by=by, details={"feedback": stored.pk, "giver": stored.giver}
    )
    Feedback.objects.filter(pk=stored.pk).delete()
    tell(
        stored.skp.employee.user,
        subject=f"Sebuah umpan balik untuk {stored.period} ditarik",
        body="Pemberinya menarik umpan balik itu. Umpan balik itu tidak dipakai dalam penilaian.",
        path=reverse("appraisal:feedback-desk"),
    )


@transaction.atomic
def ask_for_feedback(employee, *, asked, text, by):
    """An employee asks his leader, a colleague or somebody he leads. Raises NotAllowed, or Refused (asked, text)."""
    if employee_of(by) != employee:
        raise NotAllowed("Anda hanya dapat meminta umpan balik untuk diri sendiri.")
    errors = {}
    if asked not in [one for part in circle_of(employee).values() for one in part]:
        errors["asked"] = "Pilih orang dari daftar."
    if wrong := why_not_text(text, empty="Tulis tentang apa Anda meminta umpan balik."):
        errors["text"] = wrong
    if errors:
        raise Refused(errors)
    today = timezone.localdate()
    twin = FeedbackRequest.objects.filter(
        employee=employee, asked=asked, text=text.strip(), asked_at__date=today
    ).first()
    if twin is not None:
        return twin
    request = FeedbackRequest.objects.create(employee=employee, asked=asked, text=text.strip())
    record_event("feedback.ask", employee, by=by, details={"request": request.pk})
    tell(
        asked.user,
        subject=f"{employee.name} meminta umpan balik Anda",
        body=request.text,
        path=reverse("appraisal:feedback-desk"),
    )
    return request
