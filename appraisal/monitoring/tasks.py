"""What the timetable does about evidence."""

from celery import shared_task
from django.conf import settings

from .link_visits import AT_ONCE, check_link, links_due


@shared_task(name="appraisal.monitoring.tasks.check_due_links")
def check_due_links():
    """Visit the links whose week is over, some each time, so that one run stays short; how many were visited."""
    if not settings.CHECK_EVIDENCE_LINKS:
        return 0
    due = list(links_due()[:AT_ONCE])
    for evidence in due:
        check_link(evidence)
    return len(due)
