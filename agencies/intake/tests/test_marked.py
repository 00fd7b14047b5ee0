"""The copy of an upload with its faults marked: told, coloured, to filter by, and good to be uploaded again."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from agencies.intake.models import ImportBatch
from agencies.intake.reading.sheet import read_sheet

from .test_actions import city  # noqa: F401
from .test_views import clerk, upload  # noqa: F401
from .workbook_files import nip_number, saved, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clerk")]


def marked_copy(client, *rows, **options):
    address = upload(client, workbook_of(*rows, **options)).url
    return load_workbook(BytesIO(client.get(f"{address}salinan/").content))


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", "=cmd|'/c calc'!A1"])
def test_the_marked_copy_tells_the_fault_and_holds_no_formula(client, hostile):
    address = upload(client, workbook_of({"name": hostile, "unit": hostile})).url

    copy = load_workbook(BytesIO(client.get(f"{address}salinan/").content))["Pegawai"]

    assert {cell.data_type for row in copy.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert copy["D2"].value == hostile.strip()
    assert copy["D2"].quotePrefix
    assert "Kode Unit: " in copy["L2"].value or "Nama: " in copy["L2"].value
    assert copy["G2"].fill.fgColor.rgb == "00F6C9C4" or copy["D2"].fill.fgColor.rgb == "00F6C9C4"


def test_the_marked_copy_may_be_mended_and_uploaded(client):
    def hide_a_column(_workbook, sheet):
        sheet.column_dimensions["D"].hidden = True

    file = workbook_of({}, {"nip": nip_number(2), "kind": "Honorer", "email": None}, shape=hide_a_column)
    address = upload(client, file).url
    copy = load_workbook(BytesIO(client.get(f"{address}salinan/").content))
    sheet = copy["Pegawai"]
    assert [sheet["A2"].value, sheet["C2"].value] == ["1", None]  # said of the whole sheet
    assert sheet["E4"].value == "Honorer"
    sheet["E4"] = "PNS"

    again = client.get(upload(client, saved(copy)).url)

    counts = again.context["counts"]
    assert (counts["rows"], counts["faults"], counts["new"]) == (2, 0, 2)
    assert "kolom tidak dibaca" not in again.text


def test_a_file_without_faults_has_no_marked_copy(client):
    address = upload(client).url

    assert client.get(f"{address}salinan/").status_code == 404


def test_the_copy_is_filtered_by_what_is_to_mend_under_a_head_that_stays(client):
    good, bad = {}, {"nip": nip_number(2), "kind": "Honorer"}

    sheet = marked_copy(client, good, bad)["Pegawai"]

    assert [cell.value for cell in sheet["B"]] == ["Perlu diperbaiki", "Tidak", "Ya"]
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:L3"
    assert sheet.freeze_panes == "C2"


def test_what_is_said_of_the_whole_sheet_is_to_mend_and_within_the_filter(client):
    def hide_a_column(_workbook, sheet):
        sheet.column_dimensions["D"].hidden = True

    sheet = marked_copy(client, {}, shape=hide_a_column)["Pegawai"]

    assert [cell.value for cell in sheet["B"]] == ["Perlu diperbaiki", "Ya", "Tidak"]
    assert sheet.auto_filter.ref == "A1:L3"


def test_of_rows_after_the_last_fault_that_was_kept_nothing_is_claimed(client, monkeypatch):
    monkeypatch.setattr("agencies.intake.actions.MOST_FAULTS_KEPT", 1)
    wrong = [{"nip": nip_number(number), "kind": "Honorer"} for number in (2, 3)]

    sheet = marked_copy(client, {}, *wrong, {"nip": nip_number(4)})["Pegawai"]

    assert [cell.value for cell in sheet["B"]][1:] == ["Tidak", "Ya", "Belum diketahui", "Belum diketahui"]


def test_a_copy_that_comes_back_filtered_is_told_once_and_nobody_is_advised_to_delete(client):
    wrong = [{"nip": nip_number(number), "kind": "Honorer"} for number in (2, 4)]
    copy = marked_copy(client, wrong[0], {}, wrong[1], {"nip": nip_number(3)})
    sheet = copy["Pegawai"]
    for number in (2, 4):
        sheet[f"E{number}"] = "PNS"
    sheet.auto_filter.add_filter_column(1, ["Ya"])
    for number in (3, 5):
        sheet.row_dimensions[number].hidden = True

    faults = read_sheet(saved(copy)).faults

    assert [(fault.row, fault.reason) for fault in faults] == [
        (3, "2 baris tersembunyi oleh saringan, mulai baris 3. Tampilkan semua baris, lalu unggah lagi.")
    ]


def test_a_filter_that_hides_nobody_is_no_fault(client):
    copy = marked_copy(client, {"kind": "Honorer"})
    sheet = copy["Pegawai"]
    sheet["E2"] = "PNS"
    sheet.auto_filter.add_filter_column(1, ["Ya"])

    again = client.get(upload(client, saved(copy)).url)

    assert (again.context["counts"]["rows"], again.context["counts"]["faults"]) == (1, 0)
    assert ImportBatch.objects.count() == 2
