"""Taking in what a citizen sends. Nothing here knows, or asks, where it came from."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.lifecycle.refusals import Refused

from .. import attachments as files
from ..clocks import verify_clock
from ..codes import code_for, key_digest
from ..codes import digest_of as code_digest_of
from ..models import Complaint, ComplaintAttachment, ComplaintMessage
from ..words import CONSENT_VERSION
from .telling import tell_managers

Identity = Complaint.Identity


@dataclass(frozen=True)
class Received:
    complaint: Complaint
    code: str


def receive_complaint(
    *,
    kind,
    unit,
    text,
    identity,
    sending_key,
    service=None,
    place="",
    happened_on=None,
    name="",
    email="",
    phone="",
    consent=False,
    attachments=(),
    today=None,
):
    """Keep one letter and return it with its code. The same `sending_key` gives the same letter and code again.

    Contact without `consent` is not kept, and a name never of an anonymous letter. `attachments` are WaitingFiles.
    """
    digest, code = key_digest(sending_key), code_for(sending_key)
    if known := Complaint.objects.filter(key_digest=digest).first():
        return Received(known, code)
    today = today or timezone.localdate()
    contact = {"name": name, "email": email, "phone": phone} if consent else {}
    if identity == Identity.ANONYMOUS:
        contact = {"email": contact.get("email", "")}
    if any(contact.values()):
        contact |= {"consent_version": CONSENT_VERSION, "consented_on": today}
    kept = []
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(
                kind=kind,
                unit=unit,
                service=service,
                text=text.strip(),
                place=place.strip(),
                happened_on=happened_on,
                identity=identity,
                received_on=today,
                code_digest=code_digest_of(code),
                key_digest=digest,
                **contact,
                **verify_clock(today),
            )
            attach(complaint, attachments, kept)
            tell_managers(complaint, f"{complaint.get_kind_display()} baru")
    except IntegrityError:
        # Sent twice at the same moment: the other one is in.
        forget(kept)
        complaint = Complaint.objects.get(key_digest=digest)
    except BaseException:
        forget(kept)
        raise
    return Received(complaint, code)


@transaction.atomic
def take_over(*, unit, service, text, code_digest, today=None):
    """A letter of the restricted lane that is about a service after all: same code, anonymous, without its files."""
    if known := Complaint.objects.filter(code_digest=code_digest).first():
        return known
    today = today or timezone.localdate()
    complaint = Complaint.objects.create(
        kind=Complaint.Kind.COMPLAINT,
        unit=unit,
        service=service,
        text=text.strip(),
        identity=Identity.ANONYMOUS,
        received_on=today,
        code_digest=code_digest,
        key_digest=key_digest(f"restricted:{code_digest}"),
        **verify_clock(today),
    )
    tell_managers(complaint, "Pengaduan baru")
    return complaint


def attach(complaint, waiting, kept, *, message=None):
    """Keep the files that waited, each once; their paths are added to `kept` so that a failure can forget them."""
    there = set(complaint.attachments.values_list("sha256", flat=True))
    for file in waiting:
        if file.sha256 in there:
            continue
        if len(there) >= files.MOST_PER_LETTER:
            raise Refused(f"Satu laporan memuat paling banyak {files.MOST_PER_LETTER} berkas.", "files")
        there.add(file.sha256)
        fields = files.keep(file)
        kept.append(fields["file_path"])
        ComplaintAttachment.objects.create(complaint=complaint, message=message, **fields)


def forget(kept):
    for path in kept:
        files.forget(path)


def add_message(complaint, kind, text, *, key="", by=None, today=None):
    """(message, is it new) of the thread; the same key gives the same message again."""
    digest = key_digest(key) if key else None
    if digest and (known := ComplaintMessage.objects.filter(key_digest=digest).first()):
        return known, False
    message = ComplaintMessage.objects.create(
        complaint=complaint,
        kind=kind,
        text=text.strip(),
        written_on=today or timezone.localdate(),
        unit=complaint.unit if by is not None else None,
        by=by,
        key_digest=digest,
    )
    return message, True
