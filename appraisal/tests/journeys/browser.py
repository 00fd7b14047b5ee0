"""The demo city behind a real web server, and Debian's Chromium to visit it with."""

import os
import re
import shutil

from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils.module_loading import import_string
from pytest_django.live_server_helper import LiveServer

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.tasks import run_job
from ambon_kinerja.management.commands.prepare_database import REFERENCE_DATA
from appraisal.demo.people import PASSWORD, address_of

NO_SCRIPT = {"java_script_enabled": False, "locale": "id-ID", "timezone_id": "Asia/Jayapura"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium_program():
    """The path of Chromium, or None."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def served_city():
    """Yields the address of the demo city, built anew and with its report drawn up; forgets it all afterwards."""
    yield from served(build_city)


def build_city():
    call_command("seed_demo", verbosity=0)
    for job in Job.objects.unfinished():
        run_job(job.pk)


def served(build):
    """Yields the address behind which stands what `build` makes of the reference data; forgets it all afterwards."""
    with override_settings(DEMO=True, ALLOWED_HOSTS=["127.0.0.1"], SITE_URL="http://127.0.0.1"):
        try:
            for name in REFERENCE_DATA:
                import_string(name)()
            build()
            server = LiveServer("127.0.0.1")
            yield server.url
            server.stop()
        finally:
            call_command("flush", interactive=False, verbosity=0, allow_cascade=True)
            connections.close_all()


def visitor(browser, address, account=None, **settings):
    """A new page without JavaScript, signed in as this demo account if one is named."""
    page = browser.new_context(**NO_SCRIPT | settings).new_page()
    if account:
        page.goto(f"{address}/masuk/")
        page.get_by_label("NIP atau surel").fill(address_of(account))
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        assert page.get_by_role("heading", level=1).inner_text() != "Masuk", f"{account} cannot sign in"
    return page


def menu_place(page, label):
    """The link with this label in the main menu, in sight: what hides it is opened first, as a person would."""
    menu = page.get_by_role("navigation", name="Menu utama")
    link = menu.locator("a", has_text=re.compile(rf"^{re.escape(label)}$"))
    group = link.locator("xpath=ancestor::details[@name]")
    for heading in (menu.locator("summary", has_text=re.compile("^Menu$")), group.locator("summary")):
        if heading.is_visible() and not link.is_visible():
            heading.click()
    return link


def accessibility_faults(page, part=None):
    """What axe-core finds wrong with a page that runs scripts, or with a part of it: [(rule, first element), …]."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=part, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]]
