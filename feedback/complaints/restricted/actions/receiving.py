"""What comes from the citizen: past the wall, since a citizen is nobody; the trail knows him as a word."""

from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.people.models import Employee
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.row_security import as_service

from ...codes import digest_of
from ..clocks import term
from ..coding import code_for
from ..models import RestrictedAttachment, RestrictedCase, RestrictedMessage
from ..rules import CITIZEN
from ..sealing import mark_of, name_marks, seal_bytes
from ..telling import tell_lane

LONGEST_TEXT = 10_000
LONGEST_NAME = 300
LONGEST_CONTACT = 200


@as_service()
def receive(*, service, unit, text, named, contact="", consent=False, attachments=(), sending_key):
    """Keep one complaint about an officer and return it with `.code`, which is shown this once.

    `named` are the citizen's words for the officer, or the Employee himself when a counter told who it was. The same
    `sending_key` gives the same case and code, however often it is sent. `attachments` are examined files with name,
    content_type and content. A contact without `consent` is not kept.
    """
    officer = named if isinstance(named, Employee) else None
    words = officer.name if officer else clean(named)[:LONGEST_NAME]
    if not clean(text):
        raise Refused("Tulis apa yang terjadi.", "text")
    if not words:
        raise Refused("Tulis nama, jabatan, atau ciri petugas yang Anda laporkan.", "named")
    code = code_for(sending_key)
    sending_key = sha256(sending_key.encode("utf-8", "replace")).hexdigest()
    if known := RestrictedCase.objects.filter(sending_key=sending_key).first():
        return with_code(known, code)
    now, kept = timezone.now(), clean(contact)[:LONGEST_CONTACT] if consent else ""
    today = timezone.localdate(now)
    try:
        with transaction.atomic():
            case = RestrictedCase.objects.create(
                service=service,
                unit=unit,
                received_at=now,
                sending_key=sending_key,
                code_digest=digest_of(code),
                named=words,
                text=clean(text)[:LONGEST_TEXT],
                contact=kept,
                consent_at=now if kept else None,
                name_marks=name_marks(words),
                officer=str(officer.pk) if officer else "",
                officer_mark=mark_of(officer.pk) if officer else "",
                assess_by=term("assess", today),
                decide_by=term("decide", today),
            )
            for file in attachments:
                RestrictedAttachment.objects.create(
                    case=case,
                    name=file.name[:160],
                    content_type=file.content_type,
                    size=len(file.content),
                    content=seal_bytes(file.content),
                )
            tell_lane(case, "Laporan perilaku baru", "Telaah laporan ini dalam tiga hari kerja.")
            record_event("restrictedcase.receive", case, by=CITIZEN)
    except IntegrityError:
        # Sent twice at the same moment: the other one is in.
        case = RestrictedCase.objects.get(sending_key=sending_key)
    return with_code(case, code)


def with_code(case, code):
    case.code = code
    return case


def clean(text):
    """What can be stored and shown: no NUL, no halves of characters, no outer spaces."""
    return str(text).replace("\x00", "").encode("utf-8", "replace").decode().strip()


@as_service()
def write_as_citizen(case, *, text, sending_key):
    """One message of the citizen in his thread, kept once."""
    words = clean(text)[:LONGEST_TEXT]
    if not words:
        raise Refused("Tulis pesan Anda.", "text")
    with transaction.atomic():
        case = RestrictedCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if case.is_over:
            raise Refused("Laporan ini sudah selesai. Buat laporan baru bila ada yang perlu disampaikan.", "")
        if known := RestrictedMessage.objects.filter(sending_key=sending_key).first():
            return known
        message = RestrictedMessage.objects.create(
            case=case, side="citizen", text=words, at=timezone.now(), sending_key=sending_key
        )
        tell_lane(case, "Pelapor menulis pesan", "Ada pesan baru dalam laporan perilaku.")
        record_event("restrictedcase.citizen_message", case, by=CITIZEN)
    return message


@as_service()
def withdraw_contact(case):
    """The citizen takes his contact back, as easily as he gave it."""
    with transaction.atomic():
        if RestrictedCase.objects.filter(pk=case.pk).exclude(contact="").update(contact="", consent_at=None):
            record_event("restrictedcase.withdraw_contact", case, by=CITIZEN)
