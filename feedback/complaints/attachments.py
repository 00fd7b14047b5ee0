"""Files of citizens and officers: examined, without place or maker, kept under a name nobody can guess.

A file waits beside the others until its letter is sent, because a page that asks “is this right?” cannot carry it; the
form carries a signed slip instead. What nobody sends goes after a day.

While it waits nobody knows yet whether the letter names an officer, so it is encrypted at once. Its key is drawn for it
and stands in the slip alone, which the citizen's page holds: neither the disk, nor the server's key, nor both read it.
"""

import hashlib
import secrets
import time
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
from cryptography.fernet import Fernet
from django.conf import settings
from django.core import signing
from django.http import FileResponse

from ambon_kinerja.documents.incoming import SUFFIX, ExaminedFile, FileRefused, clean_name, examine
from ambon_kinerja.documents.kept import forget, write

from .models import ComplaintAttachment

__all__ = [
    "MOST_FILES",
    "MOST_PER_LETTER",
    "FileRefused",
    "WaitingFile",
    "clean_name",
    "examined",
    "keep",
    "read_slip",
    "receive",
    "serve",
]

MOST_FILES = 5  # at once
MOST_PER_LETTER = 20
SALT = "feedback.complaints.file"
WAITING, KEPT = "pengaduan-menunggu", "pengaduan"
WAITS_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class WaitingFile:
    file_path: str
    file_name: str
    content_type: str
    size: int
    sha256: str
    secret: str = field(repr=False)  # reads the file; never kept


def receive(upload, *, key):
    """(file, slip) of an upload that waits to be sent with the form of `key`. Raises FileRefused."""
    examined = examine(upload)
    content = examined.content
    if examined.content_type == "application/pdf":
        content = without_maker(content)
    name = secrets.token_hex(16) + SUFFIX[examined.content_type]
    waiting = WaitingFile(
        file_path=f"{WAITING}/{name}",
        file_name=examined.name,
        content_type=examined.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        secret=Fernet.generate_key().decode(),
    )
    write(waiting.file_path, Fernet(waiting.secret).encrypt(content))
    return waiting, signing.dumps([key, asdict(waiting)], salt=SALT, compress=True)


def without_maker(content):
    """A PDF without the name of its author, its program and its hours."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for place in ("/Info", "/ID"):
            if place in pdf.trailer:
                del pdf.trailer[place]
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Metadata" in item:
                del item["/Metadata"]
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def read_slip(text, *, key):
    """The file that waits for the form of `key`, or None: not ours, of another form, or gone meanwhile."""
    try:
        of_key, facts = signing.loads(text, salt=SALT, max_age=WAITS_FOR)
        waiting = WaitingFile(**facts)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if of_key != key or not (Path(settings.MEDIA_ROOT) / waiting.file_path).is_file():
        return None
    return waiting


def keep(waiting):
    """The fields of a kept file: {file_path, file_name, content_type, size, sha256}; what waited goes by the sweep.

    Called inside the transaction that keeps the row; `forget` the path when the transaction fails.
    """
    name = waiting.file_path.rpartition("/")[2]
    fresh = secrets.token_hex(16) + Path(name).suffix
    relative = f"{KEPT}/{fresh[:2]}/{fresh}"
    write(relative, content_of(waiting))
    fields = asdict(waiting) | {"file_path": relative}
    del fields["secret"]
    return fields


def content_of(waiting):
    return Fernet(waiting.secret).decrypt((Path(settings.MEDIA_ROOT) / waiting.file_path).read_bytes())


def examined(waiting):
    """A waiting file with its content, as the restricted lane seals it."""
    return ExaminedFile(
        content=content_of(waiting), content_type=waiting.content_type, name=waiting.file_name
    )


def sweep(*, older_than_seconds=WAITS_FOR):
    """Delete what waited and was never sent; returns how many files."""
    newest, count = time.time() - older_than_seconds, 0
    for path in (Path(settings.MEDIA_ROOT) / WAITING).glob("*"):
        if path.stat().st_mtime <= newest:
            path.unlink(missing_ok=True)
            count += 1
    return count + sweep_orphans(newest)


def sweep_orphans(newest):
    """Delete kept files that no row names: of a transaction that failed, or of a letter whose time is over."""
    kept = Path(settings.MEDIA_ROOT) / KEPT
    old = {f"{KEPT}/{path.relative_to(kept)}" for path in kept.glob("??/*") if path.stat().st_mtime <= newest}
    named = ComplaintAttachment.objects.filter(file_path__in=old).values_list("file_path", flat=True)
    orphans = old - set(named)
    for relative in orphans:
        forget(relative)
    return len(orphans)


def serve(attachment):
    """The file as a download that no browser runs; None when it is gone or no longer the one that was kept."""
    try:
        content = (Path(settings.MEDIA_ROOT) / attachment.file_path).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        return None
    response = FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=attachment.file_name,
        content_type=attachment.content_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
