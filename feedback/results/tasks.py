"""What runs by itself: adding waiting changes to the tallies, and bringing running figures up to date once a day."""

from celery import shared_task

from .actions import refresh_running
from .rollup import compact_all


@shared_task
def add_changes():
    compact_all()


@shared_task
def show_running():
    refresh_running()
