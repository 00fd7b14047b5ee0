"""Attacks over HTTP, as a browser would send them: each gets a clear answer, and nothing is kept or done twice."""

import threading
import time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from agencies.intake.actions import receive_upload
from agencies.intake.models import ImportBatch
from agencies.people.models import Assignment, Employee

from .test_actions import city, office, receive  # noqa: F401
from .test_views import clerk, upload  # noqa: F401
from .workbook_files import repacked, workbook_of

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def million_rows():
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c></row>'
    return repacked(
        workbook_of({}), {SHEET: lambda old: old.replace(b"</sheetData>", row * 1_000_000 + b"</sheetData>")}
    )


def far_row():
    """One row at the very end of the sheet: a million empty ones lie between."""
    return repacked(
        workbook_of({}),
        {
            SHEET: lambda old: old.replace(
                b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
            )
        },
    )


BOMBS = {
    "zip bomb": (lambda: repacked(workbook_of({}), {SHEET: b" " * 40_000_000}), "tidak wajar"),
    "billion laughs": (lambda: repacked(workbook_of({}), {SHEET: lambda old: LAUGHS + old}), "deklarasi XML"),
    "a million rows": (million_rows, "tidak wajar"),
    "encrypted": (lambda: BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600), "kata sandi"),
    "macros": (lambda: repacked(workbook_of({}), {"xl/vbaProject.bin": b"x"}), "makro"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_workbook_gets_a_clear_answer_in_time(client, clerk, bomb):  # noqa: F811
    make, words = BOMBS[bomb]
    file = make()
    start = time.process_time()

    response = upload(client, file)

    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["berkas"])
    assert time.process_time() - start < 5
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_a_row_at_the_end_of_the_sheet_holds_nobody_up(client, clerk):  # noqa: F811
    """Walking there takes half a minute, so the way is refused early."""
    response = upload(client, far_row())

    assert response.status_code == 422
    assert "Hapus baris kosong" in " ".join(response.context["form"].errors["berkas"])


@pytest.mark.django_db
def test_a_csv_of_a_million_rows_is_refused(client, clerk):  # noqa: F811
    heads = ",".join(["NIP", "Nama", "Status", "Kode Unit", "Kode Jabatan", "Mulai"]).encode()

    response = upload(client, BytesIO(heads + b"\n1,x" * 1_000_000), "pegawai.csv")

    assert response.status_code in (302, 422)
    if response.status_code == 302:  # long: the job reads it, and says so on its page
        from agencies.intake.actions import apply_import_job
        from ambon_kinerja.jobs.models import Job

        apply_import_job(Job.objects.get(), lambda percent, text="": None)
        assert "60.000 baris" in client.get(response.url).text


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["", "salinan/"])
def test_a_forged_number_finds_nothing(client, city, end):  # noqa: F811
    other = receive({"nip": "1"}, by=office(city.school))
    client.force_login(office(city.health))

    for key in (other.pk, 0, 999_999_999, 10**30):
        assert client.get(f"/impor/{key}/{end}").status_code == 404
        for act in ("terapkan/", "batalkan/", "buang/", "akhiri/"):
            assert client.post(f"/impor/{key}/{act}").status_code == 404
    assert ImportBatch.objects.get().state == "read"


@pytest.mark.django_db
def test_a_forged_assignment_is_never_ended(client, clerk, city):  # noqa: F811
    from agencies.people.tests.organisation import hold, make_employee

    other = hold(make_employee("Budi Guru"), city.posts["GURU"])
    batch = receive({}, by=clerk)

    response = client.post(
        f"/impor/{batch.pk}/akhiri/",
        {"tampil": [other.pk], "akhiri": [other.pk], "hari_terakhir": "2026-03-31"},
    )

    assert response.status_code == 422
    batch.refresh_from_db()
    assert batch.endings == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_have_one_effect(city):  # noqa: F811
    """Ten clicks of two people in the same moment: one applies, the others are told."""
    users = [office(city.root), office(city.health)]
    batch = receive_upload(workbook_of({}), file_name="x.xlsx", by=users[1])
    clients = []
    for number in range(10):
        client = Client()
        client.force_login(users[number % 2])
        clients.append(client)
    start, answers = threading.Barrier(10), []

    def click(client):
        start.wait()
        try:
            answers.append(client.post(f"/impor/{batch.pk}/terapkan/").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [302] * 10
    assert (Employee.objects.count(), Assignment.objects.count()) == (1, 1)
    assert ImportBatch.objects.get().state == "applied"


@pytest.mark.django_db(transaction=True)
def test_the_same_file_uploaded_twice_and_applied_at_once_has_one_effect(city):  # noqa: F811
    from agencies.intake.actions import apply_import

    batches = [receive({}) for _ in range(4)]
    written = []

    def work(batch):
        try:
            written.append(apply_import(batch, by="test").counts["written"])
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(written) == [0, 0, 0, 2]
    assert Employee.objects.count() == 1


@pytest.mark.django_db
def test_an_upload_keeps_its_tick(client, clerk):  # noqa: F811
    content = workbook_of({}).getvalue()

    client.post("/impor/baru/", {"berkas": SimpleUploadedFile("x.xlsx", content), "seluruh": "on"})

    assert ImportBatch.objects.get().covers_all
