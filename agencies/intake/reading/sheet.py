"""Opening a checked workbook and turning its cells into rows of plain text."""

import warnings
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from agencies.people.nip import InvalidNip, read_nip

from .columns import LONGEST_CELL, CellFault, shortened, tidy
from .layouts import (
    FURTHEST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_ROWS,
    TELLS_EVERY,
    TOO_FAR_DOWN,
    TOO_MANY_ROWS,
    Reading,
    UnreadableFile,
    place_headings,
)
from .rows import Row
from .structure import look_at_structure

SHEET = "Pegawai"
EXPLANATIONS = "Keterangan"
CODES = "Daftar kode"
UNREADABLE = "Isi berkas ini tidak bisa dibaca. Buka di Excel, lalu simpan sekali lagi."


def read_sheet(file, tell=lambda count: None):
    """Reading of the workbook's sheet “Pegawai”, else of its first. Raises UnreadableFile.

    The file has passed `safety.check_workbook`; `tell` hears now and then how many rows are read.
    Formulas are not calculated but refused; the declared size of the sheet is not believed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # about dates beyond the calendar: they become faults of their cells
            workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                return read_workbook(workbook, file, tell)
            finally:
                workbook.close()
    except UnreadableFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError, zipfile.BadZipFile,
            InvalidFileException, OverflowError) as broken:  # fmt: skip
        raise UnreadableFile(UNREADABLE) from broken


def read_workbook(workbook, file, tell):
    hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        raise UnreadableFile(
            f"Lembar “{shortened(hidden[0])}” tersembunyi. Tampilkan atau hapus, lalu unggah lagi."
        )
    if not workbook.worksheets:
        raise UnreadableFile("Berkas ini tidak punya lembar data.")
    sheet = next((each for each in workbook.worksheets if each.title == SHEET), workbook.worksheets[0])
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    headings = place_headings([cell.value for cell in next(lines, ())])
    structure = look_at_structure(file, sheet._worksheet_path, headings)
    rows, faults = [], []
    for number, cells in enumerate(lines, start=2):
        if number > FURTHEST_ROW:
            raise UnreadableFile(TOO_FAR_DOWN)
        if headings.is_blank([cell.value for cell in cells]) and number not in structure.merged:
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableFile(TOO_MANY_ROWS)
        row, wrong = read_cells(number, cells, headings, structure.merged.get(number, ()))
        rows.append(row)
        faults += wrong
        if len(rows) % TELLS_EVERY == 0:
            tell(len(rows))
    if not rows:
        raise UnreadableFile(NO_ROWS)
    return Reading(rows, [*structure.faults_for(rows), *faults], headings.layout, tuple(headings.ignored))


def read_cells(number, cells, headings, merged=()):
    """`merged` holds the keys of the columns that lie in a merged range of this row: their faults are told once."""
    row, faults = Row(number, {}), []
    for column in headings.layout.columns:
        index = headings.places.get(column.key)
        cell = cells[index] if index is not None and index < len(cells) else None
        row.cells[column.key] = f"{get_column_letter(index + 1)}{number}" if index is not None else ""
        row.texts[column.key] = ""
        if column.key in merged:
            row.spoilt.add(column.key)
        if cell is None or cell.value is None:
            continue
        row.texts[column.key] = written(cell.value)[:LONGEST_CELL]
        if column.key in merged or cell.data_type == "s":
            continue
        try:
            row.texts[column.key] = text_of(cell, column)[:LONGEST_CELL]
        except CellFault as wrong:
            faults.append(row.fault(column, str(wrong)))
            row.spoilt.add(column.key)
    return row, faults


def text_of(cell, column):
    """The text of a cell as a person would have typed it. Raises CellFault for what is no plain text."""
    value = cell.value
    if cell.data_type == "f":
        raise CellFault("Sel ini berisi rumus. Salin isinya, lalu tempel sebagai nilai.")
    if cell.data_type == "e":
        raise CellFault(f"Sel ini berisi galat Excel ({shortened(str(value))}).")
    if column.key == "nip" and not isinstance(value, str):
        refuse_number_as_nip(value)
    if isinstance(value, (date, datetime)):
        return day_of(value, column)
    if column.is_date and not isinstance(value, str):
        raise CellFault(
            "Tanggal ini terbaca sebagai angka. Ubah format selnya menjadi Tanggal, atau ketik 31-12-2026."
        )
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise CellFault("Isi sel ini bukan teks. Ubah format selnya menjadi Teks, lalu ketik ulang.")
    return written(value)


def refuse_number_as_nip(value):
    try:
        read_nip(value)
    except InvalidNip as wrong:
        raise CellFault(wrong.reason) from wrong


def day_of(value, column):
    if not column.is_date:
        raise CellFault("Sel ini terbaca sebagai tanggal. Ubah format selnya menjadi Teks, lalu ketik ulang.")
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise CellFault("Sel ini berisi tanggal dengan jam. Tulis tanggalnya saja.")
        value = value.date()
    return value.isoformat()


def written(value):
    """What a person sees: no outer blanks, single blanks between words, whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return tidy(str(value))
