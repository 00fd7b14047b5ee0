"""Issuing and revoking documents."""

import hashlib
import re
from io import BytesIO

from django.db import connection, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take

from .models import DocumentCounter, IssuedDocument, new_code
from .pdf.render import REPORT_CSS, render_pdf
from .seal import Seal
from .states import REPLACE, REVOKE
from .store import read_issued, stored

KIND = re.compile(r"[A-Z]{2,8}")


@transaction.atomic
def issue_document(
    *,
    kind,
    subject_key,
    title,
    html_for,
    by,
    unit_name="",
    period_label="",
    is_public=False,
    attachments=(),
    css=REPORT_CSS,
    issued_at=None,
):
    """Render, number, seal and store a document; return the IssuedDocument, valid from now on.

    `kind` stands in the number ("LAP" → AK/LAP/2026/000123). `subject_key` says what the document is about:
    a second issue for it is the next version and replaces the valid one. `html_for(seal)` returns the HTML.
    `title`, `unit_name` and `period_label` are shown to anybody with the code: no person's name in them.

    Joins the caller's transaction. Call it before the caller's own audit events and `take`: those hold the
    lock of the trail, which must not wait for a rendering. Raises ValueError, RefusedContent.
    """
    if not KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} cannot stand in a document number")
    issued_at = issued_at or timezone.now()
    seal = Seal(number=next_number(kind, issued_at), code=new_code(), issued_at=issued_at)
    pdf = render_pdf(html_for(seal), title=title, attachments=attachments, css=css, issued_at=issued_at)
    with stored(pdf) as file_path, transaction.atomic():
        versions = IssuedDocument.objects.filter(kind=kind, subject_key=subject_key)
        before = versions.order_by("-version").first()
        replaced = before and before.state == IssuedDocument.State.VALID
        if replaced:
            take(REPLACE, before, by=by, reason=f"Diganti oleh {seal.number}")
        document = IssuedDocument.objects.create(
            kind=kind,
            subject_key=subject_key,
            version=before.version + 1 if before else 1,
            number=seal.number,
            code=seal.code,
            title=title,
            unit_name=unit_name,
            period_label=period_label,
            issued_at=issued_at,
            issued_by_name=str(by),
            is_public=is_public,
            file_path=file_path,
            size=len(pdf),
            sha256=hashlib.sha256(pdf).hexdigest(),
        )
        if replaced:
            IssuedDocument.objects.filter(pk=before.pk).update(replaced_by=document)
        record_event(
            "document.issue", document, by=by, details={"number": document.number, "sha256": document.sha256}
        )
    return document


def revoke_document(document, *, by, reason):
    """Say in public that `document` no longer counts. Raises StepRefused: not valid now, or no reason."""
    return take(REVOKE, document, by=by, reason=reason)


def open_document(document):
    """The file as issued, as a binary file. Raises DocumentDamaged when it is gone or was changed."""
    return BytesIO(read_issued(document))


def next_number(kind, issued_at):
    """The next number of the kind in the year (WIT); given back when the transaction fails, so without gaps.

    The counter stays locked to the end of the transaction, which includes a rendering: so wait longer than
    a page may.
    """
    year = timezone.localtime(issued_at).year
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '25s'")
    DocumentCounter.objects.bulk_create([DocumentCounter(kind=kind, year=year)], ignore_conflicts=True)
    counter = DocumentCounter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"AK/{kind}/{year}/{counter.last:06}"
