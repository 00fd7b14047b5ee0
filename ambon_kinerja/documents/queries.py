"""Finding an issued document by what a stranger holds: its code, or the file itself."""

import re
from datetime import datetime

from ambon_kinerja.lifecycle.steps import history_of

from .models import IssuedDocument

CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def code_in(text):
    """The code in what a person typed or pasted (groups with spaces, or the whole address), or None."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    code = "".join(last.split())
    return code if CODE.fullmatch(code) else None


def document_by_code(code):
    """The document or None. A look-up by 128 random bits in a unique index: its timing tells nothing."""
    if not CODE.fullmatch(code):
        return None
    return IssuedDocument.objects.select_related("replaced_by").filter(code=code).first()


def document_by_hash(sha256):
    return IssuedDocument.objects.select_related("replaced_by").filter(sha256=sha256).order_by("pk").first()


def ended_on(document) -> datetime | None:
    """When the document was replaced or revoked; None while it is valid."""
    if document.state == IssuedDocument.State.VALID:
        return None
    change = history_of(document).last()
    return change.at if change else None
