"""The line of the start page about ratings that came without warning (settings.WORK_LISTS)."""

from django.urls import reverse

from appraisal.cycle.work import WorkItem

from .queries import visible_escalations


def worklist_lines(user, today):
    waiting = visible_escalations(user, today).filter(seen_at=None).count()
    if not waiting:
        return []
    return [
        WorkItem(
            "Baca alasan rating di bawah ekspektasi tanpa peringatan",
            reverse("appraisal:escalation-list"),
            f"{waiting} menunggu",
        )
    ]
