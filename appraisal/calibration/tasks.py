"""What the timetable does about periods."""

from celery import shared_task

from .timetable import run


@shared_task(name="appraisal.calibration.tasks.keep_periods")
def keep_periods():
    """Begun several times a morning so that a broken worker costs no day; what was done is not done again."""
    return run()
