"""A browser 320 px wide without JavaScript: complain anonymously, be asked back, answer, see it closed, rate."""

import pytest

from agencies.access.tests.cast import build_cast
from appraisal.tests.journeys.browser import accessibility_faults, chromium_program, served
from feedback.complaints import sending

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.skipif(
        chromium_program() is None, reason="no Chromium: apt-get install chromium, or set CHROMIUM"
    ),
    pytest.mark.xdist_group("browser"),
]
PASSWORD = "sandi-untuk-uji-saja"
NARROW = {"viewport": {"width": 320, "height": 640}, "locale": "id-ID"}


def build():
    officer = build_cast()["complaint_manager"]
    officer.set_password(PASSWORD)
    officer.save()


@pytest.fixture(scope="module")
def address(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(sending, "FASTEST_SECONDS", 0)
        yield from served(build)


@pytest.fixture(scope="module")
def chromium(address):
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.django_db
def test_the_journey_has_a_database_of_its_own():
    """pytest-django makes one only when a chosen test asks for it."""


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def open_thread(browser, address, code):
    page = browser.new_context(java_script_enabled=False, **NARROW).new_page()
    page.goto(f"{address}/pengaduan/lacak/")
    page.get_by_label("Kode pelacakan").fill(code)
    press(page, "Buka laporan")
    return page


def test_complain_be_asked_answer_see_it_closed_and_rate(address, chromium):
    citizen = chromium.new_context(java_script_enabled=False, **NARROW).new_page()
    citizen.goto(f"{address}/pengaduan/")
    citizen.get_by_label("Pengaduan", exact=True).check()
    citizen.get_by_label("Tidak, tentang layanan").check()
    citizen.get_by_label("Cari layanan atau unit").fill("clinic")
    press(citizen, "Cari")
    citizen.get_by_label("Clinic, Health").check()
    press(citizen, "Lanjutkan")
    citizen.get_by_label("Ceritakan apa yang terjadi").fill("Antrean di loket dua sangat lama.")
    citizen.get_by_label("Anonim", exact=True).check()
    press(citizen, "Periksa sebelum mengirim")
    press(citizen, "Kirim laporan")
    code = citizen.locator("b.code").inner_text()
    assert not citizen.context.cookies()

    officer = chromium.new_context(java_script_enabled=False, **NARROW).new_page()
    officer.goto(f"{address}/masuk/")
    officer.get_by_label("NIP atau surel").fill("complaint_manager@contoh.test")
    officer.get_by_label("Kata sandi").fill(PASSWORD)
    officer.get_by_role("button", name="Masuk").click()
    officer.goto(f"{address}/kelola-pengaduan/")
    officer.get_by_role("link", name="P-0").first.click()
    officer.get_by_role("link", name="Tanya pelapor").click()
    officer.get_by_label("Pertanyaan kepada pelapor").fill("Hari apa itu?")
    press(officer, "Kirim")

    thread = open_thread(chromium, address, code)
    assert "Hari apa itu?" in thread.content()
    thread.get_by_label("Tulis balasan Anda").fill("Hari Senin.")
    press(thread, "Kirim balasan")

    officer.get_by_role("link", name="Pengaduan warga").first.click()
    officer.get_by_role("link", name="P-0").first.click()
    assert "Hari Senin." in officer.content()
    officer.get_by_role("link", name="Jawab", exact=True).click()
    officer.get_by_label("Jawaban kepada pelapor").fill("Loket ketiga sudah dibuka.")
    press(officer, "Kirim")

    thread = open_thread(chromium, address, code)
    assert "Loket ketiga sudah dibuka." in thread.content()
    press(thread, "Ya, tutup laporan")
    thread.get_by_label("Puas", exact=True).check()
    press(thread, "Simpan penilaian")
    assert "Penilaian Anda sudah disimpan." in thread.content()
    assert code not in thread.url


@pytest.mark.parametrize("path", ["/pengaduan/", "/pengaduan/lacak/", "/pengaduan/angka/"])
def test_the_citizens_pages_are_read_by_everybody(address, chromium, path):
    page = chromium.new_context(**NARROW, bypass_csp=True).new_page()
    page.goto(f"{address}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert accessibility_faults(page) == []
