"""The named officer's answer: his own letter alone, past the wall; the trail knows him as a word."""

from django.db import transaction
from django.utils import timezone

from agencies.access.scope import own_person
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed, take
from ambon_kinerja.row_security import as_service

from ..models import RestrictedLetter
from ..rules import OFFICER
from ..sealing import marks_of
from ..states import ANSWER
from ..telling import tell_lane


@as_service()
def reply(letter, *, text, by):
    """Answer once, within the term; the clock closes the term, not the minute of midnight."""
    with transaction.atomic():
        letter = RestrictedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        mine = marks_of([own_person(by).pk])
        if letter.kind != RestrictedLetter.Kind.REPLY or letter.recipient_mark not in mine:
            raise NotAllowed("Surat ini bukan untuk Anda.")
        if not text.strip():
            raise Refused("Tulis jawaban Anda.", "answer")
        case = take(ANSWER, letter.case, by=OFFICER)
        letter.answer, letter.answered_at = text.strip(), timezone.now()
        letter.save(update_fields=["answer", "answered_at"])
        tell_lane(case, "Pegawai sudah menjawab", "Baca jawabannya sebelum memutus.")
    return letter
