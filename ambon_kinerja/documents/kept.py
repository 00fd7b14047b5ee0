"""Files people send, once let in: below MEDIA_ROOT, under names nobody can guess, readable by the server alone."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from .incoming import SUFFIX


def keep(examined, *, folder):
    """Write an ExaminedFile below `folder`; the path below MEDIA_ROOT."""
    name = secrets.token_hex(16)
    relative = f"{folder}/{name[:2]}/{name}{SUFFIX[examined.content_type]}"
    write(relative, examined.content)
    return relative


def write(relative, content):
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def forget(relative):
    (Path(settings.MEDIA_ROOT) / relative).unlink(missing_ok=True)


def read_kept(record):
    """The bytes as they were kept, or None when the file is gone or no longer the one that was recorded."""
    try:
        content = (Path(settings.MEDIA_ROOT) / record.file_path).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == record.sha256 else None
