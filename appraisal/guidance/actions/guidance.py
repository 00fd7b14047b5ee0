"""Asking for guidance, opening it, agreeing on day and place."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agencies.people.models import Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import tell
from appraisal.planning.models import Skp

from ..models import Guidance
from ..rules import may_arrange, person_of
from ..states.guidance import CANCEL, DECLINE, PLAN, WITHDRAW
from .refusals import Conflict, place_of

ITSELF = "Pegawai tidak dapat membimbing dirinya sendiri."
NO_ACCOUNT = "Orang ini belum mempunyai akun, jadi belum dapat membimbing di sini."


@transaction.atomic
def ask_guidance(employee, *, kind, topic, by):
    """The employee asks his appraiser for guidance."""
    person = person_of(by)
    if person is None or person.pk != employee.pk:
        raise NotAllowed("Bimbingan diminta oleh pegawai yang bersangkutan.")
    guidance = begin(employee, kind, topic, state=Guidance.State.ASKED)
    record_event("guidance.ask", guidance, by=by, details={"kind": kind})
    tell(
        guidance.appraiser.user,
        subject=f"{employee} meminta bimbingan kinerja",
        body=f"{guidance.get_kind_display()}. Jadwalkan, atau tolak dengan alasan.",
        path=page_of(guidance),
    )
    return guidance


@transaction.atomic
def open_guidance(employee, *, kind, topic, guide, meets_at, place, by):
    """The appraiser opens guidance for an employee; `guide` None means himself."""
    appraiser, _ = place_of(employee)
    if person_of(by) != appraiser:
        raise NotAllowed("Bimbingan dibuka oleh pejabat penilai pegawai ini.")
    appointment = appointment_of(employee, guide or appraiser, meets_at, place)
    guidance = begin(employee, kind, topic, state=Guidance.State.PLANNED, **appointment)
    record_event("guidance.open", guidance, by=by, details={"kind": kind, "guide": guidance.guide_id})
    tell_of_appointment(guidance, by)
    return guidance


def begin(employee, kind, topic, **facts):
    appraiser, unit = place_of(employee)
    today = timezone.localdate()
    plan = Skp.objects.on(today).filter(employee=employee, state=Skp.State.AGREED, adjusts=None).first()
    return Guidance.objects.create(
        employee=employee,
        appraiser=appraiser,
        unit=unit,
        skp=plan,
        year=today.year,
        kind=kind,
        topic=" ".join(topic.split()),
        **facts,
    )


def appointment_of(employee, guide, meets_at, place):
    guide = Employee.objects.select_related("user").get(pk=guide.pk)
    if guide.pk == employee.pk:
        raise Refused(ITSELF, "guide")
    if guide.user is None:
        raise Refused(NO_ACCOUNT, "guide")
    return {"guide": guide, "meets_at": meets_at, "place": " ".join(place.split())}


@transaction.atomic
def plan_guidance(guidance, *, guide, meets_at, place, by):
    """The appraiser takes up a request: who guides (None: himself), when and where."""
    appointment = appointment_of(
        guidance.employee, guide or person_of(by) or guidance.appraiser, meets_at, place
    )
    planned = take(PLAN, guidance, by=by, changes=appointment)
    tell_of_appointment(planned, by)
    return planned


@transaction.atomic
def reschedule(guidance, *, meets_at, place, version, by):
    """Another day or place. Raises Conflict when somebody changed it since `version`, unless to the very same."""
    locked = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if locked.state != Guidance.State.PLANNED:
        raise WrongState(f"Jadwal tidak dapat diubah dalam keadaan “{locked.get_state_display()}”.")
    if not may_arrange(by, locked):
        raise NotAllowed("Jadwal diubah oleh pejabat penilai atau pembimbing.")
    place = " ".join(place.split())
    if (locked.meets_at, locked.place) == (meets_at, place):
        return locked
    if locked.version != version:
        raise Conflict(locked)
    locked.meets_at, locked.place, locked.version = meets_at, place, locked.version + 1
    locked.save(update_fields=["meets_at", "place", "version"])
    record_event("guidance.reschedule", locked, by=by)
    tell_of_appointment(locked, by)
    return locked


def tell_of_appointment(guidance, by):
    """The employee and the guide learn of day and place, not who has just written them."""
    when = f"{date_format(timezone.localtime(guidance.meets_at), 'l, j F Y, H.i')} WIT"
    for person in (guidance.employee, guidance.guide):
        if person.user is not None and person.user != by:
            words = (
                "Isi persiapan Anda sebelum sesi." if person == guidance.employee else "Anda yang membimbing."
            )
            tell(
                person.user,
                subject=f"Bimbingan kinerja: {when}",
                body=f"{guidance.get_kind_display()} di {guidance.place}. {words}",
                path=page_of(guidance),
            )


@transaction.atomic
def decline_guidance(guidance, *, reason, by):
    declined = take(DECLINE, guidance, by=by, reason=reason)
    tell(
        declined.employee.user,
        subject="Permintaan bimbingan Anda ditolak",
        body=f"Alasan pejabat penilai: {reason.strip()}",
        path=page_of(declined),
    )
    return declined


@transaction.atomic
def withdraw_request(guidance, *, by):
    return take(WITHDRAW, guidance, by=by)


@transaction.atomic
def cancel_guidance(guidance, *, reason, by):
    cancelled = take(CANCEL, guidance, by=by, reason=reason)
    for person in (cancelled.employee, cancelled.guide):
        if person.user is not None and person.user != by:
            tell(
                person.user,
                subject="Bimbingan kinerja dibatalkan",
                body=f"{cancelled}. Alasan: {reason.strip()}",
                path=page_of(cancelled),
            )
    return cancelled


def page_of(guidance):
    return reverse("appraisal:guidance-detail", args=[guidance.pk])
