"""Files that show a result: what is let in, how it lies on disk.

PDF, JPG and PNG only. Ending, first bytes and a full parse must agree. Pictures are drawn anew, so that place,
camera and anything hidden behind them are gone; PDFs stay byte for byte, so that a signature in them stays valid.
"""

import hashlib
import io
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pikepdf
from django.conf import settings
from PIL import Image, ImageOps

LARGEST = 5 * 1024 * 1024
LARGEST_PICTURE = 40_000_000  # pixels
TOO_MANY_PIXELS = "Gambar terlalu besar: paling banyak 40 juta piksel."
MOST_OBJECTS = 100_000
KINDS = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
FIRST_BYTES = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
SUFFIX = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
ACTIVE_NAMES = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/ImportData"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}


class FileRefused(ValueError):
    """`str()` says in Indonesian what is wrong with the file."""


@dataclass(frozen=True)
class ExaminedFile:
    """`content` is what will lie on disk; `sha256` is of that content, not of what was sent."""

    content: bytes
    content_type: str
    name: str

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def examine(upload):
    """The file as it may be kept. Raises FileRefused, one reason for each cause."""
    name = clean_name(upload.name)
    content_type = KINDS.get(PurePosixPath(name).suffix.lower())
    if content_type is None:
        raise FileRefused("Berkas harus PDF, JPG, atau PNG.")
    if not upload.size:
        raise FileRefused("Berkas ini kosong. Pilih berkas yang berisi.")
    if upload.size > LARGEST:
        raise FileRefused("Berkas lebih besar dari 5 MB. Kecilkan atau bagi dahulu.")
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if not content.startswith(FIRST_BYTES[content_type]):
        raise FileRefused("Isi berkas tidak sesuai dengan namanya. Simpan ulang sebagai PDF, JPG, atau PNG.")
    if content_type == "application/pdf":
        refuse_active_pdf(content)
    else:
        content = drawn_anew(content, content_type)
    return ExaminedFile(content=content, content_type=content_type, name=name)


def clean_name(name):
    """The last part of a name, without control or direction characters, at most 120 long; the ending stays."""
    last = re.split(r"[/\\]", str(name or ""))[-1]
    visible = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in last)
    tidy = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    path = PurePosixPath(tidy or "berkas")
    suffix = path.suffix[:10]
    stem = path.name[: len(path.name) - len(path.suffix)] or "berkas"
    return stem[: 120 - len(suffix)].rstrip(". ") + suffix


def refuse_active_pdf(content):
    if len(content) - content.rfind(b"%%EOF") > 1024:
        raise FileRefused("PDF ini tidak utuh atau diikuti isi lain. Simpan ulang sebagai PDF.")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) == 0:
                raise FileRefused("PDF ini tidak memiliki halaman.")
            if len(pdf.objects) > MOST_OBJECTS:
                raise FileRefused("PDF ini terlalu rumit. Simpan ulang dengan ukuran lebih kecil.")
            active = any(is_active(item) for item in pdf.objects)
    except pikepdf.PasswordError:
        raise FileRefused("PDF ini dikunci kata sandi. Unggah salinan tanpa kata sandi.") from None
    except FileRefused:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise FileRefused("PDF ini rusak dan tidak dapat dibuka.") from None
    if active:
        raise FileRefused("PDF ini berisi skrip atau lampiran. Simpan ulang sebagai PDF biasa.")


def is_active(item, depth=0):
    """Does this object, or one written directly inside it, act by itself or carry another file?"""
    if depth > 50:
        return True
    if isinstance(item, pikepdf.Array):
        return any(is_active(part, depth + 1) for part in item if not is_reference(part))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if str(item.get("/S", "")) in ACTIVE_ACTIONS:
        return True
    parts = [(name, item.get(name)) for name in sorted(item.keys())]
    return any(name in ACTIVE_NAMES for name, _ in parts) or any(
        is_active(part, depth + 1) for _, part in parts if not is_reference(part)
    )


def is_reference(part):
    """Indirect objects stand in the file's own list and are looked at there, once."""
    return isinstance(part, pikepdf.Object) and part.is_indirect


def drawn_anew(content, content_type):
    kind = "JPEG" if content_type == "image/jpeg" else "PNG"
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise FileRefused(TOO_MANY_PIXELS)
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGB" if kind == "JPEG" or upright.mode in ("RGB", "L", "1") else "RGBA")
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise FileRefused("Gambar ini rusak dan tidak dapat dibuka.") from None
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()


def keep(examined):
    """Write the file under a name nobody can guess; the path below MEDIA_ROOT."""
    name = secrets.token_hex(16)
    relative = f"bukti/{name[:2]}/{name}{SUFFIX[examined.content_type]}"
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(examined.content)
        file.flush()
        os.fsync(file.fileno())
    return relative


def forget(relative):
    (Path(settings.MEDIA_ROOT) / relative).unlink(missing_ok=True)


def read_kept(evidence):
    """The bytes as they were kept, or None when the file is gone or no longer the one that was recorded."""
    try:
        content = (Path(settings.MEDIA_ROOT) / evidence.file_path).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == evidence.sha256 else None
