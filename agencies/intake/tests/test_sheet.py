from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from agencies.intake.reading import sheet as sheet_module
from agencies.intake.reading.layouts import UnreadableFile
from agencies.intake.reading.rows import read_rows
from agencies.intake.reading.sheet import read_sheet

from .workbook_files import GOOD, HEADINGS, KEYS, nip_number, repacked, saved, workbook_of

SHEET = "xl/worksheets/sheet1.xml"
OTHER_NIP = "199001012015052002"


def read(file):
    """(entries, {cell: reason}) of a workbook."""
    rows, faults = read_sheet(file)
    entries, wrong = read_rows(rows)
    found = {}
    for fault in [*faults, *wrong]:
        assert fault.cell not in found, "one reason for one cell"
        found[fault.cell] = fault.reason
    return entries, found


def refusal(file):
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(file)
    return str(refused.value)


def reason(cell, **changes):
    """The reason for the one fault of a row with `changes`, which must stand at `cell`."""
    entries, found = read(workbook_of(changes))
    assert entries == []
    assert list(found) == [cell]
    return found[cell]


# --- what is read -------------------------------------------------------------------------------


def test_a_good_row_is_read_in_its_canonical_form():
    [entry], found = read(
        workbook_of({"nip": " 19860926 201505 1 001", "name": " Petrus  Contoh ", "end": "2026-12-31"})
    )

    assert found == {}
    assert (entry.number, entry.nip, entry.name) == (2, "198609262015051001", "Petrus Contoh")
    assert (entry.kind, entry.rank) == ("pns", "Penata Muda, III/a")
    assert (entry.start, entry.end) == (date(2026, 1, 2), date(2026, 12, 31))


@pytest.mark.parametrize(
    "typed", ["2026-03-04", "04-03-2026", "4/3/2026", "04.03.2026", date(2026, 3, 4), datetime(2026, 3, 4)]
)
def test_a_day_is_read_however_it_is_written(typed):
    [entry], _found = read(workbook_of({"start": typed}))

    assert entry.start == date(2026, 3, 4)


def test_the_order_and_the_letters_of_the_headings_do_not_matter():
    turned = [[GOOD[key] for key in reversed(KEYS)]]

    [entry], found = read(workbook_of(*turned, headings=[f" {each.upper()} " for each in reversed(HEADINGS)]))

    assert (entry.name, found) == ("Petrus Contoh", {})


def test_empty_rows_are_passed_over_and_keep_the_count():
    entries, _found = read(workbook_of({}, [None] * 9, {"nip": OTHER_NIP}))

    assert [entry.number for entry in entries] == [2, 4]


def test_the_declared_size_of_a_sheet_is_not_believed():
    file = repacked(
        workbook_of({}, {"nip": OTHER_NIP}),
        {SHEET: lambda old: old.replace(b'<dimension ref="A1:I3"', b'<dimension ref="A1:B2"')},
    )

    assert len(read(file)[0]) == 2


def test_a_template_with_its_explanations_is_read_by_its_sheet_of_employees():
    def explain(workbook, sheet):
        workbook.create_sheet("Keterangan", 0).append(["Kolom", "Isi"])

    assert len(read(workbook_of({}, shape=explain))[0]) == 1


# --- what is refused as a whole -----------------------------------------------------------------


def test_a_hidden_sheet_is_refused():
    def hide(workbook, sheet):
        workbook.create_sheet("Rahasia").sheet_state = "hidden"

    assert (
        refusal(workbook_of({}, shape=hide))
        == "Lembar “Rahasia” tersembunyi. Tampilkan atau hapus, lalu unggah lagi."
    )


def test_missing_unknown_and_double_columns_are_named():
    assert "Yang belum ada: Nama, Mulai" in refusal(
        workbook_of([1] * 7, headings=[label for label in HEADINGS if label not in ("Nama", "Mulai")])
    )
    assert "“Gaji” (J1)" in refusal(workbook_of([1] * 10, headings=[*HEADINGS, "Gaji"]))
    assert "NIP ada dua kali" in refusal(workbook_of([1] * 10, headings=[*HEADINGS, "nip"]))
    assert "100 kolom" in refusal(workbook_of([1], headings=[*HEADINGS, *[None] * 91, "X"]))


def test_a_sheet_without_people_is_refused():
    assert "tidak ada baris" in refusal(workbook_of())
    assert "judul kolom" in refusal(saved(Workbook()))


def test_more_rows_than_the_city_could_have_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_module, "MOST_ROWS", 3)

    read_sheet(workbook_of(*({"nip": nip_number(n)} for n in range(3))))
    assert "60.000" in refusal(workbook_of(*({"nip": nip_number(n)} for n in range(4))))


@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<x/>", b"\xff\xfe\x00"])
def test_a_broken_sheet_is_refused_in_words(content):
    assert refusal(repacked(workbook_of({}), {SHEET: content}))


# --- what is wrong in one cell --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nip", "words"),
    [
        (198609262015051001, "Excel"),
        (1.98609262015051e17, "Excel"),
        ("1,98609E+17", "Excel"),
        ("19860926", "NIP harus 18 angka; yang tertulis 8 angka."),
        ("198613262015051001", "Bulan lahir 13 tidak ada (angka ke-5 dan ke-6)."),
        (None, "NIP belum diisi."),
        ("=1+1", "rumus"),
    ],
)
def test_a_wrong_nip_is_explained(nip, words):
    assert words in reason("A2", nip=nip)


def test_the_same_nip_twice_points_to_the_first():
    _entries, found = read(workbook_of({}, {"nip": OTHER_NIP}, {"nip": "19860926 201505 1 001"}))

    assert found == {"A4": "NIP ini sudah ada di baris 2."}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (None, "Nama belum diisi."),
        ("x" * 161, "161 tanda, paling banyak 160"),
        ("12345", "huruf"),
        ("Petrus\u202eContoh", "U+202E"),
        ("Petrus\u200bContoh", "U+200B"),
        ("Petrus\nContoh", "U+000A"),
        (True, "bukan teks"),
        (date(2026, 1, 1), "tanggal"),
    ],
)
def test_a_wrong_name_is_explained(name, words):
    assert words in reason("B2", name=name)


@pytest.mark.parametrize("name", ["=SUM(A1)", "=cmd|'/c calc'!A1"])
def test_a_formula_is_refused_not_calculated(name):
    assert reason("B2", name=name) == "Sel ini berisi rumus. Salin isinya, lalu tempel sebagai nilai."


def test_an_error_of_excel_is_refused():
    assert "#N/A" in reason("B2", name="#N/A")


@pytest.mark.parametrize("status", ["Honorer", "pejabat", "</script>", "1"])
def test_an_unknown_status_is_refused(status):
    assert "tidak dikenal. Tulis PNS, CPNS, PPPK, atau PPPK Paruh Waktu." in reason("C2", kind=status)


def test_a_status_that_contradicts_the_nip_is_refused():
    assert "milik PNS" in reason("C2", kind="PPPK")
    assert "milik PPPK" in reason("C2", nip="199001012023211001", rank="IX")


@pytest.mark.parametrize("rank", ["V/a", "IX", "x" * 61])
def test_an_unknown_rank_is_refused(rank):
    assert reason("D2", rank=rank)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (None, "Mulai belum diisi."),
        ("31-02-2026", "Tanggal 31-02-2026 tidak ada."),
        ("12/31/2026", "Bulan 31 tidak ada."),
        ("2026-31-12", "Bulan 31 tidak ada."),
        ("00-00-0000", "tidak mungkin"),
        ("1-1-26", "bukan tanggal"),
        ("1 Januari 2026", "bukan tanggal"),
        ("01-01-1949", "Tahun 1949"),
        ("01-01-9999", "Tahun 9999"),
        ("٠١-٠١-٢٠٢٦", "bukan tanggal"),
        (46023, "angka"),
        (46023.5, "angka"),
        (datetime(2026, 1, 2, 8, 30), "jam"),
        (time(8, 30), "angka"),
        ("=TODAY()", "rumus"),
    ],
)
def test_an_impossible_start_is_explained(start, words):
    assert words in reason("G2", start=start)


def test_a_date_beyond_the_calendar_is_a_fault_of_its_cell():
    def stretch(workbook, sheet):
        sheet["G2"] = 99999999
        sheet["G2"].number_format = "dd-mm-yyyy"

    _entries, found = read(workbook_of({}, shape=stretch))

    assert list(found) == ["G2"]


def test_where_one_date_has_its_month_in_front_the_doubtful_ones_are_faults():
    _entries, found = read(
        workbook_of(
            {"start": "12/31/2025"},
            {"nip": OTHER_NIP, "start": "03/04/2026"},
            {"nip": "199001012015052003", "start": "31/12/2025"},
            {"nip": "199001012015052004", "start": "05/05/2025"},
        )
    )

    assert list(found) == ["G2", "G3"]
    assert "bercampur (lihat G2)" in found["G3"]


def test_an_end_before_the_start_is_refused():
    assert reason("H2", end="01-01-2026") == "Selesai lebih awal daripada Mulai."


def test_one_day_in_a_post_is_enough():
    assert read(workbook_of({"end": "02-01-2026"}))[1] == {}


def test_a_wrong_address_is_refused():
    assert "bukan alamat surel" in reason("I2", email="petrus@")


def test_merged_cells_are_refused_each_range_at_its_cell():
    def merge(workbook, sheet):
        sheet.merge_cells("C2:C4")
        sheet.merge_cells("B3:D3")

    _rows, faults = read_sheet(
        workbook_of({}, {"nip": OTHER_NIP}, {"nip": "199001012015052003"}, shape=merge)
    )

    merged = [(fault.cell, fault.reason) for fault in faults]
    assert ("C2", "Sel C2:C4 digabung. Pisahkan, lalu isi setiap barisnya.") in merged
    assert ("B3", "Sel B3:D3 digabung. Pisahkan, lalu isi setiap barisnya.") in merged


def test_merged_cells_are_found_across_pieces_of_a_long_sheet():
    def merge(workbook, sheet):
        for number in range(2, 3000, 2):
            sheet.merge_cells(f"K{number}:L{number}")

    _rows, faults = read_sheet(workbook_of({}, shape=merge))

    assert len(faults) == len({fault.cell for fault in faults}) == 1499
