"""Reading CSV: UTF-8 or Windows-1252, separated by semicolon, comma or tab, with or without quotes."""

import codecs
import csv
import re
from io import StringIO

from openpyxl.utils import get_column_letter

from .columns import LONGEST_CELL, CellFault, shortened, tidy
from .layouts import (
    MOST_COLUMNS,
    MOST_ROWS,
    NO_ROWS,
    TELLS_EVERY,
    TOO_MANY_ROWS,
    Reading,
    UnreadableFile,
    place_headings,
)
from .rows import Fault, Row
from .safety import LARGEST_CSV, Contents, UnsafeFile

SEPARATORS = ";,\t"
ERRORS_OF_EXCEL = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
LONGEST_LINE = 131_072  # what the reader of the standard library takes for one cell
OF_OTHER_KINDS = {
    b"PK\x03\x04": "Berkas ini sebenarnya XLSX. Ganti akhiran namanya menjadi .xlsx, lalu unggah lagi.",
    b"\xd0\xcf\x11\xe0": "Berkas ini sebenarnya Excel lama atau terkunci kata sandi. Simpan sebagai CSV UTF-8.",
    b"%PDF": "Berkas ini sebenarnya PDF. Unduh datanya sebagai CSV.",
}


def check_csv(file):
    """Contents of the seekable binary `file`, left at its start. Raises UnsafeFile."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise UnsafeFile("Berkas ini kosong. Pilih berkas yang berisi data.")
    if size > LARGEST_CSV:
        raise UnsafeFile("Berkas lebih besar dari 10 MB. Bagi menjadi beberapa berkas.")
    start = file.read(4)
    if start in OF_OTHER_KINDS:
        raise UnsafeFile(OF_OTHER_KINDS[start])
    file.seek(0)
    content = file.read()
    file.seek(0)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content:
        raise UnsafeFile("Penyandian huruf berkas ini tidak kami kenal. Simpan sebagai “CSV UTF-8”.")
    return Contents(rows=max(content.count(b"\n"), content.count(b"\r")) + 1)


def read_csv(file, tell=lambda count: None):
    """Reading of a file that has passed `check_csv`. Raises UnreadableFile."""
    file.seek(0)
    text = decoded(file.read())
    separator, text, lines_before = separator_of(text)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return read_lines(lines, 1 + lines_before, tell)
    except csv.Error as broken:
        raise UnreadableFile(
            f"Tanda kutip di sekitar baris {lines.line_num + lines_before} tidak berpasangan, atau isi selnya terlalu "
            "panjang. Perbaiki baris itu, atau simpan sebagai .xlsx."
        ) from broken


def decoded(content):
    """The text: UTF-8, with or without its mark, else Windows-1252 as older Excel writes it."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("Penyandian huruf berkas ini tidak kami kenal. Simpan sebagai “CSV UTF-8”.")


def separator_of(text):
    """(separator, text after an Excel line like "sep=;", number of lines left out)."""
    if told := re.match(r"sep=([;,\t])\r?\n", text, re.IGNORECASE):
        return told[1], text[told.end() :], 1
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(SEPARATORS, key=first.count), text, 0


def read_lines(lines, first, tell):
    """`first` is the number of the line of headings, as a spreadsheet shows it."""
    headings = place_headings(next(lines, [])[: MOST_COLUMNS + 50])
    rows, faults = [], []
    for number, texts in enumerate(lines, start=first + 1):
        texts = [tidy(text) for text in texts]
        if headings.is_blank(texts):
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableFile(TOO_MANY_ROWS)
        row, wrong = read_line(number, texts, headings)
        rows.append(row)
        faults += wrong
        if len(rows) % TELLS_EVERY == 0:
            tell(len(rows))
    if not rows:
        raise UnreadableFile(NO_ROWS)
    return Reading(rows, faults, headings.layout, tuple(headings.ignored))


def read_line(number, texts, headings):
    row, faults = Row(number, {}), []
    for column in headings.layout.columns:
        index = headings.places.get(column.key)
        row.cells[column.key] = f"{get_column_letter(index + 1)}{number}" if index is not None else ""
        text = texts[index] if index is not None and index < len(texts) else ""
        row.texts[column.key] = text[:LONGEST_CELL]
        try:
            refuse_calculation(text)
        except CellFault as wrong:
            faults.append(row.fault(column, str(wrong)))
            row.spoilt.add(column.key)
    width = len(headings.places) + len(headings.ignored) + len(headings.marks)
    if any(texts[max(width, max(headings.places.values()) + 1) :]):
        cell = f"{get_column_letter(width + 1)}{number}"
        reason = "Baris ini punya lebih banyak sel daripada judul. Apit isi yang memuat pemisah dengan tanda kutip."
        row.spoilt.update(headings.places)
        return row, [Fault(number, "", cell, reason)]
    return row, faults


def refuse_calculation(text):
    if text.startswith("="):
        raise CellFault("Sel ini berisi rumus. Salin isinya, lalu tempel sebagai nilai.")
    if text in ERRORS_OF_EXCEL:
        raise CellFault(f"Sel ini berisi galat Excel ({shortened(text)}).")
