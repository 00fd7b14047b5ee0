"""Looking at an uploaded workbook before any library opens it: how big it really is, and what it carries.

What the archive's headers declare is not believed; every part is unpacked and counted, in pieces, and thrown away.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CSV = 10 * 1024 * 1024  # text is not compressed; the proxy lets 12 MB through
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 2000
HIGHEST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024  # small parts of empty rows compress better than any bomb
PIECE = 64 * 1024

DANGEROUS_PARTS = re.compile(
    r"vbaproject|\.bin$|activex|/embeddings/|externallink|\.exe$|\.dll$", re.IGNORECASE
)
HARMLESS_BINARIES = re.compile(r"printersettings", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")


class UnsafeFile(ValueError):
    """The file is not opened; `str()` is the reason in plain Indonesian."""


@dataclass(frozen=True)
class Contents:
    """`rows` is a count of row elements in all sheets: enough to decide who reads the file, and when."""

    rows: int


def check_workbook(file):
    """Contents of the seekable binary `file`, left at its start. Raises UnsafeFile."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise UnsafeFile("Berkas ini kosong. Pilih berkas yang berisi data.")
    if size > LARGEST_FILE:
        raise UnsafeFile("Berkas lebih besar dari 5 MB. Bagi menjadi beberapa berkas.")
    start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        raise UnsafeFile(
            "Berkas ini terkunci kata sandi, atau berformat .xls lama. Buka di Excel, hapus kata sandinya, lalu simpan "
            "sebagai “Buku Kerja Excel (.xlsx)”."
        )
    if start != b"PK\x03\x04":
        raise UnsafeFile(
            "Berkas ini bukan XLSX. Di Excel pilih “Simpan Sebagai”, lalu “Buku Kerja Excel (.xlsx)”."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            contents = look_through(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as broken:
        if isinstance(broken, UnsafeFile):
            raise
        raise UnsafeFile(
            "Berkas ini rusak atau terkunci kata sandi. Buka di Excel, lalu simpan sekali lagi."
        ) from broken
    file.seek(0)
    return contents


def look_through(archive):
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        raise UnsafeFile("Berkas ini tersusun dari terlalu banyak bagian. Salin datanya ke berkas baru.")
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") for name in names
    ):
        raise UnsafeFile("Susunan berkas ini tidak wajar. Salin datanya ke berkas baru.")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnsafeFile("Berkas ini bukan buku kerja Excel (.xlsx).")
    if any(DANGEROUS_PARTS.search(name) and not HARMLESS_BINARIES.search(name) for name in names):
        raise UnsafeFile(
            "Berkas ini memuat makro, objek, atau tautan ke berkas lain. Simpan sebagai .xlsx tanpa itu."
        )
    unpacked, rows = 0, 0
    for part in parts:
        size, found = look_into(archive, part, room_left=LARGEST_UNPACKED - unpacked)
        unpacked, rows = unpacked + size, rows + found
    return Contents(rows=rows)


def look_into(archive, part, *, room_left):
    """(unpacked bytes, row elements) of one part, counted while it is unpacked."""
    size, rows, tail = 0, 0, b""
    is_sheet = part.filename.startswith("xl/worksheets/")
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > room_left:
                raise UnsafeFile(
                    "Isi berkas ini melebihi 50 MB setelah dibuka. Bagi menjadi beberapa berkas."
                )
            if size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(part.compress_size, 1):
                raise UnsafeFile("Berkas ini dimampatkan secara tidak wajar. Salin datanya ke berkas baru.")
            window = tail + piece
            if b"\x00" in window[:200] and part.filename.endswith((".xml", ".rels")):
                raise UnsafeFile(
                    "Penyandian huruf di berkas ini tidak dikenal. Simpan sekali lagi dengan Excel."
                )
            if DECLARATION.search(window):
                raise UnsafeFile("Berkas ini memuat deklarasi XML yang tidak kami terima.")
            if is_sheet:
                rows += sum(1 for found in ROW.finditer(window) if found.end() > len(tail))
            tail = window[-16:]
    return size, rows
