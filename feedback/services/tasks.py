"""What the timetable does with codes that are over."""

from celery import shared_task
from django.utils import timezone

from .actions.sheets import drop_expired


@shared_task(name="feedback.services.tasks.drop_expired_codes")
def drop_expired_codes():
    return drop_expired(today=timezone.localdate())
