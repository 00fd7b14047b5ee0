"""The files that prove an improvement: below MEDIA_ROOT, under names nobody can guess."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from ambon_kinerja.documents.incoming import SUFFIX, FileRefused, examine

__all__ = ["FileRefused", "examine", "forget", "keep", "read_kept"]


def keep(examined):
    """Write the file and return its path below MEDIA_ROOT."""
    name = secrets.token_hex(16)
    relative = f"tindak-lanjut/{name[:2]}/{name}{SUFFIX[examined.content_type]}"
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(examined.content)
        file.flush()
        os.fsync(file.fileno())
    return relative


def forget(relative):
    (Path(settings.MEDIA_ROOT) / relative).unlink(missing_ok=True)


def read_kept(item):
    """The bytes as they were kept, or None when the file is gone or no longer the one that was recorded."""
    try:
        content = (Path(settings.MEDIA_ROOT) / item.file_path).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == item.sha256 else None
