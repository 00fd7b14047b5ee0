"""What the timetable does with the structure."""

from celery import shared_task
from django.db import transaction

from .present import refresh


@shared_task(name="agencies.structure.tasks.begin_day")
@transaction.atomic
def begin_day():
    """What was decided for today is so from now on; more often than once a day does no harm."""
    refresh()
