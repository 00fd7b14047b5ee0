from datetime import date
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
from agencies.intake.reading.csv_files import read_csv
from agencies.intake.reading.sheet import read_sheet
from agencies.people.actions import open_account
from agencies.people.models import Employee
from agencies.people.tests.organisation import START, hold, make_employee
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


# --- sections, confirming, ending, undoing --------------------------------------------------------


def test_each_section_has_its_address_and_pages(client, clerk, city):  # noqa: F811
    people = [{"nip": nip_number(n * 999), "name": f"Orang {chr(65 + n % 26)}{n}"} for n in range(55)]
    response = upload(client, workbook_of(*people))

    page = client.get(response.url, {"bagian": "baru", "halaman": "2"})

    assert [section["word"] for section in page.context["sections"]] == ["baru"]
    assert len(page.context["page"].object_list) == 5
    assert "bagian=baru" in page.text
    assert client.get(response.url, {"bagian": "ngawur", "halaman": "x"}).status_code == 200


def test_what_is_suspicious_needs_a_tick(client, clerk, city):  # noqa: F811
    address = upload(client, workbook_of({}, {"nip": "198609262015051002"})).url
    assert "Mungkin orang yang sama" in client.get(address).text

    refused = client.post(f"{address}terapkan/")
    assert refused.status_code == 422
    assert refused.text.count("Periksa hal yang mencurigakan, lalu beri centang di sini.") == 2
    assert not Employee.objects.exists()

    client.post(f"{address}terapkan/", {"diperiksa": "on"})
    assert Employee.objects.count() == 2


def test_a_missing_one_is_ended_by_a_tick_and_a_last_day(client, clerk, city):  # noqa: F811
    held = hold(make_employee("Ani Lama"), city.posts["PERAWAT"], start=date(2026, 1, 2))
    address = upload(client).url
    page = client.get(address, {"bagian": "hilang"})
    assert f'value="{held.pk}"' in page.text

    ticks = {"tampil": held.pk, "akhiri": held.pk}
    for day, words in (
        ("", "Isi hari terakhir"),
        ("2025-01-01", "Ani Lama baru mulai"),
        ("x", "Tulis tanggal"),
    ):
        refused = client.post(f"{address}akhiri/", ticks | {"hari_terakhir": day})
        assert (refused.status_code, words in refused.text) == (422, True)
        assert "checked" in refused.text
    saved = client.post(f"{address}akhiri/?halaman=1", ticks | {"hari_terakhir": "2026-03-31"}, follow=True)
    assert "1 jabatan berakhir" in saved.text
    assert saved.redirect_chain[0][0] == f"{address}?bagian=hilang&halaman=1"
    client.post(f"{address}terapkan/")

    assert held.employee.assignments.known().get().last_day == date(2026, 3, 31)


def test_all_missing_ones_are_ended_by_one_button(client, clerk, city):  # noqa: F811
    for number in range(3):
        hold(make_employee(f"Ani {number}"), city.posts["PERAWAT"], start=date(2026, 1, 2))
    address = upload(client).url

    client.post(f"{address}akhiri/", {"semua": "ya", "hari_terakhir": "2026-03-31"})

    assert len(ImportBatch.objects.get().endings) == 3


def test_the_last_import_is_undone_by_a_click(client, clerk):
    address = upload(client).url
    client.post(f"{address}terapkan/")
    assert "Batalkan penerapan" in client.get(address).text

    undone = client.post(f"{address}batalkan/", follow=True)

    assert "kembali seperti sebelum impor ini" in undone.text
    assert not Employee.objects.counting().exists()
    assert "tidak bisa diambil" in client.post(f"{address}batalkan/", follow=True).text


def test_a_page_costs_the_same_for_one_line_and_for_fifty(client, clerk, django_assert_num_queries):
    small = upload(client).url
    large = upload(
        client, workbook_of(*({"nip": nip_number(n * 999), "name": f"A{n}{n}B"} for n in range(49)))
    ).url
    with CaptureQueriesContext(connection) as captured:
        client.get(small)
    with django_assert_num_queries(len(captured)):
        client.get(large)


# --- what is handed out ---------------------------------------------------------------------------


def test_the_template_is_read_as_it_is_but_for_the_codes_of_the_example(client, clerk):
    response = client.get("/impor/templat/")

    rows, faults = read_sheet(BytesIO(response.content))
    assert (len(rows), faults) == (1, [])
    assert load_workbook(BytesIO(response.content)).sheetnames == ["Pegawai", "Keterangan", "Daftar kode"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="templat-impor-pegawai.xlsx"'
    checked = client.get(upload(client, BytesIO(response.content)).url)
    assert [fault["column"] for fault in checked.context["page"]] == ["Kode Jabatan"]


def test_the_template_names_every_column_and_the_codes_of_the_office(client, city):  # noqa: F811
    client.force_login(office(city.health))

    book = load_workbook(BytesIO(client.get("/impor/templat/").content))

    words = [[cell.value for cell in row] for row in book["Keterangan"].iter_rows()]
    assert words[0] == ["Kolom", "Wajib diisi", "Arti", "Isi yang boleh", "Contoh", "Sumber"]
    assert [line[0] for line in words[1:]] == ["NIP", "Nama", "Status", "Pangkat/Golongan", "Kode Unit",
                                               "Kode Jabatan", "Mulai", "Selesai", "Surel"]  # fmt: skip
    codes = [[cell.value for cell in row] for row in book["Daftar kode"].iter_rows()]
    assert {line[2] for line in codes[1:]} == {"KADIS", "BIDAN", "PERAWAT"}


def test_the_template_as_csv_is_read_as_it_is(client, clerk):
    response = client.get("/impor/templat/csv/")

    reading = read_csv(BytesIO(response.content))
    assert (len(reading.rows), reading.faults) == (1, [])
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="templat-impor-pegawai.csv"'


def test_a_row_is_named_as_excel_names_it(client, clerk):
    def far_down(_workbook, sheet):
        sheet.move_range("A2:I2", rows=4997)

    page = client.get(upload(client, workbook_of({}, shape=far_down)).url)

    assert '<th scope="row">4999</th>' in page.text


def test_a_file_that_changes_nothing_offers_no_applying(client, clerk):
    client.post(f"{upload(client).url}terapkan/")

    page = client.get(upload(client).url)

    assert "Tidak ada yang perlu diterapkan" in page.text
    assert "/terapkan/" not in page.text


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


def test_a_failed_job_of_an_import_leads_back_to_it(client, clerk, monkeypatch):
    monkeypatch.setattr(actions, "ROWS_READ_AT_ONCE", 0)
    upload(client)
    job = Job.objects.get(kind="employee_import")
    Job.objects.update(state="failed", error="Berkas rusak.")

    assert f'href="/impor/{ImportBatch.objects.get().pk}/"' in client.get(f"/pekerjaan/{job.pk}/").text
