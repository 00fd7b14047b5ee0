"""A list as a file: every cell is text, so that no name becomes a formula; and the folder of those that took a job."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from agencies.careers.export import csv_of, xlsx_of

from ..models import OutcomeFile

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT_DAYS = 7
WIDTH = 28


def drawn(form, title, headings, lines):
    """The bytes of a "csv" or "xlsx" of `lines` of texts."""
    if form == "xlsx":
        return xlsx_of(title[:31], [WIDTH] * len(headings), headings, lines)
    return csv_of(headings, lines).encode()


def folder():
    return Path(settings.DATA_DIR) / "outcome_files"


def keep(data):
    """The name of a new file in the folder holding `data`, whole and on disk."""
    name = secrets.token_hex(16)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return name


def read(record):
    """The bytes, or None when the file is gone or its days are over."""
    if not record.file_path or record.expires_at <= timezone.now():
        return None
    try:
        return (folder() / record.file_path).read_bytes()
    except FileNotFoundError:
        return None


def until():
    return timezone.now() + timedelta(days=KEPT_DAYS)


def remove_old(now=None):
    """Delete the files whose days are over, and those of an hour ago that no row names; returns how many rows."""
    now = now or timezone.now()
    over = OutcomeFile.objects.filter(expires_at__lte=now).exclude(file_path="")
    names = list(over.values_list("file_path", flat=True))
    for name in names:
        (folder() / name).unlink(missing_ok=True)
    over.update(file_path="")
    youngest = now.timestamp() - 3600
    old = {path.name for path in folder().glob("*") if path.stat().st_mtime <= youngest}
    known = set(OutcomeFile.objects.filter(file_path__in=old).values_list("file_path", flat=True))
    for name in old - known:
        (folder() / name).unlink(missing_ok=True)
    return len(names)
