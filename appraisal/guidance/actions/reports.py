"""Form B.1.10: written by the appraiser, sent to the personnel office, decided there.

Neither the audit trail nor a notice nor an e-mail carries a word of it.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.roles import Role
from agencies.careers.queries import office_users
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import tell
from appraisal.monitoring.models import Feedback

from ..models import BehaviourReport
from ..rules import may_lead, person_of
from ..states.reports import DISCARD, DISMISS, SEND, WITHDRAW
from .refusals import Conflict, place_of

WORDS = ("communicated_how", "other_feedback", "expectation", "problem", "tried")
FACTS = ("value", "communicated_on", "is_common", *WORDS)
NEEDED = {
    "value": "Pilih nilai dasar yang dilanggar.",
    "communicated_on": "Isi tanggal Anda membicarakannya dengan pegawai.",
    "communicated_how": "Tulis isi pembicaraan itu.",
    "problem": "Jelaskan permasalahannya.",
    "is_common": "Jawab apakah terjadi juga pada pegawai lain.",
    "tried": "Tulis apa yang sudah Anda lakukan.",
}


@transaction.atomic
def begin_report(employee, *, by):
    """A draft about an employee of one's team; the one that is open already, if there is one."""
    appraiser, unit = place_of(employee)
    if person_of(by) != appraiser:
        raise NotAllowed("Laporan ini dibuat oleh pejabat penilai pegawai.")
    drafts = BehaviourReport.objects.select_for_update(of=("self",))
    type(employee).objects.select_for_update(of=("self",)).get(pk=employee.pk)  # two clicks make one draft
    known = drafts.filter(employee=employee, appraiser=appraiser, state=BehaviourReport.State.DRAFT).first()
    if known is not None:
        return known
    report = BehaviourReport.objects.create(employee=employee, appraiser=appraiser, unit=unit)
    record_event("behaviourreport.begin", report, by=by)
    return report


@transaction.atomic
def save_report(report, *, version, by, feedback=(), **facts):
    """Keep a draft, complete or not. Raises Conflict when it changed since `version`, unless to the same."""
    locked = BehaviourReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.state != BehaviourReport.State.DRAFT:
        raise WrongState(f"Laporan ini sudah dalam keadaan “{locked.get_state_display()}”.")
    if not may_lead(by, locked):
        raise NotAllowed("Laporan ini diisi oleh pejabat penilai pegawai.")
    if (day := facts.get("communicated_on")) and day > timezone.localdate():
        raise Refused("Tanggal pembicaraan tidak boleh setelah hari ini.", "communicated_on")
    facts = {name: (value or "").strip() if name in WORDS else value for name, value in facts.items()}
    chosen = {one.pk for one in feedback}
    if chosen - set(feedback_for(locked).values_list("pk", flat=True)):
        raise Refused("Umpan balik itu bukan tentang pegawai ini.", "feedback")
    is_same = all(getattr(locked, name) == value for name, value in facts.items())
    if is_same and set(locked.feedback.values_list("pk", flat=True)) == chosen:
        return locked
    if locked.version != version:
        raise Conflict(locked)
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*facts, "version"])
    locked.feedback.set(chosen)
    record_event("behaviourreport.save", locked, by=by, details={"version": locked.version})
    return locked


def feedback_for(report):
    """The feedback on behaviour this employee was given: what a report can be attached to (page 86 d)."""
    return Feedback.objects.filter(skp__employee=report.employee_id, value__isnull=False).select_related(
        "value"
    )


def gaps_in(report):
    """{field: sentence} of what is missing before the report can be sent."""
    gaps = {name: words for name, words in NEEDED.items() if getattr(report, name) in (None, "")}
    if report.value_id and not has_feedback(report):
        gaps["feedback"] = (
            f"Lampirkan umpan balik tentang {report.value.name}: pilih yang tercatat, atau tulis yang di luar aplikasi."
        )
    return gaps


def has_feedback(report):
    return bool(report.other_feedback) or report.feedback.filter(value=report.value_id).exists()


@transaction.atomic
def send_report(report, *, version, by):
    """To the personnel office, once it is complete; Conflict when it is not what was read."""
    locked = BehaviourReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.state == BehaviourReport.State.DRAFT and locked.version != version:
        raise Conflict(locked)
    if gaps := gaps_in(locked):
        raise Refused(" ".join(gaps.values()))
    sent = take(SEND, report, by=by, changes={"sent_at": timezone.now()})
    for user in office_users(sent.unit, Role.PERSONNEL_OFFICE):
        tell(
            user,
            subject="Laporan permasalahan perilaku kerja menunggu Anda",
            body="Tetapkan konseling, atau selesaikan tanpa konseling.",
            path=page_of(sent),
        )
    tell(
        sent.employee.user,
        subject="Ada catatan baru tentang Anda",
        body="Buka halaman Bimbingan dan konseling untuk membacanya.",
        path=page_of(sent),
    )
    return sent


@transaction.atomic
def discard_report(report, *, by):
    return take(DISCARD, report, by=by)


@transaction.atomic
def withdraw_report(report, *, by):
    return take(WITHDRAW, report, by=by)


@transaction.atomic
def dismiss_report(report, *, answer, by):
    """No counselling: the office says why, to the appraiser and the employee, on the page only."""
    if not answer.strip():
        raise Refused("Tulis alasannya.", "answer")
    dismissed = take(DISMISS, report, by=by, changes={"answer": answer.strip(), "decided_at": timezone.now()})
    for person in (dismissed.appraiser, dismissed.employee):
        tell(
            person.user,
            subject="BKPSDM menjawab sebuah laporan",
            body="Buka halamannya untuk membaca jawabannya.",
            path=page_of(dismissed),
        )
    return dismissed


def page_of(report):
    return reverse("appraisal:behaviour-report", args=[report.pk])
