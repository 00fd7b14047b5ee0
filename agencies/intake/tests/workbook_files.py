"""Workbooks for the tests, good and bad."""

import zipfile
from io import BytesIO

from openpyxl import Workbook

from agencies.intake.reading.columns import COLUMNS

HEADINGS = [column.label for column in COLUMNS]
KEYS = [column.key for column in COLUMNS]
GOOD = {
    "nip": "198609262015051001",
    "name": "Petrus Contoh",
    "kind": "PNS",
    "rank": "III/a",
    "unit": "DINKES",
    "post": "BIDAN",
    "start": "02-01-2026",
    "end": None,
    "email": "petrus@contoh.test",
}


def nip_number(number):
    """A well-formed NIP of its own for every number up to 9,000,000."""
    month, rest = divmod(number, 900_000)
    year, rest = divmod(rest, 28 * 999)
    day, serial = divmod(rest, 999)
    return f"{1980 + year % 10}{month + 1:02}{day + 1:02}2015051{serial + 1:03}"


def workbook_of(*rows, headings=HEADINGS, shape=None):
    """A seekable file with one sheet; a row is a dict of changes to GOOD, or a list; `shape` alters it."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Pegawai"
    sheet.append(headings)
    for row in rows:
        sheet.append([(GOOD | row)[key] for key in KEYS] if isinstance(row, dict) else row)
    if shape:
        shape(workbook, sheet)
    return saved(workbook)


def saved(workbook):
    file = BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def repacked(file, changes, *, drop=()):
    """The archive with the parts in `changes` (name → bytes, or a function of the old bytes) put in place."""
    result = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in drop and name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content(old.read(name)) if callable(content) else content)
    result.seek(0)
    return result
