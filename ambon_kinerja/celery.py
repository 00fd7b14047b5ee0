"""The entry point of the workers and of the timetable."""

import os

from celery import Celery
from celery.signals import celeryd_init, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambon_kinerja.settings")
app = Celery("ambon_kinerja")
app.config_from_object("django.conf:settings", namespace="CELERY")


def rooms_with_tasks():
    """The rooms whose tasks a worker has to know: those the timetable names. Tasks it does not know it throws away."""
    from django.conf import settings

    return sorted({each["task"].rpartition(".tasks.")[0] for each in settings.CELERY_BEAT_SCHEDULE.values()})


app.autodiscover_tasks(rooms_with_tasks)


@setup_logging.connect
def keep_our_log(**options):
    """Celery leaves the log to settings.LOGGING: JSON lines, without the arguments of tasks."""


@celeryd_init.connect
def read_as_service(**options):
    """A worker works for no person; the web, which imports this module too, never comes here."""
    from .row_security import serve_from_the_start

    serve_from_the_start()
