"""The timetable of this room."""

from celery import shared_task

from .actions import timetable


@shared_task(name="feedback.complaints.tasks.run_day")
def run_day():
    """Begun several times a morning so that a broken worker costs no day; what was done is not done again."""
    return timetable.run()


@shared_task(name="feedback.complaints.tasks.send_mails")
def send_mails():
    return timetable.send_mails()
