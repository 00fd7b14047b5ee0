"""The timetable of reminders."""

from celery import shared_task

from .reminding.sending import remind


@shared_task(name="appraisal.dashboard.tasks.send_reminders")
def send_reminders():
    """Begun several times a morning so that a broken worker costs no day; who had his message gets no second one."""
    return remind()
