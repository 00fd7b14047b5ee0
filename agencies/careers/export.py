"""The reports as files: one row for each employee or post, as text in every cell, so that no name becomes a formula."""

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


HEADINGS_OF_POSTS = (
    "Jabatan",
    "Perangkat daerah",
    "Unit",
    "Keadaan",
    "Tanpa pemegang sejak",
    "Diisi sementara oleh",
    "Pegawai di bawahnya",
    "Dinilai atasan berikutnya",
)
WIDTHS_OF_POSTS = (40, 34, 34, 18, 22, 40, 20, 26)


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


def cells_of_post(vacancy):
    return (
        vacancy.name,
        vacancy.agency.name if vacancy.agency else "",
        vacancy.unit.name,
        vacancy.state_words,
        f"{vacancy.since:%d-%m-%Y}" if vacancy.since else "Belum pernah tercatat",
        ", ".join(vacancy.acting),
        str(vacancy.below),
        str(vacancy.past),
    )


def vacancies_as_csv(vacancies):
    return csv_of(HEADINGS_OF_POSTS, map(cells_of_post, vacancies))


def vacancies_as_xlsx(vacancies):
    return xlsx_of("Jabatan kosong", WIDTHS_OF_POSTS, HEADINGS_OF_POSTS, map(cells_of_post, vacancies))


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
