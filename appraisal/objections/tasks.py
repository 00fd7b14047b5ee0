"""The timetable of this room: every morning the terms are looked at."""

from celery import shared_task

from .escalating import run


@shared_task(name="appraisal.objections.tasks.run_terms")
def run_terms():
    """Begun several times a morning so that a broken worker costs no day; what was done is not done again."""
    return run()
