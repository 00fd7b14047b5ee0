"""Lists that leave the system: as XLSX and as CSV, without a cell that a spreadsheet would run as a formula."""

import csv
import unicodedata
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")  # also in full width, as some spreadsheets take them
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(columns, rows):
    """The bytes of a workbook with one sheet; every cell is a text, so that a NIP keeps its 18 digits."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Daftar")
    sheet.freeze_panes = "A2"
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.append([text_cell(sheet, words, bold=True) for words in columns])
    for row in rows:
        sheet.append([text_cell(sheet, text) for text in row])
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def text_cell(sheet, text, *, bold=False):
    cell = WriteOnlyCell(sheet)
    cell.value = visible(text)
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = starts_a_formula(cell.value)
    if bold:
        cell.font = Font(bold=True)
    return cell


def as_csv(columns, rows):
    """The bytes of a CSV with BOM; what could be a formula gets an apostrophe in front."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([tame(text) for text in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def tame(text):
    text = visible(text)
    return f"'{text}" if starts_a_formula(text) else text


def starts_a_formula(text):
    return text.lstrip().startswith(STARTS_A_FORMULA)


def visible(text):
    """Without control characters and marks of direction; a line break becomes a space."""
    spaced = " ".join(str(text).splitlines()).replace("\t", " ")
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
