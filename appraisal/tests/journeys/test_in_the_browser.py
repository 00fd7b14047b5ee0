"""The demo city in a real browser without JavaScript: every page each account can reach, and three errands."""

import re
import time
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection

from .browser import accessibility_faults, chromium_program, menu_place, served_city, visitor
from .pages_for_axe import PAGES, SERVICE
from .walker import WIDTHS, Walk, weight_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.skipif(
        chromium_program() is None, reason="no Chromium: apt-get install chromium, or set CHROMIUM"
    ),
    pytest.mark.xdist_group("browser"),  # one city and one browser for all of them
]

ACCOUNTS = (
    "bidan",
    "kapuskesmas",
    "kadinkes",
    "kepsek",
    "bkpsdm",
    "admin.dinkes",
    "inspektorat",
    "admin",
    "organisasi",
)
KEY = r"(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"  # of a record in an address
FOR_OFFICERS, FOR_CITIZENS, SURVEY_PAGE = 100_000, 60_000, 20_000
PUBLIC = (
    "/layanan/",
    "/layanan/kota/",
    f"/layanan/{SERVICE}/",
    f"/survei/{SERVICE}/",
    "/data-terbuka/",
    "/pengaduan/",
    "/anda-berkata/",
    "/verifikasi/",
)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield from served_city()


@pytest.fixture(scope="module")
def chromium(city):
    """The database is asked nothing from here on: Playwright holds an event loop in this thread."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.django_db
def test_the_walk_has_a_database_of_its_own():
    """pytest-django makes one only when a chosen test asks for it, and no other test of the browser does."""
    assert connection.settings_dict["NAME"].startswith("test_")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_page_an_officer_can_reach_is_sound(city, chromium, account):
    with walk(chromium, city, account) as way:
        way.at("/")
        turn = ACCOUNTS.index(account) % len(WIDTHS)
        widths = tuple(WIDTHS)
        way.everywhere_from("/", widths=widths[turn:] + widths[:turn])
    assert way.faults == []
    assert len(way.seen) >= 5


def test_every_page_a_citizen_can_reach_is_sound(city, chromium):
    with walk(chromium, city) as way:
        for path in ("/masuk/", *PUBLIC):
            way.at(path)
        way.everywhere_from("/masuk/", widths=tuple(WIDTHS))
    assert way.faults == []
    assert {"feedback:service-list", "feedback:survey", "ambon_kinerja:document-verify"} <= set(way.seen)


THANKS = "Terima kasih, jawaban Anda sudah masuk"


def test_a_citizen_answers_the_survey(city, chromium):
    with walk(chromium, city) as way:
        path = f"/survei/{SERVICE}/"
        way.at(path)
        assert weight_of(way.page.content().encode()) <= SURVEY_PAGE
        way.faults += accessible(chromium, city, way.page)
        way.follow(way.page.get_by_role("button", name="Kirim jawaban"))
        way.here(f"{path} with errors")
        assert way.page.get_by_role("alert").get_by_role("link").count() == 9
        choose_all(way.page)
        way.follow(way.page.get_by_role("button", name="Kirim jawaban"))
        way.here("the survey's thanks")
        assert way.page.get_by_role("heading", level=1).inner_text() == THANKS
        way.faults += accessible(chromium, city, way.page)
    assert way.faults == []


def test_the_survey_takes_a_minute_and_twelve_taps_on_a_small_telephone(city, chromium):
    """On one page, and three questions at a time: from the address of the card to the thanks."""
    for way, pages in (("", 1), ("?cara=bertahap", 3)):
        page = visitor(chromium, city, viewport={"width": 320, "height": 640}, has_touch=True)
        began, taps = time.monotonic(), 0
        page.goto(f"{city}/survei/{SERVICE}/{way}")
        for number in range(pages):
            taps += choose_all(page)
            with page.expect_navigation():
                page.get_by_role("button", name="Kirim jawaban" if number == pages - 1 else "Lanjut").tap()
            taps += 1
        assert page.get_by_role("heading", level=1).inner_text() == THANKS
        assert taps <= 12
        assert time.monotonic() - began <= 60
        assert page.context.cookies() == []
        page.context.close()


def choose_all(page):
    """A tap on the third answer of every question; returns how many taps."""
    questions = page.locator("fieldset.field").filter(has=page.get_by_role("radio"))
    for number in range(questions.count()):
        label = questions.nth(number).locator("label").nth(2)
        label.click()
    return questions.count()


def test_a_head_rates_one_of_his_people(city, chromium):
    with walk(chromium, city, "kapuskesmas") as way:
        page = way.page
        way.at("/tim/")
        way.follow(page.get_by_role("button", name="Mulai menilai Teratai Samudra"))
        way.here("the rating page")
        assert weight_of(page.content().encode()) <= FOR_OFFICERS
        way.faults += accessible(chromium, city, page)
        ratings = page.get_by_role("group", name="Rating hasil kerja", exact=False)
        for number in range(ratings.count() - 1):
            ratings.nth(number).get_by_label("Sesuai ekspektasi", exact=True).check()
        way.follow(page.get_by_role("button", name="Simpan draf"))
        assert page.get_by_text("Usulan: Sesuai ekspektasi").is_visible()
        way.follow(page.get_by_role("button", name="Periksa"))
        way.here("the rating page with errors")
        overall = page.get_by_role("group", name="Rating hasil kerja keseluruhan")
        overall.get_by_label("Sesuai ekspektasi", exact=True).check()
        behaviour = page.get_by_role("group", name="Rating perilaku kerja")
        behaviour.get_by_label("Di atas ekspektasi", exact=True).check()
        page.get_by_label("Alasan rating perilaku kerja").fill("Cekatan, teliti, dan ramah.")
        way.follow(page.get_by_role("button", name="Periksa"))
        way.here("the check page")
        way.faults += accessible(chromium, city, page)
        way.follow(page.get_by_role("button", name="Tetapkan penilaian"))
        way.here("the result as its appraiser sees it")
        assert page.get_by_text("Penilaian Teratai Samudra ditetapkan.").is_visible()
    assert way.faults == []


def test_the_rating_page_saves_by_itself_answers_to_keys_and_never_overwrites(city, chromium):
    page = visitor(chromium, city, "kapuskesmas", java_script_enabled=True)
    page.goto(f"{city}/tim/")
    with page.expect_navigation():
        page.get_by_role("button", name="Mulai menilai").last.click()
    saved = page.locator(".save-bar [role=status]")
    page.locator("fieldset[data-rating] input").first.focus()
    page.keyboard.press("2")
    sync_api.expect(saved).to_contain_text("Tersimpan")
    second = page.context.new_page()
    second.goto(page.url)
    assert second.locator("fieldset[data-rating] input").nth(1).is_checked()
    second.get_by_label("Catatan dan rekomendasi").fill("Teks jendela kedua")
    second.keyboard.press("Tab")
    sync_api.expect(second.locator(".save-bar [role=status]")).to_contain_text("Tersimpan")
    page.get_by_label("Catatan dan rekomendasi").fill("Teks jendela pertama")
    page.keyboard.press("Tab")
    both = page.locator("[data-both]")
    sync_api.expect(both).to_contain_text("Teks jendela kedua")
    sync_api.expect(both).to_contain_text("Teks jendela pertama")
    second.reload()
    assert second.get_by_label("Catatan dan rekomendasi").input_value() == "Teks jendela kedua"
    page.context.close()


def test_an_employee_reads_and_acknowledges_her_result(city, chromium):
    with walk(chromium, city, "bidan") as way:
        page = way.page
        way.at("/")
        way.follow(menu_place(page, "Kinerja saya"))
        way.follow(page.get_by_role("link", name="Lihat hasil Triwulan III"))
        way.here("her result")
        assert page.get_by_role("heading", level=1).inner_text() == "Predikat Anda: Baik"
        way.follow(page.get_by_role("button", name="Saya sudah membaca"))
        assert page.get_by_text("Kami mencatat bahwa Anda sudah membaca hasil ini.").is_visible()
    assert way.faults == []


def test_a_chair_compares_drafts_the_appraiser_answers_and_the_session_is_minuted(city, chromium):
    reason = "Ketuntasan kelasnya naik dua bulan terakhir."
    with walk(chromium, city, "kadisdik") as way:
        page = way.page
        way.at("/kalibrasi/")
        way.follow(page.get_by_role("link", name="Dinas Pendidikan, "))
        way.here("the open session")
        session = page.url
        way.follow(page.get_by_role("link", name="Pilih penilaian"))
        way.here("the drafts to choose from")
        page.get_by_role("checkbox").first.check()
        way.follow(page.get_by_role("button", name="Masukkan yang dipilih"))
        assert page.get_by_text("1 penilaian masuk agenda.").is_visible()
        # Below expectation, and nothing proposed about him yet: the first of the drafts by name.
        way.follow(page.get_by_role("link", name="Bayu Muara"))
        way.follow(page.get_by_role("button", name="Kirim usulan"))
        way.here("the draft with errors")
        page.get_by_label("Hasil kerja", exact=True).check()
        page.get_by_label("Sesuai ekspektasi", exact=True).check()
        page.get_by_label("Alasan usulan").fill(reason)
        way.follow(page.get_by_role("button", name="Kirim usulan"))
        way.here("the draft with its proposal")
        way.faults += accessible(chromium, city, page)
        draft = page.url
    assert way.faults == []
    with walk(chromium, city, "kepsek") as way:
        page = way.page
        way.at(urlsplit(draft).path)
        way.follow(page.get_by_role("button", name="Tetap pada rating saya"))
        way.here("the answer without its reason")
        assert page.get_by_role("alert").get_by_text("Tulis alasannya.").is_visible()
        page.get_by_label("Alasan tetap pada rating Anda").fill("Bukti terakhir menunjukkan 78 persen.")
        way.follow(page.get_by_role("button", name="Tetap pada rating saya"))
        assert page.get_by_text("Jawaban disimpan. Rating Anda tetap.").is_visible()
        way.at("/")
        way.follow(page.get_by_role("link", name="Jawab usulan kalibrasi"))
        way.follow(page.get_by_role("button", name="Terima, ubah rating saya"))
        way.here("the accepted proposal")
        assert page.get_by_text("Draf penilaian berubah atas nama Anda.").is_visible()
    assert way.faults == []
    with walk(chromium, city, "kadisdik") as way:
        page = way.page
        way.at(f"{urlsplit(session).path}tutup/")
        page.get_by_label("Notula").fill("Enam draf dibandingkan. Dua rating berubah, satu tetap.")
        for box in page.get_by_role("checkbox").all():
            box.check()
        way.follow(page.get_by_role("button", name="Tutup sesi"))
        way.here("the minutes")
        way.faults += accessible(chromium, city, page)
        assert page.get_by_text("Dua rating berubah, satu tetap.").is_visible()
        assert page.get_by_role("link", name="Pilih penilaian").count() == 0
    assert way.faults == []


def test_the_employee_sees_that_calibration_changed_a_rating_what_and_why(city, chromium):
    with walk(chromium, city, "bidan") as way:
        page = way.page
        way.at("/kinerja-saya/")
        way.follow(page.get_by_role("link", name="Lihat hasil Triwulan III"))
        told = page.get_by_role("region", name="Kalibrasi")
        assert told.get_by_text("Semula di atas ekspektasi, menjadi sesuai ekspektasi.").is_visible()
        assert told.get_by_text("mengeluhkan keramahan").is_visible()
        assert told.get_by_text("Cempaka Karang").count() == 0
    assert way.faults == []


@pytest.mark.parametrize("account", PAGES)
def test_axe_finds_nothing_on_the_main_pages(city, chromium, account):
    """Of WCAG 2.2 AA a program finds a part only; it must find nothing. No page is wider than its window."""
    page = visitor(chromium, city, account, java_script_enabled=True)
    faults, seen = [], set()
    for step in PAGES[account]:
        answer = go(page, city, step)
        assert answer.ok, f"{step}: {page.url} answers {answer.status}"
        if page.url in seen:
            continue
        seen.add(page.url)
        faults += [(page.url, *fault) for fault in accessibility_faults(page)]
        faults += [(page.url, "too wide", width) for width in WIDTHS if is_wider_than(page, width)]
        weight = weight_of(answer.body())
        faults += [(page.url, "too heavy", weight)] * (weight > FOR_OFFICERS)
    page.context.close()
    assert faults == []


def test_each_group_of_the_menu_opens_alone_below_its_heading_and_closes_again(city, chromium):
    """By the keyboard; axe finds nothing in it, and the page grows no wider.

    What a closed <details> holds axe takes for hidden, whatever the style sheet says: "Menu" is opened before.
    """
    page = visitor(chromium, city, "bkpsdm", java_script_enabled=True, viewport={"width": 320, "height": 640})
    page.goto(f"{city}/keberatan/")
    menu = page.get_by_role("navigation", name="Menu utama")
    menu.get_by_text("Menu", exact=True).click()
    assert menu.locator("[aria-current]").all_text_contents() == ["Hasil penilaian", "Keberatan"]
    faults = []
    for width in (width for width in WIDTHS if width >= 768):
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        for heading in menu.locator("details[name] > summary").all():
            heading.press("Enter")
            group = heading.locator("xpath=..")
            first = group.get_by_role("link").first
            assert menu.locator("[name][open]").count() == 1
            assert first.bounding_box()["y"] >= bottom_of(heading)
            faults += [*accessibility_faults(page, "nav.menu"), *small_targets(group)]
            faults += [("too wide", width)] * is_wider_than(page, width)
            page.keyboard.press("Tab")
            assert first.evaluate("link => link === document.activeElement")
            page.keyboard.press("Escape")
            assert not first.is_visible()
            assert heading.evaluate("heading => heading === document.activeElement")
        heading.click()
        page.get_by_role("main").click(position={"x": 5, "y": 5})
        assert menu.locator("[name][open]").count() == 0
    page.context.close()
    assert faults == []


@pytest.mark.parametrize("has_script", [True, False], ids=["with-script", "without-script"])
def test_a_telephone_shows_the_groups_as_headings_with_their_places(city, chromium, has_script):
    page = visitor(chromium, city, "bkpsdm", java_script_enabled=has_script)
    page.set_viewport_size({"width": 320, "height": WIDTHS[320]})
    page.goto(f"{city}/")
    menu = page.get_by_role("navigation", name="Menu utama")
    assert menu.get_by_role("link").count() == 0
    menu.get_by_text("Menu", exact=True).click()
    assert menu.locator("p:visible").all_inner_texts() == menu.locator("li summary").all_text_contents()
    assert menu.get_by_role("link").count() == menu.locator("a").count() >= 28
    assert [small_targets(menu), is_wider_than(page, 320)] == [[], False]
    with page.expect_navigation():
        menu_place(page, "Hari libur").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Hari libur")
    page.context.close()


def bottom_of(target):
    box = target.bounding_box()
    return box["y"] + box["height"]


def small_targets(part):
    boxes = [(link.inner_text(), link.bounding_box()) for link in part.get_by_role("link").all()]
    return [words for words, box in boxes if box["height"] < 44 or box["width"] < 44]


def go(page, city, step):
    """The answer to the next step of PAGES."""
    if not step.startswith(("the first ", "a link to ")):
        return page.goto(urljoin(city if step.startswith("/") else page.url, step))
    kind = step.split()[-1].lower()
    links = [link.get_attribute("href") for link in page.locator("main a[href]").all()]
    numbered = rf"^/{kind}/{KEY}/$" if step.startswith("the first ") else rf"/{kind}/{KEY}/"
    found = [link for link in links if re.search(numbered, link)]
    found = found or [link for link in links if link.startswith(f"/{kind}/")]
    assert found, f"{page.url} has no {step}"
    return page.goto(city + found[0])


def is_wider_than(page, width):
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def accessible(chromium, city, page):
    """The faults axe finds on the page a visitor without JavaScript stands on, looked at in a context with it."""
    context = chromium.new_context(storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto(page.url)
    faults = accessibility_faults(other)
    context.close()
    return faults


@contextmanager
def walk(chromium, city, account=None):
    page = visitor(chromium, city, account)
    elsewhere = ("/layanan/", "/survei/", "/verifikasi/", "/pengaduan/", "/anda-berkata/", "/data-terbuka/")
    elsewhere = elsewhere if account else ()
    yield Walk(page, city, FOR_OFFICERS if account else FOR_CITIZENS, elsewhere)
    page.context.close()
