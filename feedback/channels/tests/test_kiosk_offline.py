"""A real browser on a tablet: it loses the network, takes ten answers, comes back, and ten arrive once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from appraisal.tests.journeys.browser import chromium_program
from feedback.citizens.models import SurveyResponse

from .scene import ALL_THREES, build_scene

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.skipif(chromium_program() is None, reason="no Chromium: apt-get install chromium"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

# The answers reach the server once, but the tablet never hears of it, so that it has to send all of them again.
LOSE_ONE_REPLY = """() => {
  const real = window.fetch;
  window.fetch = async (...asked) => {
    const reply = await real(...asked);
    if (window.lost) return reply;
    window.lost = true;
    throw new TypeError("the reply was lost");
  };
}"""
UNTIL_LOST = """() => new Promise((done) => {
  const look = () => setTimeout(window.lost ? done : look, 50);
  look();
})"""


def unreachable(environ, start_response):
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return [b""]


def fill_in(page):
    for element in ALL_THREES:
        page.locator(f"input[name={element}][value='3']").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("heading", name="Terima kasih, jawaban Anda tersimpan").wait_for()
    page.get_by_role("button", name="Mulai untuk orang berikutnya").click()
    assert page.locator("input:checked").count() == 0


def walk(server, key):
    """What the tablet said: offline, after it was opened anew without a network, and when it is back."""
    said, address = {}, server.url
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 800, "height": 1280}, timezone_id="Asia/Jayapura")
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if "Security" in line.text else None)
        page.goto(f"{address}/kios/{key}/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.set_offline(True)
        web, app = server.thread.httpd, server.thread.httpd.get_app()
        web.set_app(unreachable)  # the browser alone lets requests through while a page is opened anew
        for _ in range(5):
            fill_in(page)
        page.reload()  # the tablet was switched off and on
        for _ in range(5):
            fill_in(page)
        status = page.locator("[data-status]")
        status.get_by_text("10 jawaban tersimpan").wait_for()
        said["offline"] = status.inner_text()
        said["arrived_offline"] = in_a_thread(count_arrived)
        page.evaluate(LOSE_ONE_REPLY)
        web.set_app(app)
        context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.evaluate(UNTIL_LOST)
        said["unheard"] = (in_a_thread(count_arrived), status.inner_text())
        page.evaluate("dispatchEvent(new Event('online'))")
        status.get_by_text("Semua jawaban sudah terkirim").wait_for(timeout=20_000)
        said["left"] = page.evaluate("Object.keys(localStorage).length")
        said["overflow"] = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        said["faults"] = faults
        browser.close()
    return said


def test_ten_answers_taken_without_a_network_arrive_once():
    scene = build_scene()
    _, key = scene.kiosk(counter=scene.free)
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"], SITE_URL="http://127.0.0.1"):
        server = LiveServer("127.0.0.1")
        try:
            said = in_a_thread(walk, server, str(key))
        finally:
            server.stop()

    assert "Sedang tanpa jaringan" in said["offline"]
    assert said["arrived_offline"] == 0
    arrived, words = said["unheard"]
    assert arrived == 10
    assert "10 jawaban tersimpan" in words
    assert (said["left"], said["overflow"], said["faults"]) == (0, False, [])
    kept = SurveyResponse.objects.filter(mode="kiosk", counter=scene.free, service_day=scene.today)
    assert kept.count() == SurveyResponse.objects.count() == 10


def in_a_thread(act, *args):
    """Playwright holds an event loop, beside which this thread could not ask the database."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(act, *args).result()


def count_arrived():
    try:
        return SurveyResponse.objects.count()
    finally:
        connection.close()
