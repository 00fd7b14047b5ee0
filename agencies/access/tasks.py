"""The timetable of proposals: what nobody decided in time is closed."""

from celery import shared_task

from .actions.proposals import expire_proposals


@shared_task(name="agencies.access.tasks.expire")
def expire():
    return expire_proposals()
