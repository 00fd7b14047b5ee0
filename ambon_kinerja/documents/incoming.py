"""Files people send: what is let in.

PDF, JPG and PNG only. Ending, first bytes and a full parse must agree. Pictures are drawn anew, so that place,
camera and anything hidden behind them are gone; PDFs stay byte for byte, so that a signature in them stays valid.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

import pikepdf
from PIL import Image, ImageFile, ImageOps

LARGEST = 5 * 1024 * 1024
LARGEST_PICTURE = 40_000_000  # pixels
TOO_MANY_PIXELS = "Gambar terlalu besar: paling banyak 40 juta piksel."
LONGEST_SIDE = 3000  # what a phone sends in more detail is drawn smaller; a photographed page stays readable
MOST_OBJECTS = 100_000
MOST_UNPACKED = 32 * 1024 * 1024  # of the parts of a PDF that have to be unpacked to read it at all
KINDS = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
FIRST_BYTES = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
SUFFIX = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
TRY_AGAIN = "Simpan ulang sebagai PDF, JPG, atau PNG."
# Why a kind of file is not let in, by its ending.
OTHER_KINDS = {
    (".svg", ".svgz"): "Gambar SVG dapat berisi skrip. Simpan sebagai PNG, atau sebagai PDF.",
    (
        ".docm",
        ".xlsm",
        ".pptm",
        ".dotm",
        ".xlsb",
    ): "Berkas Office ini dapat berisi makro. Simpan sebagai PDF.",
    (".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".csv"): (
        "Berkas Office dapat berubah setelah diunggah. Simpan sebagai PDF, bukan Word, Excel, atau PowerPoint."
    ),
    (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"): (
        "Berkas arsip tidak diterima. Buka arsipnya, lalu unggah isinya satu per satu sebagai PDF, JPG, atau PNG."
    ),
    (".html", ".htm", ".xhtml", ".mht", ".xml"): "Halaman web dapat berisi skrip. Cetak halaman itu ke PDF.",
    (
        ".exe",
        ".com",
        ".bat",
        ".cmd",
        ".scr",
        ".msi",
        ".js",
        ".vbs",
        ".ps1",
        ".sh",
        ".jar",
        ".apk",
        ".php",
        ".py",
        ".lnk",
    ): ("Berkas program tidak diterima. Berkas harus PDF, JPG, atau PNG."),
    (".heic", ".heif", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff"): (
        "Jenis gambar ini belum dapat dibaca. Simpan sebagai JPG atau PNG."
    ),
    (".mp4", ".mov", ".avi", ".mkv", ".mp3", ".m4a", ".3gp"): (
        "Video dan suara tidak diterima sebagai berkas. Isi tautannya saja, atau unggah fotonya sebagai JPG."
    ),
}
WHY_NOT = {ending: words for endings, words in OTHER_KINDS.items() for ending in endings}
HIDDEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
ACTIVE_NAMES = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/ImportData"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}


TOO_INVOLVED = "PDF ini terlalu rumit. Simpan ulang dengan ukuran lebih kecil."
PAGE_OR_PROGRAM = re.compile(
    rb"<\s*(script|html|svg|!doctype|iframe)|<\?php|\x7fELF|This program cannot", re.IGNORECASE
)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
FILTERS = re.compile(rb"/Filter\s*(?:\[\s*/FlateDecode\s*\]|/FlateDecode\s*(?=[/>]))")


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
    refuse_hidden_name(upload.name)
    name = clean_name(upload.name)
    *before, ending = [ending.lower() for ending in PurePosixPath(name).suffixes] or [""]
    content_type = KINDS.get(ending)
    if content_type is None:
        raise FileRefused(WHY_NOT.get(ending, "Berkas harus PDF, JPG, atau PNG."))
    if any(ending in WHY_NOT for ending in before):
        raise FileRefused("Nama berkas memakai dua akhiran. Ganti namanya, sisakan akhiran yang terakhir.")
    if not upload.size:
        raise FileRefused("Berkas ini kosong. Pilih berkas yang berisi.")
    if upload.size > LARGEST:
        raise FileRefused("Berkas lebih besar dari 5 MB. Kecilkan atau bagi dahulu.")
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if not content.startswith(FIRST_BYTES[content_type]):
        raise FileRefused(f"Isi berkas tidak sesuai dengan namanya. {TRY_AGAIN}")
    if content_type == "application/pdf":
        refuse_active_pdf(content)
    else:
        content = drawn_anew(content, content_type)
    return ExaminedFile(content=content, content_type=content_type, name=name)


def refuse_hidden_name(name):
    """What a reader cannot see in a name hides what the file is."""
    if any(unicodedata.category(letter) == "Cc" or letter in HIDDEN for letter in str(name or "")):
        raise FileRefused("Nama berkas memuat tanda tersembunyi. Ganti namanya dengan huruf biasa.")


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
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\0 \t\r\n\x1a"):
        raise FileRefused("PDF ini tidak utuh atau diikuti isi lain. Simpan ulang sebagai PDF.")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("PDF ini sekaligus sebuah arsip. Simpan ulang sebagai PDF.")
    if PAGE_OR_PROGRAM.search(content[:1024]):
        raise FileRefused("PDF ini diawali kode halaman web atau program. Simpan ulang sebagai PDF.")
    refuse_pdf_that_unpacks_too_far(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise FileRefused(
                    "PDF ini dikunci (disandikan). Unggah salinan tanpa kata sandi dan tanpa kunci."
                )
            if len(pdf.pages) == 0:
                raise FileRefused("PDF ini tidak memiliki halaman.")
            if len(pdf.objects) > MOST_OBJECTS:
                raise FileRefused(TOO_INVOLVED)
            active = any(is_active(item) for item in pdf.objects)
    except pikepdf.PasswordError:
        raise FileRefused("PDF ini dikunci kata sandi. Unggah salinan tanpa kata sandi.") from None
    except FileRefused:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise FileRefused("PDF ini rusak dan tidak dapat dibuka.") from None
    if active:
        raise FileRefused("PDF ini berisi skrip atau lampiran. Simpan ulang sebagai PDF biasa.")


def refuse_pdf_that_unpacks_too_far(content):
    """Object and cross-reference streams are unpacked whole by every reader, so they are unpacked here with a limit.

    Each has to say plainly how it is packed, once: packed twice, 5 MB can stand for terabytes.
    """
    left = MOST_UNPACKED
    for found in STREAM.finditer(content):
        head = content[max(content.rfind(b"obj", 0, found.start()), found.start() - 4096) : found.start()]
        if not (b"ObjStm" in head or b"XRef" in head or b"#" in head):
            continue
        filters = FILTERS.search(head)
        if b"/Filter" in head and not filters:
            raise FileRefused(TOO_INVOLVED)
        if filters is None:
            continue
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(content[found.end() :], left))
        except zlib.error:
            continue  # a reader of PDFs says below that it is damaged
        if left <= 0:
            raise FileRefused(TOO_INVOLVED)


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
    # Whoever draws PDF in this process lets Pillow read on past what is broken or too large; here nothing is let past.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        return drawn_anew_strictly(content, content_type)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def drawn_anew_strictly(content, content_type):
    kind = "JPEG" if content_type == "image/jpeg" else "PNG"
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise FileRefused(TOO_MANY_PIXELS)
            if kind == "JPEG":
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
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
