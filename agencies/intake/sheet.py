"""Opening a checked workbook and turning its cells into rows of plain text."""

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from agencies.people.nip import InvalidNip, read_nip

from .columns import COLUMNS, LONGEST_CELL, REQUIRED_HEADINGS, CellFault, shortened

MOST_ROWS = 60_000
MOST_COLUMNS = 40
SHEET = "Pegawai"
EXPLANATIONS = "Keterangan"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')
UNREADABLE = "Isi berkas ini tidak bisa dibaca. Buka di Excel, lalu simpan sekali lagi."


class UnreadableWorkbook(ValueError):
    """Nothing of the workbook can be used; `str()` is the reason in plain Indonesian."""


@dataclass(frozen=True)
class Fault:
    """`cell` like "C7" and `column` like "Nama"; both are empty for a fault of a whole row."""

    row: int
    column: str
    cell: str
    reason: str

    def as_json(self):
        return {"row": self.row, "column": self.column, "cell": self.cell, "reason": self.reason}


@dataclass
class Row:
    """`texts` by column key, "" for an empty cell; `cells` says where each stands; `spoilt` keys were no plain text."""

    number: int
    texts: dict
    cells: dict = field(default_factory=dict)
    spoilt: set = field(default_factory=set)

    @classmethod
    def stored(cls, number, texts):
        """The row as `as_json` kept it: of a file without fault the texts alone say everything."""
        return cls(number, dict(zip((column.key for column in COLUMNS), texts, strict=True)))

    def as_json(self):
        return [self.number, *(self.texts[column.key] for column in COLUMNS)]

    def fault(self, column, reason):
        return Fault(self.number, column.label, self.cells.get(column.key, ""), reason)


def read_sheet(file):
    """(rows, faults) of the workbook's sheet “Pegawai”, else of its first. Raises UnreadableWorkbook.

    The file has passed `safety.check_workbook`. Formulas are not calculated but refused; the declared size of the
    sheet is not believed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # about dates beyond the calendar: they become faults of their cells
            workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                return read_workbook(workbook, file)
            finally:
                workbook.close()
    except UnreadableWorkbook:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError, zipfile.BadZipFile,
            InvalidFileException, OverflowError) as broken:  # fmt: skip
        raise UnreadableWorkbook(UNREADABLE) from broken


def read_workbook(workbook, file):
    hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        raise UnreadableWorkbook(
            f"Lembar “{shortened(hidden[0])}” tersembunyi. Tampilkan atau hapus, lalu unggah lagi."
        )
    if not workbook.worksheets:
        raise UnreadableWorkbook("Berkas ini tidak punya lembar data.")
    sheet = next((each for each in workbook.worksheets if each.title == SHEET), workbook.worksheets[0])
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    headings = place_headings(next(lines, ()))
    rows, faults = [], merged_cells(file, sheet)
    for number, cells in enumerate(lines, start=2):
        if all(cell.value is None or cell.value == "" for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableWorkbook(
                "Lembar ini berisi lebih dari 60.000 baris. Bagi menjadi beberapa berkas."
            )
        row, wrong = read_cells(number, cells, headings)
        rows.append(row)
        faults += wrong
    if not rows:
        raise UnreadableWorkbook("Lembar ini belum berisi pegawai: tidak ada baris di bawah judul kolom.")
    return rows, faults


def place_headings(cells):
    """{column key: index} from the first row. Raises UnreadableWorkbook when columns lack, repeat or are unknown."""
    by_label = {column.label.lower(): column for column in COLUMNS}
    places, unknown = {}, []
    for index, cell in enumerate(cells):
        heading = " ".join(str(cell.value or "").split())
        if not heading:
            continue
        if index >= MOST_COLUMNS:
            raise UnreadableWorkbook(
                "Lembar ini punya lebih dari 40 kolom. Hapus kolom yang tidak diperlukan."
            )
        column = by_label.get(heading.lower())
        if column is None:
            unknown.append(f"“{shortened(heading)}” ({get_column_letter(index + 1)}1)")
        elif column.key in places:
            raise UnreadableWorkbook(f"Kolom {column.label} ada dua kali. Hapus salah satunya.")
        else:
            places[column.key] = index
    missing = [label for label in REQUIRED_HEADINGS if by_label[label.lower()].key not in places]
    if missing:
        raise UnreadableWorkbook(
            f"Baris pertama harus berisi judul kolom. Yang belum ada: {', '.join(missing)}. Pakai templat kami."
        )
    if unknown:
        raise UnreadableWorkbook(
            f"Kolom ini tidak kami kenal: {', '.join(unknown[:5])}. Hapus kolomnya, lalu unggah lagi."
        )
    return places


def merged_cells(file, sheet):
    """A fault for each range of merged cells below the headings; the read-only mode of openpyxl does not see them."""
    faults, tail = [], b""
    file.seek(0)
    with zipfile.ZipFile(file) as archive, archive.open(sheet._worksheet_path) as part:
        while piece := part.read(1 << 20):
            window = tail + piece
            last = 0
            for found in MERGED.finditer(window):
                last = found.end()
                place = found[1].decode()
                first = place.split(":")[0]
                number = int(re.sub(r"\D", "", first))
                faults.append(
                    Fault(number, "", first, f"Sel {place} digabung. Pisahkan, lalu isi setiap barisnya.")
                )
            tail = window[max(last, len(window) - 200) :]
    return faults


def read_cells(number, cells, headings):
    row, faults = Row(number, {}), []
    for column in COLUMNS:
        index = headings.get(column.key)
        cell = cells[index] if index is not None and index < len(cells) else None
        row.cells[column.key] = f"{get_column_letter(index + 1)}{number}" if index is not None else ""
        row.texts[column.key] = ""
        if cell is None or cell.value is None:
            continue
        row.texts[column.key] = written(cell.value)[:LONGEST_CELL]
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
    text = str(value)
    return re.sub(r"[ \u00a0]+", " ", text.strip())
