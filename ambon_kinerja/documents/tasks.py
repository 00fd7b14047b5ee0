"""What the timetable does with the folder of issued documents."""

from celery import shared_task

from .store import remove_orphans


@shared_task(name="ambon_kinerja.documents.tasks.remove_orphan_files")
def remove_orphan_files():
    """Delete files left by transactions that failed after the issue; return how many."""
    return remove_orphans()
