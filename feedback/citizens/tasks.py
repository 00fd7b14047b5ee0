"""What the timetable does for the survey."""

from celery import shared_task

from .actions.comments import release_comments
from .actions.web import forget_networks


@shared_task(name="feedback.citizens.tasks.forget_networks")
def forget_networks_task():
    """Hash by hash, what the guard remembers is gone a day later; returns how many rows."""
    return forget_networks()


@shared_task(name="feedback.citizens.tasks.release_comments")
def release_comments_task():
    """Comments that came together become readable, once a week; returns how many batches."""
    return release_comments()
