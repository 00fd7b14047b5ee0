"""data.csv, embedded in the PDF: RFC 4180, UTF-8, comma, decimal point; withheld cells are empty with a `catatan`."""

import csv
from io import StringIO

from .tables import report_tables

HEADER = ("perangkat_daerah", "periode", "tabel", "baris", "kolom", "nilai", "satuan", "catatan")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def data_csv(figures):
    """The cells of all tables as bytes, one line a cell."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    where = harmless(figures["agency"]["name"]), figures["period"]["label"]
    for table in report_tables(figures).values():
        for row, cells in table.labelled_rows:
            for label, cell in cells:
                value = cell.value if cell.number else harmless(cell.value)
                writer.writerow((*where, table.key, harmless(row.head), label, value, cell.unit, cell.note))
    return out.getvalue().encode("utf-8")


def harmless(text):
    """A text that no spreadsheet takes for a formula."""
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_A_FORMULA) else text
