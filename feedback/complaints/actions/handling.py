"""What officers do. Each says on which version of the letter he decides; one that has moved on is a Conflict."""

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, take

from .. import states
from ..clocks import STOPPED, answer_clock, begun, days_of, first_answer, paused
from ..models import Complaint, ComplaintMessage, ComplaintTerm
from ..people import head_user, overseers, tell_all
from ..queries import possible_mains
from ..rules import may_handle, may_open_contact
from .receiving import add_message, attach, forget
from .refusals import Conflict
from .telling import page_of, tell_citizen, tell_managers

Kind, State, Escalation = ComplaintMessage.Kind, Complaint.State, Complaint.Escalation


def locked(complaint, version):
    """The letter as it is stored. Raises Conflict when it is no longer the version the officer looked at."""
    found = Complaint.objects.select_for_update(of=("self",)).select_related("unit").get(pk=complaint.pk)
    if version is not None and found.version != version:
        raise Conflict
    return found


def move(step, complaint, *, by, reason="", changes=None):
    changes = (changes or {}) | {"version": complaint.version + 1}
    return take(step, complaint, by=by, reason=reason, changes=changes)


@transaction.atomic
def verify(complaint, *, by, version, is_supervisory=False):
    """It is complete and ours; from here on the answer's clock runs, counted from the day of receipt."""
    complaint = locked(complaint, version)
    complaint.is_supervisory = is_supervisory and complaint.kind == Complaint.Kind.COMPLAINT
    clock = answer_clock(complaint, on=complaint.received_on)
    moved = move(
        states.VERIFY, complaint, by=by, changes={"is_supervisory": complaint.is_supervisory, **clock}
    )
    tell_citizen(moved)
    return moved


@transaction.atomic
def begin(complaint, *, by, version):
    return move(states.BEGIN, locked(complaint, version), by=by)


@transaction.atomic
def refuse(complaint, *, reason, by, version):
    """It cannot be handled; the citizen reads why and may object."""
    complaint = locked(complaint, version)
    today = timezone.localdate()
    changes = STOPPED | first_answer(complaint, on=today) | {"closed_on": today}
    moved = move(states.REFUSE, complaint, by=by, reason=reason, changes=changes)
    add_message(moved, Kind.DECISION, f"Laporan tidak dapat ditindaklanjuti. {reason}", by=by)
    tell_citizen(moved)
    return moved


@transaction.atomic
def forward(complaint, *, unit, reason, by, version):
    """To the unit that can do something about it. The answer's clock runs on: the citizen waits only once."""
    complaint = locked(complaint, version)
    if unit.pk == complaint.unit_id:
        raise Refused("Laporan ini sudah ada di unit itu. Pilih unit lain.", "unit")
    clock = {"escalation": Escalation.NONE, "escalated_on": None}  # its new head has heard nothing yet
    if complaint.clock != Complaint.Clock.ANSWER:
        clock = answer_clock(complaint, on=complaint.received_on)
    moved = move(states.FORWARD, complaint, by=by, reason=reason, changes={"unit": unit, **clock})
    add_message(moved, Kind.NOTE, reason, by=by)
    add_message(moved, Kind.DECISION, f"Laporan diteruskan kepada {unit.name}.", by=by)
    tell_managers(moved, "Laporan diteruskan kepada unit Anda", but=by)
    tell_citizen(moved)
    return moved


@transaction.atomic
def ask(complaint, *, text, by, version):
    """Ask the citizen. While he is asked the answer's clock stands still."""
    complaint = locked(complaint, version)
    moved = move(states.ASK, complaint, by=by, changes=paused(complaint, on=timezone.localdate()))
    add_message(moved, Kind.QUESTION, text, by=by)
    tell_citizen(moved)
    return moved


def answer(complaint, *, text, by, version, attachments=()):
    """Say what was done. Without a reply it is closed after the citizen's term."""
    kept = []
    try:
        with transaction.atomic():
            complaint = locked(complaint, version)
            today = timezone.localdate()
            days = days_of(ComplaintTerm.Kind.CLOSE, today)
            changes = begun(Complaint.Clock.CLOSE, days=days, on=today) | first_answer(complaint, on=today)
            moved = move(states.ANSWER, complaint, by=by, changes=changes)
            message, _ = add_message(moved, Kind.ANSWER, text, by=by)
            attach(moved, attachments, kept, message=message)
            tell_citizen(moved)
            for duplicate in moved.duplicates.all():
                tell_citizen(duplicate)
    except BaseException:
        forget(kept)
        raise
    return moved


@transaction.atomic
def close(complaint, *, reason, by, version):
    """What was answered is finished; the citizen reads why and may open it again."""
    complaint = locked(complaint, version)
    changes = STOPPED | {"closed_on": timezone.localdate()}
    moved = move(states.CLOSE, complaint, by=by, reason=reason, changes=changes)
    add_message(moved, Kind.DECISION, f"Laporan ditutup. {reason}", by=by)
    tell_citizen(moved)
    return moved


@transaction.atomic
def merge(complaint, *, main, by, version):
    """The same matter stands in `main`: its answers are read by the writer of this one too."""
    complaint = locked(complaint, version)
    main = possible_mains(complaint, by).select_for_update(of=("self",)).filter(pk=main.pk).first()
    if main is None:
        raise Refused("Pilih laporan lain yang masih berjalan di unit Anda.", "main")
    changes = STOPPED | {"merged_into": main, "closed_on": timezone.localdate()}
    moved = move(states.MERGE, complaint, by=by, changes=changes)
    # Whatever was merged into this one before follows it: no chain of duplicates.
    Complaint.objects.filter(merged_into=moved).update(merged_into=main)
    words = "Laporan Anda digabung dengan laporan lain tentang hal yang sama. Jawabannya tampil juga di sini."
    add_message(moved, Kind.DECISION, words, by=by)
    tell_citizen(moved)
    return moved


@transaction.atomic
def transfer(complaint, *, number, reason, by, version):
    """It belongs to another government; it goes on at SP4N-LAPOR! under the number given there."""
    complaint = locked(complaint, version)
    today = timezone.localdate()
    changes = STOPPED | first_answer(complaint, on=today) | {"closed_on": today, "sp4n_number": number}
    moved = move(states.TRANSFER, complaint, by=by, reason=reason, changes=changes)
    words = f"Laporan dialihkan ke SP4N-LAPOR! dengan nomor {number}. {reason}"
    add_message(moved, Kind.DECISION, words, by=by)
    tell_citizen(moved)
    return moved


@transaction.atomic
def escalate(complaint, *, reason, by, version):
    """Ask for help one level up: the head of the unit first, then the survey office and the inspectors."""
    complaint = locked(complaint, version)
    if not may_handle(by, complaint):
        raise NotAllowed("Anda tidak menangani laporan ini.")
    if complaint.is_finished:
        raise Refused("Laporan ini sudah selesai.")
    if complaint.escalation == Escalation.CITY:
        raise Refused("Laporan ini sudah dinaikkan sampai tingkat kota.")
    raised = raise_level(complaint)
    add_message(raised, Kind.NOTE, f"Dinaikkan: {reason}", by=by)
    record_event("complaint.escalate", raised, by=by, reason=reason)
    return raised


def raise_level(complaint):
    """One level up, with a notice to whom it reaches now."""
    complaint.escalation += 1
    complaint.escalated_on = timezone.localdate()
    complaint.version += 1
    complaint.save(update_fields=["escalation", "escalated_on", "version"])
    to_head = complaint.escalation == Escalation.HEAD
    users = [head_user(complaint.unit)] if to_head else overseers(complaint.unit)
    body = "Laporan warga ini belum ditangani sebagaimana mestinya. Bantu unit menyelesaikannya."
    tell_all(users, subject=f"Laporan dinaikkan: {complaint.number}", body=body, path=page_of(complaint))
    return complaint


@transaction.atomic
def open_contact(complaint, *, by):
    """[(label, value)] of who may be reached; every opening stands in the trail. Never of an anonymous letter."""
    if not may_open_contact(by, complaint):
        raise NotAllowed("Kontak pelapor ini tidak dapat dibuka.")
    record_event("complaint.contact", complaint, by=by)
    lines = (("Nama", complaint.name), ("Surel", complaint.email), ("Telepon", complaint.phone))
    return [(label, value) for label, value in lines if value]
