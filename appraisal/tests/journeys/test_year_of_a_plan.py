"""From the head's matrix to the feedback he owes, in a real browser, each with JavaScript and without."""

import time
from contextlib import contextmanager
from io import BytesIO

import pytest
from PIL import Image

from .browser import chromium_program, served, visitor
from .errand import Errand
from .office import AGREED, DRAFTING, EXAMINED, PLACES, WRITING, build_office, name_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.skipif(
        chromium_program() is None, reason="no Chromium: apt-get install chromium, or set CHROMIUM"
    ),
    pytest.mark.xdist_group("browser"),
]

WRITER = DRAFTING + 1
MIDWIFE = DRAFTING + WRITING + 1
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
IN_FIVE_MINUTES = 300


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield from served(build_office)


@pytest.fixture(scope="module")
def chromium(office):
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=PLACES, ids=["with-script", "without-script"])
def place(request):
    """Each way of browsing has a puskesmas of its own."""
    return request.param


@pytest.fixture
def somebody(chromium, office, place):
    """Signs people of this place in."""

    @contextmanager
    def sign_in(account, **settings):
        page = visitor(
            chromium, office, account.format(place), java_script_enabled=place == PLACES[0], **settings
        )
        yield Errand(page, office)
        page.context.close()

    return sign_in


@pytest.mark.django_db
def test_the_year_has_a_database_of_its_own():
    """pytest-django makes one only when a chosen test asks for it, and the journeys do not."""


def test_a_head_shares_out_roles_and_three_of_his_staff_take_theirs(somebody, place):
    roles = [f"Ibu hamil di wilayah posyandu {number} diperiksa" for number in range(1, DRAFTING + 1)]
    with somebody("kepala-{}") as head:
        head.opens("/kinerja-saya/")
        head.follows("SKP 20")
        head.follows("Matriks peran")
        for number, role in enumerate(roles, start=1):
            head.follows(f"Isi peran {name_of(place, number)}")
            head.page.get_by_role("textbox").first.fill(role)
            if number == 1:
                head.page.get_by_role("textbox").nth(1).fill("Belanja obat dicatat tepat waktu")
            head.presses("Simpan peran")
        head.reads(*roles, "Pegawai yang belum punya peran")
        assert head.page.get_by_text("belum diambil").count() == DRAFTING + 1
        matrix = head.page.url.removeprefix(head.base)
        for number, role in enumerate(roles, start=1):
            with somebody(f"bidan-{{}}-{number}") as midwife:
                she_takes_her_role(midwife, role)
        head.opens(matrix)
        assert head.page.get_by_text("✓ diambil ke SKP").count() == DRAFTING


def test_a_plan_is_written_returned_mended_agreed_and_adjusted(somebody):
    with somebody(f"bidan-{{}}-{WRITER}") as midwife, somebody("kepala-{}") as head:
        plan = she_writes_from_an_example(midwife)
        he_returns_it(head, plan)
        she_mends_it(midwife, plan)
        he_agrees(head, plan, "Sepakati SKP")
        adjustment = she_adjusts_the_target(midwife, plan)
        he_agrees(head, adjustment, "Sepakati penyesuaian")
        midwife.opens(plan)
        midwife.follows("Riwayat versi")
        midwife.reads("Versi 1", "Versi 2", "Kader bertambah dua orang.")
        midwife.follows("Versi 2")
        changed = midwife.page.get_by_role("table", name="Yang berubah")
        assert "92" in changed.inner_text()
        assert "94" in changed.inner_text()


def test_a_midwife_logs_progress_with_a_photo_from_her_phone(somebody):
    with somebody(f"bidan-{{}}-{MIDWIFE}", **PHONE) as midwife:
        midwife.opens("/")
        began = midwife.pages
        midwife.chooses("Kemajuan")
        midwife.picks("Untuk hasil kerja", EXAMINED)
        midwife.fills("Apa yang maju?", "Kelas ibu hamil di posyandu; tiga ibu baru terdaftar.")
        midwife.page.get_by_label("Foto atau berkas").set_input_files(a_photo())
        midwife.presses("Simpan kemajuan")
        midwife.reads("Kelas ibu hamil di posyandu")
        assert midwife.pages - began == 2
        midwife.opens("/kemajuan/daftar/")
        midwife.reads("tiga ibu baru terdaftar")
        photo = midwife.page.get_by_role("main").locator("a[href^='/bukti/']").first.get_attribute("href")
        answer = midwife.page.request.get(midwife.base + photo)
        assert answer.ok
        assert answer.body()[:2] == b"\xff\xd8"


def test_a_head_gives_the_feedback_he_owes_to_one_after_the_other(somebody):
    with somebody("kepala-{}") as head:
        began = time.monotonic()
        head.opens("/")
        before = head.pages
        head.follows("umpan balik")
        head.follows("Mulai dari")
        names = []
        for _ in range(AGREED):
            names.append(head.page.get_by_role("heading", level=1).inner_text())
            head.selects("Tentang", EXAMINED[:30])
            head.picks("Isinya", "Apresiasi")
            head.fills("Umpan balik", "Ibu hamil dipantau dengan teliti. Pertahankan.")
            head.presses("Simpan dan")
        seconds = time.monotonic() - began
        print(f"\nfeedback for {AGREED}: {head.pages - before} pages, {seconds:.1f} s without thinking")
        assert len(set(names)) == AGREED
        assert head.pages - before == AGREED + 2
        assert seconds < IN_FIVE_MINUTES
        head.opens("/umpan-balik/terutang/")
        head.page.locator("summary", has_text="Sudah menerima").click()
        head.reads(*names)


def test_a_head_rates_twelve_people_in_one_sitting(somebody):
    with somebody("kepala-{}") as head:
        began = time.monotonic()
        head.opens("/tim/")
        before, names, offers = head.pages, [], []
        head.presses("Mulai menilai")
        while True:
            names.append(head.page.get_by_role("heading", level=1).inner_text())
            ratings = head.page.get_by_role("group", name="Rating")
            for number in range(ratings.count()):
                ratings.nth(number).get_by_label("Sesuai ekspektasi", exact=True).check()
            head.fills("Alasan rating perilaku", "Ramah kepada ibu hamil dan kadernya.")
            head.presses("Periksa")
            go_on = head.page.get_by_role("button", name="Tetapkan dan lanjut")
            if not go_on.count():
                break
            offers.append(go_on.inner_text())
            head.presses("Tetapkan dan lanjut")
        head.presses("Tetapkan penilaian")
        seconds = time.monotonic() - began
        team = len(set(names))  # one more when the plan of the writer has been agreed before
        print(f"\nrating {team}: {head.pages - before} pages, {seconds:.1f} s without thinking")
        assert team in (AGREED, AGREED + WRITING)
        assert offers == [f"Tetapkan dan lanjut ({number} dari {team})" for number in range(2, team + 1)]
        assert len(names) == team
        assert head.pages - before == 2 * team + 1
        head.opens("/tim/")
        assert head.page.get_by_text("Mulai menilai").count() == 0


def she_takes_her_role(midwife, role):
    midwife.opens("/kinerja-saya/")
    midwife.follows("Peran saya")
    midwife.presses(f"Ambil ke SKP: {role}")
    midwife.reads("Peran diambil ke SKP.")
    assert midwife.page.get_by_label("Rencana hasil kerja", exact=True).input_value() == role
    midwife.follows("SKP 20")
    midwife.reads("Draf", role)


def she_writes_from_an_example(midwife):
    """The address of her plan."""
    midwife.opens("/kinerja-saya/")
    midwife.presses("Buat SKP")
    plan = midwife.page.url.removeprefix(midwife.base)
    midwife.follows("Cari contoh hasil kerja")
    midwife.follows(f"Pakai contoh ini: {EXAMINED}")
    midwife.selects("Rencana hasil kerja pimpinan", EXAMINED)
    midwife.picks("Jenis hasil kerja", "Utama")
    midwife.presses("Simpan hasil kerja")
    midwife.reads("Hasil kerja disimpan.", EXAMINED, "92")
    she_submits(midwife)
    return plan


def she_submits(midwife):
    midwife.follows("Periksa dan ajukan")
    midwife.presses("Ajukan SKP")
    midwife.reads("SKP diajukan kepada pejabat penilai.")


def he_returns_it(head, plan):
    head.opens("/tim/")
    head.follows("Periksa SKP")
    assert head.page.url == head.base + plan
    head.follows("Kembalikan")
    head.fills("Apa yang perlu diperbaiki?", "Tambahkan indikator tentang rujukan.")
    head.presses("Kembalikan SKP")


def she_mends_it(midwife, plan):
    midwife.opens(plan)
    midwife.reads("Yang perlu diperbaiki", "Tambahkan indikator tentang rujukan.")
    midwife.follows("Ubah hasil kerja 1")
    midwife.presses("Tambah baris indikator")
    row = midwife.page.get_by_role("group", name="Indikator 3")
    row.get_by_label("Indikator kinerja individu").fill("Ibu dengan tanda bahaya yang dirujuk tepat waktu")
    row.get_by_label("Waktu").check()
    row.get_by_label("Makin tinggi makin baik").check()
    row.get_by_label("Target", exact=True).fill("95")
    row.get_by_label("Satuan").fill("persen")
    midwife.presses("Simpan hasil kerja")
    midwife.reads("Ibu dengan tanda bahaya yang dirujuk tepat waktu")
    she_submits(midwife)


def he_agrees(head, plan, words):
    head.opens(plan)
    head.follows(words)
    head.presses(words)
    head.reads("Disepakati")


def she_adjusts_the_target(midwife, plan):
    """The address of the adjustment."""
    midwife.opens(plan)
    midwife.follows("Sesuaikan SKP")
    midwife.fills("Mengapa SKP perlu disesuaikan?", "Kader bertambah dua orang.")
    midwife.presses("Mulai penyesuaian")
    adjustment = midwife.page.url.removeprefix(midwife.base)
    midwife.follows("Ubah hasil kerja 1")
    first = midwife.page.get_by_role("group", name="Indikator 1")
    first.get_by_label("Target", exact=True).fill("94")
    midwife.presses("Simpan hasil kerja")
    midwife.reads("92", "94")
    she_submits(midwife)
    return adjustment


def a_photo():
    out = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG")
    return {"name": "kelas-ibu.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
