"""What the timetable does: old files go."""

from celery import shared_task

from .lists.files import remove_old


@shared_task(name="appraisal.outcomes.tasks.remove_old_files")
def remove_old_files():
    return remove_old()
