"""The folder of issued files: DATA_DIR/documents. A file is whole and on disk before any row names it."""

import hashlib
import os
import secrets
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .models import IssuedDocument

ORPHAN_AGE_SECONDS = 3600


class DocumentDamaged(Exception):
    """The stored file is gone or is no longer what was issued."""


def folder():
    return Path(settings.DATA_DIR) / "documents"


@contextmanager
def stored(data):
    """Path (relative to the folder) of a new file holding `data`; removed again when the block raises."""
    name = secrets.token_hex(16)
    relative = f"{name[:2]}/{name}.pdf"
    path = folder() / relative
    temporary = path.with_suffix(".part")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)
        yield relative
    except BaseException:
        temporary.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def sync_folder(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_issued(document):
    """Bytes of the file exactly as issued. Raises DocumentDamaged."""
    try:
        data = (folder() / document.file_path).read_bytes()
    except OSError as error:
        raise DocumentDamaged(document.number) from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise DocumentDamaged(document.number)
    return data


def remove_orphans(*, older_than_seconds=ORPHAN_AGE_SECONDS):
    """Delete files that no row names, left by a transaction that failed after the issue; return how many.

    Young files are left alone: their transaction may still be under way.
    """
    newest = time.time() - older_than_seconds
    old = [path for path in folder().glob("??/*") if path.stat().st_mtime <= newest]
    relative = {str(path.relative_to(folder())): path for path in old}
    named = IssuedDocument.objects.filter(file_path__in=relative).values_list("file_path", flat=True)
    orphans = relative.keys() - set(named)
    for name in orphans:
        relative[name].unlink(missing_ok=True)
    return len(orphans)
