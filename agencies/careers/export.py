"""The report as a file: one row for each employee, as text in every cell, so that no name becomes a formula."""

import csv
from io import StringIO

from openpyxl import Workbook

from agencies.intake.workbooks import HEADING, STARTS_A_FORMULA, add_sheet, bytes_of, text_cell

HEADINGS = (
    "Nama",
    "NIP",
    "Perangkat daerah",
    "Unit",
    "Jabatan",
    "Sebab",
    "Penjelasan",
    "Saran",
    "Penilai saat ini",
)
WIDTHS = (30, 22, 30, 30, 34, 28, 60, 50, 30)


def cells_of(row):
    orphan = row.orphan
    return (
        orphan.employee.name,
        orphan.employee.nip or "",
        row.agency.name if row.agency else "",
        row.unit.name if row.unit else "",
        row.post_name,
        orphan.fault_words,
        orphan.words,
        orphan.advice,
        orphan.appraiser.name if orphan.appraiser else "",
    )


def as_csv(rows):
    return csv_of(HEADINGS, map(cells_of, rows))


def csv_of(headings, lines):
    """Text with semicolons, as spreadsheets in Indonesian open it; the mark at the front says that it is UTF-8."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([disarmed(text) for text in line] for line in (headings, *lines))
    return "\ufeff" + target.getvalue()


def disarmed(text):
    """An apostrophe keeps a spreadsheet from taking the text for a formula, or a NIP for a number."""
    is_number = text.isdigit() and len(text) > 11
    return f"'{text}" if is_number or text.lstrip().startswith(STARTS_A_FORMULA) else text


def as_xlsx(rows):
    return xlsx_of("Tanpa penilai yang benar", WIDTHS, HEADINGS, map(cells_of, rows))


def xlsx_of(title, widths, headings, lines):
    """The bytes of a workbook with one sheet."""
    workbook = Workbook(write_only=True)
    sheet = add_sheet(workbook, title, widths)
    sheet.append([text_cell(sheet, text, **HEADING) for text in headings])
    for line in lines:
        sheet.append([text_cell(sheet, text) for text in line])
    return bytes_of(workbook)
