from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.intake import actions
from agencies.intake.models import ImportBatch
from agencies.intake.reading.sheet import read_sheet
from agencies.people.actions import open_account
from agencies.people.models import Employee
from agencies.people.tests.organisation import START
from ambon_kinerja.jobs.models import Job

from .test_actions import city, office, receive  # noqa: F401
from .workbook_files import nip_number, workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, city):  # noqa: F811
    user = office(city.root)
    client.force_login(user)
    return user


def upload(client, file=None, name="pegawai.xlsx"):
    content = (file or workbook_of({})).getvalue()
    return client.post("/impor/baru/", {"berkas": SimpleUploadedFile(name, content)})


def addresses(batch):
    return [f"/impor/{batch.pk}/{end}" for end in ("", "salinan/")], [
        f"/impor/{batch.pk}/{end}" for end in ("terapkan/", "buang/")
    ]


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, Role.UNIT_ADMIN, Role.INSPECTOR, Role.SYSTEM_ADMIN])
def test_nobody_but_the_personnel_office_finds_the_import(client, city, role):  # noqa: F811
    user = open_account(email="a@contoh.test", name="A", by="test")
    if role:
        grant_role(user, role=role, unit=city.root, start=START, by="test", reason="SK")
    client.force_login(user)
    reading, changing = addresses(receive({"nip": "1"}))

    for address in ["/impor/", "/impor/baru/", "/impor/templat/", *reading]:
        assert client.get(address).status_code == 404
    for address in ["/impor/baru/", *changing]:
        assert client.post(address).status_code == 404
    assert ImportBatch.objects.get().state == "read"


def test_the_office_of_an_agency_finds_its_own_imports_only(client, city):  # noqa: F811
    mine, other = office(city.health), office(city.school)
    batch = receive({}, by=other)
    client.force_login(mine)

    assert client.get(f"/impor/{batch.pk}/").status_code == 404
    assert client.post(f"/impor/{batch.pk}/terapkan/").status_code == 404
    assert list(client.get("/impor/").context["page"]) == []


def test_changing_takes_a_post(client, clerk):
    reading, changing = addresses(receive({}))

    for address in changing:
        assert client.get(address).status_code == 405
    for address in ["/impor/", reading[0]]:
        assert client.post(address).status_code == 405


# --- from upload to applied -----------------------------------------------------------------------


def test_a_good_file_is_shown_then_applied_by_a_second_click(client, clerk):
    response = upload(client)
    batch = ImportBatch.objects.get()

    assert response.url == f"/impor/{batch.pk}/"
    page = client.get(response.url)
    assert "Terapkan 1 baris" in page.text
    assert "Petrus Contoh" in page.text
    assert not Employee.objects.exists()

    applied = client.post(f"/impor/{batch.pk}/terapkan/", follow=True)
    assert "sudah diterapkan" in applied.text
    assert Employee.objects.get().name == "Petrus Contoh"
    assert "Terapkan 1 baris" not in applied.text


def test_a_second_click_too_many_is_told_and_harmless(client, clerk):
    upload(client)
    batch = ImportBatch.objects.get()
    client.post(f"/impor/{batch.pk}/terapkan/")

    again = client.post(f"/impor/{batch.pk}/terapkan/", follow=True)

    assert "tidak bisa diambil" in again.text
    assert Employee.objects.count() == 1


def test_faults_are_shown_by_cell_and_column_and_hold_the_file_back(client, clerk):
    response = upload(client, workbook_of({"nip": "123", "start": "31-02-2026"}))

    page = client.get(response.url)

    lines = [(fault["cell"], fault["column"]) for fault in page.context["page"]]
    assert lines == [("A2", "NIP"), ("G2", "Mulai")]
    assert "Tanggal 31-02-2026 tidak ada." in page.text
    assert "Terapkan" not in page.text
    refused = client.post(f"{response.url}terapkan/", follow=True)
    assert "masih berisi kesalahan" in refused.text
    assert not Employee.objects.exists()


def test_many_faults_stand_on_pages(client, clerk):
    response = upload(client, workbook_of(*({"nip": nip_number(n), "kind": "?"} for n in range(60))))

    second = client.get(response.url, {"halaman": 2})

    assert len(second.context["page"].object_list) == 10
    assert "51–60 dari 60 kesalahan" in second.text


def test_a_discarded_file_changes_nothing(client, clerk):
    response = upload(client)

    page = client.post(f"{response.url}buang/", follow=True)

    assert "Tidak ada data yang berubah." in page.text
    assert ImportBatch.objects.get().state == "discarded"


def test_a_long_import_leads_to_its_job(client, clerk, monkeypatch):
    monkeypatch.setattr(actions, "ROWS_APPLIED_AT_ONCE", 0)
    response = upload(client)

    applied = client.post(f"{response.url}terapkan/")

    assert applied.url == f"/pekerjaan/{Job.objects.get().pk}/"
    assert applied.url in client.get(response.url).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("pegawai.xls", b"x", "Format .xls sudah lama"),
        ("pegawai.xlsm", b"x", "memuat makro"),
        ("pegawai.csv", b"x", "Yang belum ada: NIP"),
        ("pegawai.ods", b"x", "ODS"),
        ("pegawai", b"x", "berformat XLSX atau CSV"),
        ("pegawai.xlsx.exe", b"x", "berformat XLSX atau CSV"),
        ("pegawai.xlsx", b"", "kosong"),
        ("pegawai.xlsx", b"<html>", "bukan XLSX"),
        ("x" * 240 + ".xlsx", b"x", "terlalu panjang"),
    ],
)
def test_a_file_of_another_kind_is_explained_at_the_field(client, clerk, name, content, words):
    response = client.post("/impor/baru/", {"berkas": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["berkas"])
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_explained(client, clerk):
    response = client.post("/impor/baru/")

    assert response.status_code == 422
    assert response.context["form"].errors == {"berkas": ["Pilih berkas XLSX atau CSV dari perangkat Anda."]}


def test_a_hostile_file_name_stays_text(client, clerk):
    response = upload(client, name="../../<script>alert(1)</script>.xlsx")

    assert "<script>alert" not in client.get(response.url).text
    assert "/" not in ImportBatch.objects.get().file_name


# --- what is handed out ---------------------------------------------------------------------------


def test_the_template_is_read_as_it_is_but_for_the_codes_of_the_example(client, clerk):
    response = client.get("/impor/templat/")

    rows, faults = read_sheet(BytesIO(response.content))
    assert (len(rows), faults) == (1, [])
    assert load_workbook(BytesIO(response.content)).sheetnames == ["Pegawai", "Keterangan", "Daftar kode"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="templat-impor-pegawai.xlsx"'
    checked = client.get(upload(client, BytesIO(response.content)).url)
    assert [fault["column"] for fault in checked.context["page"]] == ["Kode Jabatan"]


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", "=cmd|'/c calc'!A1"])
def test_the_marked_copy_tells_the_fault_and_holds_no_formula(client, clerk, hostile):
    address = upload(client, workbook_of({"name": hostile, "unit": hostile})).url

    copy = load_workbook(BytesIO(client.get(f"{address}salinan/").content))["Pegawai"]

    assert {cell.data_type for row in copy.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert copy["C2"].value == hostile.strip()
    assert copy["C2"].quotePrefix
    assert "Kode Unit: " in copy["K2"].value or "Nama: " in copy["K2"].value
    assert copy["F2"].fill.fgColor.rgb == "00F6C9C4" or copy["C2"].fill.fgColor.rgb == "00F6C9C4"


def test_a_file_without_faults_has_no_marked_copy(client, clerk):
    address = upload(client).url

    assert client.get(f"{address}salinan/").status_code == 404


# --- the list ---------------------------------------------------------------------------------------


def test_the_list_shows_every_import_with_its_state(client, clerk):
    upload(client)
    upload(client, workbook_of({"nip": "1"}), "salah.xlsx")

    page = client.get("/impor/")

    assert [batch.file_name for batch in page.context["page"]] == ["salah.xlsx", "pegawai.xlsx"]
    assert "Perlu diperbaiki" in page.text
    assert "Siap diterapkan" in page.text


def test_the_list_costs_the_same_for_one_and_for_three(client, clerk, django_assert_num_queries):
    upload(client)
    with CaptureQueriesContext(connection) as captured:
        client.get("/impor/")
    one = len(captured)
    upload(client)
    upload(client)
    with django_assert_num_queries(one):
        client.get("/impor/")
    assert one <= 12
