from io import BytesIO

import pytest

from agencies.intake.reading import csv_files
from agencies.intake.reading.csv_files import check_csv, read_csv
from agencies.intake.reading.layouts import UnreadableFile
from agencies.intake.reading.rows import read_rows
from agencies.intake.reading.safety import UnsafeFile

from .workbook_files import GOOD, HEADINGS, KEYS


def text_of(*rows, separator=";", headings=HEADINGS):
    lines = [headings, *([(GOOD | row)[key] or "" for key in KEYS] for row in rows)]
    return "\r\n".join(separator.join(line) for line in lines)


def read(content, encoding="utf-8"):
    """(entries, {cell: reason}) of a CSV file."""
    reading = read_csv(BytesIO(content if isinstance(content, bytes) else content.encode(encoding)))
    entries, wrong = read_rows(reading.rows, reading.layout)
    return entries, {fault.cell: fault.reason for fault in [*reading.faults, *wrong]}


def refusal(content, reader=read_csv):
    with pytest.raises((UnsafeFile, UnreadableFile)) as refused:
        reader(BytesIO(content if isinstance(content, bytes) else content.encode()))
    return str(refused.value)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_usual_separator_and_encoding_is_read(separator, encoding):
    [entry], found = read(text_of({"name": "José Contoh"}, separator=separator), encoding)

    assert (entry.number, entry.name, entry.rank, found) == (2, "José Contoh", "Penata Muda, III/a", {})


def test_quotes_hold_separators_and_quotes():
    [entry], _found = read(text_of({"name": '"Petrus ""Piet"" Contoh; S.Kep."'}))

    assert entry.name == 'Petrus "Piet" Contoh; S.Kep.'


def test_the_line_of_excel_that_tells_the_separator_is_left_out_and_counted():
    [entry], _found = read("sep=,\r\n" + text_of({}, separator=","))

    assert entry.number == 3


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    entries, _found = read(
        text_of({}) + "\r\n;;;\r\n" + text_of({"nip": "199001012015052002"}).split("\r\n")[1]
    )

    assert [entry.number for entry in entries] == [2, 4]


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ({"nip": "1,98609E+17"}, "A2", "Excel"),
        ({"nip": "1.98609E+17"}, "A2", "Excel"),
        ({"nip": '="198609262015051001"'}, "A2", "rumus"),
        ({"name": "=1+1"}, "B2", "rumus"),
        ({"name": "#N/A"}, "B2", "galat Excel"),
        ({"start": "12/31/2025"}, "G2", "Bulan 31"),
        ({"start": "46023"}, "G2", "bukan tanggal"),
        ({"name": ""}, "B2", "belum diisi"),
        ({"email": "a@contoh.test;lebih"}, "J2", "lebih banyak sel"),
    ],
)
def test_a_wrong_cell_is_explained_at_its_place(row, cell, words):
    entries, found = read(text_of(row))

    assert entries == []
    assert words in found.pop(cell)
    assert found == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04xxxx", "sebenarnya XLSX"),
        (b"\xd0\xcf\x11\xe0xxxx", "terkunci kata sandi"),
        (b"%PDF-1.7", "PDF"),
        (text_of({}).encode("utf-16"), "Penyandian"),
        (b"NIP\x00", "Penyandian"),
    ],
)
def test_what_is_no_csv_is_refused(content, words):
    assert words in refusal(content, check_csv)


def test_a_file_beyond_the_bounds_is_refused(monkeypatch):
    monkeypatch.setattr(csv_files, "LARGEST_CSV", 10)
    assert "10 MB" in refusal(b"x" * 11, check_csv)
    monkeypatch.setattr(csv_files, "MOST_ROWS", 2)
    assert "60.000" in refusal(text_of({}, {}, {}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("x", "Yang belum ada: NIP"),
        (text_of(), "tidak ada baris"),
        (text_of({"name": '"Petrus'}), "Tanda kutip"),
        (text_of({"name": "x" * 140_000}), "terlalu panjang"),
        (b"\x81\x8d" + text_of({}).encode(), "Penyandian"),
        (text_of({}, headings=[*HEADINGS[:8], "Gaji"]), "tidak kami kenal: “Gaji” (I1)"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(content, words):
    assert words in refusal(content)
