"""The folder of data copies: DATA_DIR/personal_data. A file is whole and on disk before any row names it."""

import os
import secrets
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .models import DataCopy

ORPHAN_AGE_SECONDS = 3600


def folder():
    return Path(settings.DATA_DIR) / "personal_data"


@contextmanager
def stored(data):
    """Path (relative to the folder) of a new file holding `data`; removed again when the block raises."""
    name = f"{secrets.token_hex(16)}.zip"
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / name
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield name
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def read(copy):
    """The bytes of a copy, or None when the file is gone."""
    if not copy.file_path:
        return None
    try:
        return (folder() / copy.file_path).read_bytes()
    except FileNotFoundError:
        return None


def remove(name):
    (folder() / name).unlink(missing_ok=True)


def remove_orphans():
    """Delete files older than an hour that no row names: their transaction failed, or the account is gone."""
    newest = time.time() - ORPHAN_AGE_SECONDS
    old = {path.name for path in folder().glob("*.zip") if path.stat().st_mtime <= newest}
    orphans = old - set(DataCopy.objects.filter(file_path__in=old).values_list("file_path", flat=True))
    for name in orphans:
        remove(name)
    return len(orphans)
