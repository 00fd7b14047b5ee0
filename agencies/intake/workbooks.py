"""Files we hand out: the empty template, and a copy of an upload with its faults marked.

Every cell is written as text, so that a name beginning with “=” stays a name.
"""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .reading.columns import COLUMNS, invisible_sign
from .reading.layouts import ORIGINAL_ROW, REASONS, TO_MEND
from .reading.sheet import CODES, EXPLANATIONS, SHEET

HEADING = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="083F50")}
AT_FAULT = {"fill": PatternFill("solid", fgColor="F6C9C4")}
AT_FAULT_WORD = "Ya"
WRAPPED = {"alignment": Alignment(wrap_text=True, vertical="top")}
TEXT = "@"
STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")  # also in full width, as some spreadsheets take them


DICTIONARY = ("Kolom", "Wajib diisi", "Arti", "Isi yang boleh", "Contoh", "Sumber")


def template_workbook(posts):
    """The bytes of the template: a sheet to fill with one example, the data dictionary, the codes of `posts`."""
    workbook = Workbook(write_only=True)
    sheet = add_sheet(
        workbook, SHEET, [24 if column.key in ("nip", "name", "post") else 18 for column in COLUMNS]
    )
    add_headings(sheet, [column.label for column in COLUMNS])
    sheet.append([text_cell(sheet, column.example) for column in COLUMNS])
    explained = add_sheet(workbook, EXPLANATIONS, [20, 14, 50, 50, 32, 40])
    add_headings(explained, DICTIONARY)
    for column in COLUMNS:
        explained.append([text_cell(explained, text, **WRAPPED) for text in dictionary_line(column)])
    codes = add_sheet(workbook, CODES, [26, 46, 30, 46])
    add_headings(codes, ("Kode Unit", "Unit", "Kode Jabatan", "Jabatan"))
    for post in posts:
        codes.append(
            [text_cell(codes, text) for text in (post.unit.code, post.unit.name, post.code, post.name)]
        )
    return bytes_of(workbook)


def dictionary_line(column):
    required = "Ya" if column.required else "Tidak"
    return (column.label, required, column.explanation, column.allowed, column.example, column.source)


def template_csv():
    """The bytes of the template as CSV: UTF-8 with its mark and semicolons, as Excel in Indonesian opens it."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow([column.label for column in COLUMNS])
    lines.writerow([column.example for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def marked_workbook(rows, faults, layout, *, is_cut=False):
    """The bytes of a copy of the rows (as ImportBatch keeps them), each fault told in a last column and coloured.

    It may be mended and uploaded: its columns of ours are known. A fault of no row that was kept, such as a hidden
    column, is told in a line of its own at the top. The second column says of each row whether it is at fault, to
    filter by; when `faults` are only the first ones (`is_cut`), it does not know of the rows after them.
    """
    reasons, cells = {}, set()
    for fault in faults:
        words = f"{fault['column']}: {fault['reason']}" if fault["column"] else fault["reason"]
        reasons.setdefault(fault["row"], []).append(words)
        cells.add((fault["row"], fault["column"]))
    known_until = max(reasons, default=0) if is_cut else None
    workbook = Workbook(write_only=True)
    sheet = add_sheet(workbook, SHEET, [10, 16, *(22 for _ in layout.columns), 80])
    sheet.freeze_panes = "C2"
    headings = (ORIGINAL_ROW, TO_MEND, *(column.label for column in layout.columns), REASONS)
    add_headings(sheet, headings)
    alone = sorted(set(reasons) - {number for number, *_ in rows})
    for number in alone:
        line = [str(number), AT_FAULT_WORD, *("" for _ in layout.columns), " ".join(reasons[number])]
        sheet.append([text_cell(sheet, text, **WRAPPED) for text in line])
    for number, *texts in rows:
        line = [text_cell(sheet, str(number)), text_cell(sheet, word_for(number, reasons, known_until))]
        for column, text in zip(layout.columns, texts, strict=True):
            line.append(text_cell(sheet, text, **(AT_FAULT if (number, column.label) in cells else {})))
        line.append(text_cell(sheet, " ".join(reasons.get(number, [])), **WRAPPED))
        sheet.append(line)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{1 + len(alone) + len(rows)}"
    return bytes_of(workbook)


def word_for(number, reasons, known_until):
    if number in reasons:
        return AT_FAULT_WORD
    return "Tidak" if known_until is None or number < known_until else "Belum diketahui"


def add_headings(sheet, texts):
    sheet.append([text_cell(sheet, text, **HEADING) for text in texts])


def add_sheet(workbook, title, widths):
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    return sheet


def text_cell(sheet, text, *, font=None, fill=None, alignment=None):
    cell = WriteOnlyCell(sheet)
    cell.value = "".join(sign for sign in text if not invisible_sign(sign))
    cell.data_type = "s"
    cell.number_format = TEXT
    if cell.value.lstrip().startswith(STARTS_A_FORMULA):
        cell.quotePrefix = True
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    if alignment:
        cell.alignment = alignment
    return cell


def bytes_of(workbook):
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()
