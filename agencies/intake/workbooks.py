"""Workbooks we hand out: the empty template, and a copy of an upload with its faults marked.

Every cell is written as text, so that a name beginning with “=” stays a name.
"""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .columns import COLUMNS, invisible_sign
from .sheet import EXPLANATIONS, SHEET

HEADING = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="083F50")}
AT_FAULT = {"fill": PatternFill("solid", fgColor="F6C9C4")}
WRAPPED = {"alignment": Alignment(wrap_text=True, vertical="top")}
TEXT = "@"
STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")  # also in full width, as some spreadsheets take them


def template_workbook():
    """The bytes of the template: a sheet to fill with one example row, and a sheet that explains the columns."""
    workbook = Workbook(write_only=True)
    sheet = add_sheet(
        workbook, SHEET, [24 if column.key in ("nip", "name", "post") else 18 for column in COLUMNS]
    )
    sheet.append([text_cell(sheet, column.label, **HEADING) for column in COLUMNS])
    sheet.append([text_cell(sheet, column.example) for column in COLUMNS])
    explained = add_sheet(workbook, EXPLANATIONS, [20, 14, 80, 32])
    explained.append(
        [text_cell(explained, label, **HEADING) for label in ("Kolom", "Wajib diisi", "Penjelasan", "Contoh")]
    )
    for column in COLUMNS:
        texts = (column.label, "Ya" if column.required else "Tidak", column.explanation, column.example)
        explained.append([text_cell(explained, text, **WRAPPED) for text in texts])
    return bytes_of(workbook)


def marked_workbook(rows, faults):
    """The bytes of a copy of the rows (as ImportBatch keeps them), each fault told in a last column and coloured."""
    reasons, cells = {}, set()
    for fault in faults:
        words = f"{fault['column']}: {fault['reason']}" if fault["column"] else fault["reason"]
        reasons.setdefault(fault["row"], []).append(words)
        cells.add((fault["row"], fault["column"]))
    workbook = Workbook(write_only=True)
    sheet = add_sheet(workbook, SHEET, [10, *(22 for _ in COLUMNS), 80])
    headings = ("Baris asal", *(column.label for column in COLUMNS), "Kesalahan")
    sheet.append([text_cell(sheet, heading, **HEADING) for heading in headings])
    for number, *texts in rows:
        line = [text_cell(sheet, str(number))]
        for column, text in zip(COLUMNS, texts, strict=True):
            line.append(text_cell(sheet, text, **(AT_FAULT if (number, column.label) in cells else {})))
        line.append(text_cell(sheet, " ".join(reasons.get(number, [])), **WRAPPED))
        sheet.append(line)
    return bytes_of(workbook)


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
