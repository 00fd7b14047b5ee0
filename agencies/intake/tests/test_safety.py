import struct
import zipfile
from io import BytesIO

import pytest

from agencies.intake.reading import safety
from agencies.intake.reading.safety import UnsafeFile, check_workbook

from .workbook_files import repacked, workbook_of

SHEET = "xl/worksheets/sheet1.xml"


def reason(file):
    with pytest.raises(UnsafeFile) as refused:
        check_workbook(file)
    return str(refused.value)


def test_an_ordinary_workbook_is_accepted_and_left_at_its_start():
    file = workbook_of({}, {}, {})

    assert check_workbook(file).rows == 4
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"NIP;Nama\n", "bukan XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kata sandi"),
        (b"%PDF-1.7 PK\x03\x04", "bukan XLSX"),
        (b"PK\x03\x04" + b"x" * 200, "rusak"),
        (b"PK\x05\x06" + b"\x00" * 18, "bukan XLSX"),
    ],
)
def test_what_is_no_workbook_is_refused(content, words):
    assert words in reason(BytesIO(content))


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    file = BytesIO(b"PK\x03\x04" + b"x" * safety.LARGEST_FILE)

    assert "5 MB" in reason(file)


def test_another_archive_is_no_workbook():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert "bukan buku kerja" in reason(file)


def test_a_bomb_is_refused_while_it_is_unpacked():
    """40 MB of blanks in 40 kB: the ratio gives it away."""
    file = repacked(workbook_of({}), {SHEET: b" " * 40_000_000})

    assert "tidak wajar" in reason(file)


def test_the_unpacked_size_is_counted_over_all_parts(monkeypatch):
    monkeypatch.setattr(safety, "LARGEST_UNPACKED", 300_000)
    file = repacked(workbook_of({}), {f"xl/media/{n}.txt": bytes(range(256)) * 400 for n in range(3)})

    assert "50 MB" in reason(file)


def test_a_header_that_declares_a_small_size_is_not_believed():
    file = repacked(workbook_of({}), {"xl/media/big.txt": b"x" * 900_000})
    content = bytearray(file.getvalue())
    start = content.rindex(b"xl/media/big.txt") - 46
    content[start + 24 : start + 28] = struct.pack("<L", 10)

    assert "rusak" in reason(BytesIO(bytes(content)))


def test_too_many_parts_are_refused():
    file = repacked(workbook_of({}), {f"xl/media/{n}.txt": b"x" for n in range(2001)})

    assert "terlalu banyak bagian" in reason(file)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../evil"])
def test_a_part_that_leaves_the_archive_is_refused(name):
    assert "tidak wajar" in reason(repacked(workbook_of({}), {name: b"x"}))


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "xl/activeX/activeX1.bin", "xl/embeddings/object.xlsx", "xl/externalLinks/1.xml"],
)
def test_macros_objects_and_links_are_refused(name):
    assert "makro" in reason(repacked(workbook_of({}), {name: b"x"}))


def test_settings_of_a_printer_are_harmless():
    check_workbook(repacked(workbook_of({}), {"xl/printerSettings/printerSettings1.bin": b"x\x00"}))


@pytest.mark.parametrize(
    "text", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!ENTITY a SYSTEM 'file:///etc/passwd'>"]
)
def test_a_declaration_in_the_xml_is_refused(text):
    assert "deklarasi" in reason(repacked(workbook_of({}), {SHEET: lambda old: text + old}))


def test_xml_in_another_encoding_cannot_hide_a_declaration():
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")

    assert "Penyandian" in reason(repacked(workbook_of({}), {SHEET: hidden}))


def test_a_file_with_a_password_is_refused():
    file = bytearray(workbook_of({}).getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := file.find(mark, start)) >= 0:
            file[start + offset] |= 1
            start += 4

    assert "kata sandi" in reason(BytesIO(bytes(file)))
