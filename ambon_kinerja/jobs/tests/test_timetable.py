"""The timetable names only what a worker knows: a task it does not know it throws away, and nobody notices."""

import subprocess
import sys
from importlib import import_module

import pytest
from django.conf import settings

from ambon_kinerja.celery import app, rooms_with_tasks

APPS = ("agencies", "ambon_kinerja", "appraisal", "feedback")
NAMES = sorted(each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values())
# In a process of its own: here other tests have imported half of the system.
MISSING = """
import django
from ambon_kinerja.celery import app
django.setup()
app.loader.import_default_modules()
from django.conf import settings
print(sorted({each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks)))
"""


def test_the_worker_asks_every_room_that_has_tasks():
    files = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("tasks.py")]
    rooms = {".".join(path.parent.relative_to(settings.BASE_DIR).parts) for path in files}

    assert set(rooms_with_tasks()) == rooms


@pytest.mark.parametrize("name", NAMES)
def test_the_timetable_names_a_task_that_is_there(name):
    import_module(name.rpartition(".")[0])

    assert name in app.tasks


@pytest.mark.slow
def test_a_worker_that_starts_knows_every_task_of_the_timetable():
    told = subprocess.run([sys.executable, "-c", MISSING], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
