"""The timetable names only what a worker knows: a task it does not know it throws away, and nobody notices."""

import subprocess
import sys
from importlib import import_module

import pytest
from django.conf import settings

from ambon_kinerja.celery import app, rooms_with_tasks

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


@pytest.mark.parametrize("name", NAMES)
def test_the_timetable_names_a_task_of_a_room_that_is_asked_for_its_tasks(name):
    module = name.rpartition(".")[0]
    import_module(module)

    assert module.removesuffix(".tasks") in rooms_with_tasks()
    assert name in app.tasks


@pytest.mark.slow
def test_a_worker_that_starts_knows_every_task_of_the_timetable():
    told = subprocess.run([sys.executable, "-c", MISSING], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
