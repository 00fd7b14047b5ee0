"""Counselling: a counsellor is named, the two meet, only the conclusion leaves the room.

What is written here goes into rows that PostgreSQL shows to the two alone; the audit trail knows that it was written,
never what, and notices and e-mails say nothing but that there is a meeting.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access.roles import Role
from agencies.careers.queries import office_users
from agencies.people.models import Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState, take
from ambon_kinerja.notices.actions import tell

from ..models import BehaviourReport, Counselling, CounsellingNote
from ..queries import record_of
from ..rules import (
    appraiser_today,
    is_counsellor,
    is_office,
    may_manage_counselling,
    may_read_notes,
    person_of,
    superior_today,
)
from ..states.counselling import CANCEL, CONCLUDE, FOLLOW_UP
from ..states.reports import DECIDE
from .refusals import Conflict

Kind = Counselling.CounsellorKind
RECORD, JOURNAL = CounsellingNote.Kind.RECORD, CounsellingNote.Kind.JOURNAL


@transaction.atomic
def name_counsellor(report, *, counsellor, kind, basis, meets_at, place, by):
    """The personnel office decides on counselling and names who, when and where; again after one was called off."""
    locked = BehaviourReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not is_office(by, locked):
        raise NotAllowed("Konseling ditetapkan oleh BKPSDM.")
    counsellor = Employee.objects.select_related("user").get(pk=counsellor.pk)
    refuse_counsellor(locked, counsellor, kind)
    if locked.state == BehaviourReport.State.DECIDED:
        if locked.counsellings.exclude(state=Counselling.State.CANCELLED).exists():
            raise WrongState("Konseling untuk laporan ini sudah ditetapkan.")
    else:
        locked = take(DECIDE, locked, by=by, changes={"decided_at": timezone.now()})
    counselling = Counselling.objects.create(
        report=locked,
        employee=locked.employee,
        counsellor=counsellor,
        counsellor_kind=kind,
        basis=" ".join(basis.split()),
        meets_at=meets_at,
        place=" ".join(place.split()),
    )
    record_event("counselling.name", counselling, by=by, details={"kind": kind})
    tell_of_meeting(counselling)
    return counselling


def refuse_counsellor(report, counsellor, kind):
    appraiser = appraiser_today(report)
    if counsellor.pk == report.employee_id:
        raise Refused("Pegawai tidak dapat menjadi konselornya sendiri.", "counsellor")
    if counsellor.user is None:
        raise Refused("Orang ini belum mempunyai akun.", "counsellor")
    if kind == Kind.APPRAISER and counsellor != appraiser:
        raise Refused("Pilih pejabat penilai pegawai ini, atau jenis konselor yang lain.", "counsellor")
    if kind == Kind.INDEPENDENT and counsellor in (appraiser, superior_today(report)):
        raise Refused("Konselor independen bukan atasan pegawai ini.", "counsellor")


def tell_of_meeting(counselling):
    """Neutral words: an e-mail may be read by others."""
    for person in (counselling.employee, counselling.counsellor):
        tell(
            person.user,
            subject="Anda mempunyai jadwal pertemuan",
            body="Waktu dan tempatnya ada di halaman Bimbingan dan konseling.",
            path=page_of(counselling),
        )


@transaction.atomic
def reschedule_counselling(counselling, *, meets_at, place, version, by):
    locked = locked_counselling(counselling)
    if not may_manage_counselling(by, locked):
        raise NotAllowed("Jadwal konseling diubah oleh BKPSDM.")
    place = " ".join(place.split())
    if (locked.meets_at, locked.place) == (meets_at, place):
        return locked
    if locked.version != version:
        raise Conflict(locked)
    locked.meets_at, locked.place, locked.version = meets_at, place, locked.version + 1
    locked.save(update_fields=["meets_at", "place", "version"])
    record_event("counselling.reschedule", locked, by=by)
    tell_of_meeting(locked)
    return locked


def locked_counselling(counselling):
    locked = Counselling.objects.select_for_update(of=("self",)).get(pk=counselling.pk)
    if locked.state != Counselling.State.SCHEDULED:
        raise WrongState(f"Konseling ini sudah dalam keadaan “{locked.get_state_display()}”.")
    return locked


@transaction.atomic
def add_note(counselling, *, noted_on, text, by):
    """An entry of the journal by one of the two; it is not changed afterwards."""
    locked = locked_counselling(counselling)
    if not may_read_notes(by, locked):
        raise NotAllowed("Jurnal konseling hanya untuk pegawai dan konselornya.")
    if noted_on > timezone.localdate():
        raise Refused("Tanggal tidak boleh setelah hari ini.", "noted_on")
    note = CounsellingNote.objects.create(
        kind=JOURNAL, noted_on=noted_on, text=text.strip(), written_by=person_of(by), **the_two(locked)
    )
    record_event("counselling.add_note", locked, by=by)
    return note


def the_two(counselling):
    return {
        "counselling": counselling,
        "employee_id": counselling.employee_id,
        "counsellor_id": counselling.counsellor_id,
    }


@transaction.atomic
def save_record(counselling, *, text, version, by, is_signed=False):
    """The counsellor's record of the result, a draft until he signs it. Version 0 means there was none."""
    locked = locked_counselling(counselling)
    if not is_counsellor(by, locked):
        raise NotAllowed("Rekaman hasil konseling ditulis oleh konselor.")
    text, known = text.strip(), record_of(locked)
    if known is not None and known.signed_at is not None:
        raise WrongState("Rekaman ini sudah ditandatangani.")
    if is_signed and not text:
        raise Refused("Tulis rekaman hasil konseling.", "text")
    if known is not None and known.version != version and known.text != text:
        raise Conflict(known)
    signed_at = timezone.now() if is_signed else None
    if known is None:
        facts = {"kind": RECORD, "noted_on": timezone.localdate(), "written_by": person_of(by)}
        known = CounsellingNote.objects.create(text=text, signed_at=signed_at, **facts, **the_two(locked))
    elif is_signed or known.text != text:
        known.text, known.signed_at, known.version = text, signed_at, known.version + 1
        known.save(update_fields=["text", "signed_at", "version"])
    record_event("counselling.save_record", locked, by=by, details={"signed": is_signed})
    return known


@transaction.atomic
def conclude(counselling, *, conclusion, by):
    """What leaves the room, after the record is signed: told to those whom page 88 names."""
    if not conclusion.strip():
        raise Refused("Tulis kesimpulannya.", "conclusion")
    changes = {"conclusion": conclusion.strip(), "concluded_at": timezone.now()}
    concluded = take(CONCLUDE, counselling, by=by, changes=changes)
    record = record_of(concluded)
    if record is None or record.signed_at is None:
        raise Refused("Tandatangani dahulu rekaman hasil konseling.")
    for user in readers_of_conclusion(concluded):
        tell(
            user,
            subject="Kesimpulan konseling menunggu tindak lanjut",
            body="Buka halamannya untuk membaca kesimpulan dan menetapkan tindak lanjut.",
            path=page_of(concluded),
        )
    return concluded


def readers_of_conclusion(counselling):
    """The accounts that page 88 names for this kind of counsellor."""
    if counselling.counsellor_kind == Kind.INDEPENDENT:
        return office_users(counselling.report.unit, Role.PERSONNEL_OFFICE)
    people = [superior_today(counselling)]
    if counselling.counsellor_kind == Kind.OFFICIAL:
        people.append(appraiser_today(counselling))
    return [person.user for person in people if person is not None and person.user is not None]


@transaction.atomic
def cancel_counselling(counselling, *, by):
    cancelled = take(CANCEL, counselling, by=by)
    for person in (cancelled.employee, cancelled.counsellor):
        tell(person.user, subject="Jadwal pertemuan dibatalkan", path=page_of(cancelled))
    return cancelled


@transaction.atomic
def follow_counselling(counselling, *, words, by):
    """What follows from the conclusion (page 88 e)."""
    if not words.strip():
        raise Refused("Tulis tindak lanjutnya.", "words")
    closed = take(FOLLOW_UP, counselling, by=by, changes={"follow_up": words.strip()})
    for person in (closed.employee, closed.counsellor):
        tell(
            person.user,
            subject="Ada tindak lanjut untuk Anda baca",
            body="Buka halaman Bimbingan dan konseling.",
            path=page_of(closed),
        )
    return closed


def page_of(counselling):
    return reverse("appraisal:counselling-detail", args=[counselling.pk])
