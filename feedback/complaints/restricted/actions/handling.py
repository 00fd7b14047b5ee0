"""What the lane does: takes a case up, recognises the officer, writes, asks for the reply, decides, closes."""

import secrets

from django.db import transaction
from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, take
from feedback.complaints.actions import take_over

from ..clocks import term
from ..models import RestrictedCase, RestrictedLetter, RestrictedMessage
from ..queries import officer_of
from ..rules import is_handler, may_read_sealed
from ..sealing import mark_of
from ..states import ASK_REPLY, BEGIN, CLOSE, DECIDE, HAND_OVER, MAKE_ORDINARY
from ..telling import tell_lane, tell_officer, tell_person
from ..wording import copies, names_somebody

State = RestrictedCase.State
Outcome = RestrictedCase.Outcome
SUPERIOR_IS_TOLD = (State.REPLIED, State.DECIDED, State.CLOSED, State.HANDED)


def locked(case, by):
    """The case as it is stored, for a person of the lane; for all others there is none."""
    found = RestrictedCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not is_handler(by, found):
        raise NotAllowed("Laporan ini tidak ditangani Anda.")
    return found


def check_words(case, text, about):
    """Words that leave the lane show neither who complained nor how he said it."""
    if found := names_somebody(text, case.contact):
        raise Refused(f"Hapus kata yang menunjuk pelapor: {', '.join(found[:5])}.", about)
    written = [case.text, *case.messages.filter(side="citizen").values_list("text", flat=True)]
    if any(copies(text, each) for each in written):
        raise Refused("Tulis ulang dengan kata Anda sendiri. Sebagian kalimat masih kata pelapor.", about)


@transaction.atomic
def begin(case, *, by):
    return take(BEGIN, case, by=by)


@transaction.atomic
def identify(case, *, officer, by):
    """Say which employee is meant. Only with the seal of his name open; the lane of the case follows from it."""
    case = locked(case, by)
    if case.is_over or case.reply_asked_at is not None:
        raise Refused("Pegawai tidak dapat diganti lagi.", "officer")
    if not may_read_sealed(by, case, "named"):
        raise Refused("Buka dulu segel nama pegawai, bersama orang kedua.", "officer")
    case.officer, case.officer_mark = str(officer.pk), mark_of(officer.pk)
    case.save(update_fields=["officer", "officer_mark"])
    record_event("restrictedcase.identify", case, by=by)
    return case


@transaction.atomic
def write(case, *, text, by, is_note=False):
    """A message to the citizen, or a note that stays in the lane."""
    case = locked(case, by)
    if case.is_over:
        raise Refused("Laporan ini sudah selesai.")
    side = RestrictedMessage.Side.NOTE if is_note else RestrictedMessage.Side.HANDLER
    message = RestrictedMessage.objects.create(case=case, side=side, text=text, at=timezone.now(), by=by)
    record_event("restrictedcase.note" if is_note else "restrictedcase.message", case, by=by)
    return message


def say_to_citizen(case, text, by=None):
    return RestrictedMessage.objects.create(case=case, side="handler", text=text, at=timezone.now(), by=by)


@transaction.atomic
def ask_reply(case, *, substance, by):
    """Put the substance before the officer. From here on he knows, and not a moment earlier."""
    case = locked(case, by)
    officer = officer_of(case)
    if officer is None:
        raise Refused("Tentukan dulu pegawai yang dimaksud.", "substance")
    check_words(case, substance, "substance")
    now = timezone.now()
    case = take(ASK_REPLY, case, by=by, changes={"reply_asked_at": now})
    letter = RestrictedLetter.objects.create(
        case=case,
        kind=RestrictedLetter.Kind.REPLY,
        recipient=str(officer.pk),
        recipient_mark=mark_of(officer.pk),
        substance=substance,
        sent_at=now,
        sent_by=by,
        due_on=term("reply", timezone.localdate(now)),
    )
    tell_officer(
        case,
        "Anda diminta memberi jawaban",
        "Ada laporan tentang pelayanan. Anda berhak menjawab sebelum ada putusan.",
    )
    say_to_citizen(
        case, "Pegawai yang bersangkutan diminta menjawab. Nama dan kata Anda tidak diberikan.", by
    )
    return letter


@transaction.atomic
def inform_superior(case, *, substance, by):
    """On demand, after the officer could speak: his appraiser of today, who is never of the lane nor named himself."""
    case = locked(case, by)
    officer = officer_of(case)
    if officer is None or case.state not in SUPERIOR_IS_TOLD or case.reply_asked_at is None:
        raise Refused("Atasan baru dapat diberi tahu sesudah pegawai diminta menjawab.", "substance")
    superior = appraiser_on(officer, timezone.localdate())
    if superior is None or superior.pk == officer.pk:
        raise Refused("Atasan langsung pegawai ini tidak ditemukan.", "substance")
    check_words(case, substance, "substance")
    letter = RestrictedLetter.objects.create(
        case=case,
        kind=RestrictedLetter.Kind.SUPERIOR,
        recipient=str(superior.pk),
        recipient_mark=mark_of(superior.pk),
        substance=substance,
        sent_at=timezone.now(),
        sent_by=by,
    )
    tell_person(superior, "Ada pemberitahuan rahasia untuk Anda", "Baca dan jaga kerahasiaannya.")
    record_event("restrictedcase.inform_superior", case, by=by)
    return letter


@transaction.atomic
def decide(case, *, outcome, finding, by):
    """The outcome with its reasons, told to the citizen in his thread and to the officer when he was asked."""
    case = locked(case, by)
    if outcome == Outcome.SUBSTANTIATED and case.state != State.REPLIED:
        raise Refused("Laporan hanya dapat dinyatakan terbukti sesudah pegawai diberi hak jawab.", "outcome")
    check_words(case, finding, "finding")
    changes = {"outcome": outcome, "finding": finding, "decided_at": timezone.now()}
    case = take(DECIDE, case, by=by, changes=changes)
    say_to_citizen(case, f"Putusan: {case.get_outcome_display()}. {finding}", by)
    tell_officer(case, "Putusan atas laporan tentang Anda", "Baca putusan dan alasannya.")
    tell_lane(case, "Laporan perilaku diputus", but=by)
    return case


@transaction.atomic
def hand_over(case, *, to, words, by):
    """To whom discipline or a crime belongs; what follows happens outside of here and outside of any appraisal."""
    case = locked(case, by)
    check_words(case, words, "words")
    case = take(HAND_OVER, case, by=by, changes={"handed_to": to, "closed_at": timezone.now()})
    say_to_citizen(case, f"Laporan diserahkan kepada {to}. {words}", by)
    return case


@transaction.atomic
def make_ordinary(case, *, text, by):
    """It is about a service after all: an ordinary complaint in new words, under the citizen's own code.

    Nothing in either row leads to the other, so whoever handles the ordinary one learns of no officer.
    """
    case = locked(case, by)
    officer = officer_of(case)
    if found := names_somebody(text, case.named, officer.name if officer else ""):
        raise Refused(f"Hapus kata yang menunjuk pegawai: {', '.join(found[:5])}.", "text")
    check_words(case, text, "text")
    digest = case.code_digest
    changes = {"code_digest": secrets.token_hex(32), "closed_at": timezone.now()}
    case = take(MAKE_ORDINARY, case, by=by, changes=changes)
    take_over(unit=case.unit, service=case.service, text=text, code_digest=digest)
    return case


@transaction.atomic
def close(case, *, by):
    return take(CLOSE, case, by=by, changes={"closed_at": timezone.now()})
