"""What the timetable does with data copies."""

from celery import shared_task

from .actions import remove_expired_copies
from .store import remove_orphans


@shared_task(name="ambon_kinerja.personal_data.tasks.remove_old_copies")
def remove_old_copies():
    """Delete the files of expired copies and those that no row names; returns how many."""
    return remove_expired_copies() + remove_orphans()
