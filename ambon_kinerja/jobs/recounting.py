"""Terms that are counted anew when the calendar changed: asked for in the change's transaction, done by a job."""

from django.utils import timezone

from .actions import queue_job


def ask_for_recount(kind, *, of, title, by):
    """One job for each change: one that runs already may have read the calendar before this change."""
    queue_job(kind, subject=f"{of}:{timezone.now().isoformat()}", title=title, by=by)


def recounted(recount, report_progress):
    """What such a job's handler does: `recount()` says how many terms moved. There is no result to look at."""
    report_progress(100, f"{recount()} tenggat bergeser")
    return ""
