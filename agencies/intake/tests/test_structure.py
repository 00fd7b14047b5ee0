"""Hidden rows and columns, and merged cells, which openpyxl does not show in its read-only mode."""

import re
import time

import pytest

from agencies.intake.reading.layouts import UnreadableFile
from agencies.intake.reading.rows import read_rows
from agencies.intake.reading.sheet import read_sheet

from .workbook_files import nip_number, repacked, workbook_of

SHEET = "xl/worksheets/sheet1.xml"


def faults_of(*rows, shape):
    reading = read_sheet(workbook_of(*rows, shape=shape))
    _entries, wrong = read_rows(reading.rows, reading.layout)
    return [(fault.row, fault.column, fault.cell, fault.reason) for fault in [*reading.faults, *wrong]]


def people(count):
    return [{"nip": nip_number(number)} for number in range(count)]


def test_hidden_rows_are_told_as_one_run():
    def hide(workbook, sheet):
        for number in (3, 4, 6, 90):
            sheet.row_dimensions[number].hidden = True

    assert faults_of(*people(6), shape=hide) == [
        (3, "", "", "Baris 3 sampai 4 tersembunyi. Tampilkan atau hapus, lalu unggah lagi."),
        (6, "", "", "Baris 6 tersembunyi. Tampilkan atau hapus, lalu unggah lagi."),
    ]


def test_a_hidden_column_with_a_heading_is_told_and_one_without_is_not():
    def hide(workbook, sheet):
        for letter in ("D", "Z"):
            sheet.column_dimensions[letter].hidden = True

    assert faults_of({}, shape=hide) == [
        (1, "Pangkat/Golongan", "D1", "Kolom D tersembunyi. Tampilkan, lalu periksa isinya.")
    ]


def test_a_merged_range_is_one_fault_with_its_column():
    def merge(workbook, sheet):
        sheet.merge_cells("B2:C3")

    assert faults_of(*people(3), shape=merge) == [
        (2, "Nama", "B2", "Sel B2:C3 digabung. Pisahkan, lalu isi setiap barisnya.")
    ]


def test_rows_merged_again_and_again_are_refused_in_time():
    """A hostile sheet: 3,000 ranges of 60,000 rows each."""
    ranges = b"".join(b'<mergeCell ref="A2:A60000"/>' for _ in range(3000))
    file = repacked(
        workbook_of({}), {SHEET: lambda old: old.replace(b"</sheetData>", b"</sheetData>" + ranges)}
    )
    start = time.process_time()

    with pytest.raises(UnreadableFile, match="Terlalu banyak sel digabung"):
        read_sheet(file)

    assert time.process_time() - start < 2


def renumbered(file, old, new):
    """The row `old` of the sheet under the number `new`, as a broken program would write it."""

    def change(content):
        assert f'<row r="{old}"'.encode() in content
        content = content.replace(f'<row r="{old}"'.encode(), f'<row r="{new}"'.encode())
        return re.sub(rf'r="([A-Z]+){old}"'.encode(), rf'r="\g<1>{new}"'.encode(), content)

    return repacked(file, {SHEET: change})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (3, 2, "Baris 2 tertulis dua kali"),
        (4, 2, "Baris 2 tertulis dua kali"),
        (2, 9, "Baris 3 tidak pada urutannya"),
    ],
)
def test_a_row_that_would_be_passed_over_is_told(old, new, words):
    reading = read_sheet(renumbered(workbook_of(*people(3)), old, new))

    assert len(reading.rows) < 3  # what is lost without a word
    assert words in " ".join(fault.reason for fault in reading.faults)
    assert {fault.row for fault in reading.faults} <= {2, 3, 4}


def test_rows_in_their_order_with_gaps_and_without_numbers_are_no_fault():
    def without_numbers(content):
        return re.sub(rb'<row r="\d+"', b'<row spans="1:9"', content)

    gap = renumbered(workbook_of(*people(3)), 4, 40)
    unnumbered = repacked(workbook_of(*people(3)), {SHEET: without_numbers})

    for file in (gap, unnumbered):
        reading = read_sheet(file)
        assert (len(reading.rows), reading.faults) == (3, [])


def test_two_rows_alike_are_told_at_the_second():
    """The same person twice under two numbers: the second row says where the first stands."""
    alike = people(1) * 2

    assert faults_of(*alike, shape=lambda *_: None) == [(3, "NIP", "A3", "NIP ini sudah ada di baris 2.")]


def test_a_hostile_sheet_that_writes_one_row_again_and_again_is_refused():
    many = repacked(
        workbook_of({}),
        {SHEET: lambda old: old.replace(b"</sheetData>", b'<row r="2"/>' * 2000 + b"</sheetData>")},
    )

    with pytest.raises(UnreadableFile, match="Terlalu banyak baris"):
        read_sheet(many)
