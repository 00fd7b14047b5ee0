"""One quarter of one clinic, from the spreadsheet to the verified report, page by page as its people see them."""

import subprocess
import sys
from datetime import date
from io import BytesIO, StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.module_loading import import_string
from openpyxl import Workbook

from agencies.access.actions import grant_role
from agencies.people.actions import open_account
from agencies.people.models import Employee
from agencies.structure.actions import add_post, add_unit
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.tasks import run_job
from ambon_kinerja.management.commands.prepare_database import REFERENCE_DATA
from appraisal.demo.evidence_file import small_pdf
from feedback.citizens.elements import Element
from feedback.services.actions import add_service

from .person import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "kunci-untuk-percobaan-83"
LONG_AGO = date(2020, 1, 1)
IN_THE_QUARTER = "2026-09-21T09:00:00+09:00"
AFTER_IT = "2026-10-12T09:00:00+09:00"
# (NIP, name, unit, post)
STAFF = (
    ("197503032000032901", "Melati Samudra", "DINKES", "kadinkes"),
    ("198004042005041902", "Bayu Karang", "PKM", "kapuskesmas"),
    ("198505052010052903", "Cempaka Teluk", "PKM", "bidan"),
    ("199006062015062904", "Dahlia Ombak", "PKM", "bidan"),
)
HEAD, APPRAISER, MIDWIFE, COLLEAGUE = (nip for nip, *_ in STAFF)


@pytest.fixture
def clock():
    with time_machine.travel(IN_THE_QUARTER, tick=True) as traveller:
        yield traveller


@pytest.fixture
def office(clock):
    """What stands before anybody opens a page: units, posts, a service, and the accounts of two offices."""
    for name in REFERENCE_DATA:
        import_string(name)()
    units = {}
    for code, above, kind, name in (
        ("KOTA", None, "city", "Pemerintah Kota Ambon"),
        ("DINKES", "KOTA", "agency", "Dinas Kesehatan"),
        ("PKM", "DINKES", "unit", "Puskesmas Contoh"),
    ):
        parent = units.get(above)
        units[code] = add_unit(parent=parent, kind=kind, code=code, name=name, valid_from=LONG_AGO, by="test")
    posts = {}
    for code, unit, name, kind, above in (
        ("walikota", "KOTA", "Wali Kota", "kepala_daerah", None),
        ("kadinkes", "DINKES", "Kepala Dinas Kesehatan", "jpt", "walikota"),
        ("kapuskesmas", "PKM", "Kepala Puskesmas", "jf_keahlian", "kadinkes"),
        ("bidan", "PKM", "Bidan Penyelia", "jf_keterampilan", "kapuskesmas"),
    ):
        facts = {"unit": units[unit], "code": code, "name": name, "kind": kind, "superior": posts.get(above)}
        posts[code] = add_post(**facts, leads_unit=code != "bidan", by="test")
    add_service(unit=units["PKM"], name="Pelayanan ibu dan anak", slug="ibu-dan-anak", by="test")
    for name, role, unit in (
        ("bkpsdm", "personnel_office", "KOTA"),
        ("admin.dinkes", "unit_admin", "DINKES"),
    ):
        account = open_account(
            email=f"{name}@contoh.test", name=f"Orang {name}", password=PASSWORD, by="test"
        )
        grant_role(account, role=role, unit=units[unit], start=LONG_AGO, reason="uji", by="test")
    return Person().signs_in("bkpsdm@contoh.test", PASSWORD)


def test_a_quarter_from_the_spreadsheet_to_the_verified_report(office, clock, tmp_path):
    the_office_imports_the_staff(office)
    the_office_plans_the_quarter(office)
    midwife, colleague, appraiser = (somebody(nip) for nip in (MIDWIFE, COLLEAGUE, APPRAISER))

    plan = she_writes_her_plan_and_it_is_agreed(midwife, appraiser, returned_once=True)
    she_writes_her_plan_and_it_is_agreed(colleague, appraiser)
    she_records_what_she_reached(midwife)
    he_gives_feedback(appraiser, plan)
    he_rates(appraiser, "Cempaka Teluk", work="Sesuai ekspektasi", other_than_suggested=False)
    he_rates(appraiser, "Dahlia Ombak", work="Di bawah ekspektasi", other_than_suggested=True)
    she_reads_her_result(midwife, tmp_path)
    colleague.opens("/kinerja-saya/")
    colleague.follows("Lihat hasil")
    colleague.reads("Predikat Anda: Butuh Perbaikan", "Capaian belum sejalan dengan kesepakatan.")

    citizens_answer_the_survey()
    clock.move_to(AFTER_IT)
    report = the_admin_asks_for_the_report()
    anybody_verifies_it(report)
    the_audit_trail_is_whole()


def somebody(nip):
    """One of the imported, with an account of her own."""
    person = Employee.objects.get(nip=nip)
    open_account(email=f"{nip}@contoh.test", name=person.name, password=PASSWORD, employee=person, by="test")
    return Person().signs_in(nip, PASSWORD)


def the_office_imports_the_staff(office):
    office.opens("/")
    office.follows("Impor pegawai")
    office.follows("Impor berkas pertama")
    office.presses(
        "Unggah dan periksa",
        berkas=workbook((*STAFF[:3], (COLLEAGUE, "Dahlia Ombak", "PKM", "tidak-ada"))),
    )
    office.reads("Perlu diperbaiki", "tidak-ada")
    office.follows("Unggah berkas yang sudah diperbaiki")
    office.presses("Unggah dan periksa", berkas=workbook(STAFF))
    office.reads("Siap diterapkan", "Cempaka Teluk")
    office.presses("Terapkan 4 baris")
    office.reads("Sudah diterapkan")
    office.follows("Pegawai")
    office.reads("Melati Samudra", "Bayu Karang", "Cempaka Teluk", "Dahlia Ombak")


def workbook(staff):
    book = Workbook()
    sheet = book.active
    sheet.append(["NIP", "Nama", "Status", "Pangkat/Golongan", "Kode Unit", "Kode Jabatan", "Mulai"])
    for nip, name, unit, post in staff:
        sheet.append([nip, name, "PNS", "III/c", unit, post, "02-01-2024"])
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("pegawai.xlsx", out.getvalue())


def the_office_plans_the_quarter(office):
    office.follows("Periode")
    office.follows("Tambah triwulan")
    days = {"Hari pertama penilaian": "21-09-2026", "Hari terakhir penilaian": "10-10-2026"}
    office.presses("Tambah triwulan", {"Tahun": "2026", "Triwulan": "III (Juli–September)"} | days)
    office.reads("Triwulan III 2026", "Sedang dinilai")


def she_writes_her_plan_and_it_is_agreed(employee, appraiser, *, returned_once=False):
    """The address of the plan."""
    employee.opens("/kinerja-saya/")
    employee.presses("Buat SKP 2026")
    plan = employee.path
    write_result(
        employee,
        "Ibu hamil mendapat pemeriksaan sesuai standar",
        "Utama",
        ("Jumlah ibu hamil", "120", "orang"),
    )
    measures = ("Persentase laporan tepat waktu", "95", "persen")
    write_result(employee, "Laporan kesehatan ibu tersedia tepat waktu", "Utama", measures)
    submit(employee)
    if returned_once:
        he_returns_it(appraiser, plan)
        employee.opens(plan)
        employee.reads("Tambahkan laporan bulanan sebagai hasil kerja tambahan.")
        write_result(employee, "Laporan bulanan tersusun", "Tambahan", ("Jumlah laporan", "3", "dokumen"))
        submit(employee)
    appraiser.opens(plan)
    appraiser.follows("Sepakati SKP")
    appraiser.presses("Sepakati SKP")
    appraiser.reads("Disepakati")
    return plan


def write_result(employee, statement, kind, measured):
    indicator, target, unit = measured
    employee.follows("Tambah hasil kerja")
    filled = {
        "Jenis hasil kerja": kind,
        "Rencana hasil kerja": statement,
        "Indikator kinerja individu": indicator,
    }
    # A leader names the perspective of each indicator, everybody else its aspect.
    filled |= {"Perspektif": "Anggaran"} if "Perspektif" in employee.words() else {"Aspek": "Kuantitas"}
    filled |= {
        "Arah target": "Makin tinggi makin baik",
        "Target": target,
        "Satuan": unit,
    }
    employee.presses("Simpan hasil kerja", filled)
    employee.reads("Hasil kerja disimpan.", statement)


def submit(employee):
    employee.follows("Periksa dan ajukan")
    employee.presses("Ajukan SKP")
    employee.reads("SKP diajukan kepada pejabat penilai.")


def he_returns_it(appraiser, plan):
    appraiser.opens("/")
    appraiser.follows("Tim saya")
    appraiser.follows("Periksa SKP Cempaka Teluk")
    assert appraiser.path == plan
    appraiser.follows("Kembalikan")
    appraiser.presses("Kembalikan SKP", status=422)
    appraiser.reads("Tulis apa yang perlu diperbaiki.")
    words = "Tambahkan laporan bulanan sebagai hasil kerja tambahan."
    appraiser.presses("Kembalikan SKP", {"Apa yang perlu diperbaiki?": words})


def she_records_what_she_reached(employee):
    employee.opens("/kinerja-saya/")
    employee.follows("Isi realisasi dan bukti")
    employee.presses("Simpan realisasi", {"Realisasi": ["126", "95,5", "3"]})
    employee.reads("Realisasi disimpan.")
    employee.follows("Tambah bukti")
    evidence = SimpleUploadedFile("rekap.pdf", small_pdf("Rekapitulasi"), content_type="application/pdf")
    described = {"Nama bukti": "Rekapitulasi kunjungan", "Tanggal bukti": "2026-09-20"}
    employee.presses("Simpan bukti", described, upload=evidence)
    employee.reads("Bukti disimpan.", "Rekapitulasi kunjungan")


def he_gives_feedback(appraiser, plan):
    appraiser.opens("/tim/")
    appraiser.follows("Realisasi dan umpan balik Cempaka Teluk")
    appraiser.reads("Rekapitulasi kunjungan")
    appraiser.follows("Beri umpan balik")
    said = {"Isinya": "Apresiasi", "Umpan balik": "Ibu hamil dipantau dengan teliti. Pertahankan."}
    appraiser.presses("Simpan dan beri tahu pegawai", said)
    appraiser.reads("Umpan balik disimpan.", "Ibu hamil dipantau dengan teliti.")


def he_rates(appraiser, name, *, work, other_than_suggested):
    appraiser.opens("/tim/")
    appraiser.presses(f"Mulai menilai {name}")
    ratings = {f"Rating hasil kerja {number}": "Sesuai ekspektasi" for number in (1, 2)}
    if "Laporan bulanan tersusun" in appraiser.words():
        ratings["Rating hasil kerja 3"] = "Sesuai ekspektasi"
    appraiser.presses("Simpan draf", ratings)
    appraiser.reads("Usulan: Sesuai ekspektasi")
    behaviour = {
        "Rating perilaku kerja": "Sesuai ekspektasi",
        "Alasan rating perilaku kerja": "Ramah dan teliti.",
    }
    decided = {"Rating hasil kerja keseluruhan": work} | behaviour
    if other_than_suggested:
        appraiser.presses("Periksa", decided, status=422)
        appraiser.reads("Tulis alasan mengapa rating hasil kerja berbeda dari usulan.")
        decided |= {"Alasan berbeda dari usulan": "Capaian belum sejalan dengan kesepakatan."}
    appraiser.presses("Periksa", decided)
    appraiser.reads("Predikat yang akan ditetapkan")
    appraiser.presses("Tetapkan penilaian")
    appraiser.reads(f"Penilaian {name} ditetapkan.")


def she_reads_her_result(employee, folder):
    employee.opens("/")
    employee.follows("Kinerja saya")
    employee.follows("Lihat hasil")
    employee.reads(
        "Predikat Anda: Baik",
        "Mengapa?",
        "Struk nilai: bagaimana hasil ini terjadi",
        "Rekapitulasi kunjungan",
    )
    digest = employee.page.find(".//code[@class='hash']").text
    receipt = folder / "struk.json"
    receipt.write_bytes(employee.downloads("Unduh struk"))
    assert verified(receipt, digest) == 0
    receipt.write_text(receipt.read_text().replace("126", "226"))
    assert verified(receipt, digest) == 1
    employee.presses("Saya sudah membaca")
    employee.reads("Terima kasih. Kami mencatat bahwa Anda sudah membaca hasil ini.")


def verified(receipt, digest):
    """What the program that anybody may download and run says of the receipt."""
    program = settings.BASE_DIR / "static/verifikasi/periksa.py"
    return subprocess.run([sys.executable, program, receipt, digest], capture_output=True).returncode


def citizens_answer_the_survey():
    for answer in ("1", "2", "3"):
        citizen = Person()
        citizen.opens("/survei/ibu-dan-anak/")
        citizen.presses("Kirim jawaban", status=422)
        citizen.reads("Pilih satu jawaban untuk")
        legends = [questions.text_content().strip() for questions in citizen.page.iterfind(".//legend")]
        chosen = {question: option_of(citizen, question, answer) for question in legends[: len(Element)]}
        citizen.presses("Kirim jawaban", chosen)
        citizen.reads("Terima kasih, jawaban Anda sudah masuk")


def option_of(citizen, question, value):
    """The printed words of the answer with this value."""
    form, _ = citizen.button("Kirim jawaban")
    for legend in form.iter("legend"):
        if legend.text_content().strip() == question:
            chosen = legend.getparent().find(f".//input[@value='{value}']")
            return " ".join(form.find(f".//label[@for='{chosen.get('id')}']").text_content().split())
    raise AssertionError(question)


def the_admin_asks_for_the_report():
    """The bytes of the PDF and the address of its page of verification."""
    admin = Person().signs_in("admin.dinkes@contoh.test", PASSWORD)
    admin.follows("Laporan")
    admin.presses("Minta laporan")
    page = admin.path
    run_job(Job.objects.get(kind="agency_report").pk)
    admin.opens(page)
    admin.reads("Berlaku", "Dinas Kesehatan")
    return admin.downloads("Unduh PDF"), admin.address_of("Periksa keaslian")


def anybody_verifies_it(report):
    content, address = report
    assert content.startswith(b"%PDF-")
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    for sent, verdict in (
        (content, "Cocok: berkas ini asli"),
        (flipped, "Tidak cocok: berkas ini bukan aslinya"),
    ):
        visitor = Person()
        visitor.opens(address)
        visitor.presses("Periksa berkas", berkas=SimpleUploadedFile("laporan.pdf", sent))
        visitor.reads(verdict)


def the_audit_trail_is_whole():
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "utuh" in said.getvalue().lower()
