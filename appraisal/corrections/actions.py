"""What a correction of posts and assignments means for evaluations that are decided: nothing changes, somebody looks.

The floor below tells of a change in the past by the dotted name in settings.RETROACTIVE_CHANGE; the search is a job.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_keys_on
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import take
from appraisal.scoring.models import Evaluation

from .models import CorrectionCase
from .states import CLOSE

RIGHT_AGAIN = "Menurut data sekarang penilainya sama lagi dengan yang menetapkan hasil."


def note_change(*, first_day, until, by, reason=""):
    """Look, once the change is committed, for decided evaluations whose appraiser the records now name another.

    `until` is the day after the last one that changed, None when it is open.
    """
    until = until or timezone.localdate() + timedelta(days=1)
    if not decided_in(first_day, until).exists():
        return
    queue_job(
        "correction_cases",
        subject=f"corrections:{first_day}:{until}",
        title="Memeriksa hasil yang tersentuh ralat data jabatan",
        by=by,
        arguments={"first_day": str(first_day), "until": str(until), "reason": reason[:300]},
    )


def find_cases_job(job, report_progress):
    """Handler of the job that `note_change` asks for; returns the address of the list."""
    facts = job.arguments
    find_cases(
        date.fromisoformat(facts["first_day"]), date.fromisoformat(facts["until"]), reason=facts["reason"]
    )
    return "/hasil/ralat/"


@transaction.atomic
def find_cases(first_day, until, *, reason=""):
    """Open a case for each evaluation decided on these days by somebody who, as now known, was not the appraiser.

    A case whose cause is gone is closed. Returns the cases opened. One question for each day of decision.
    """
    by_day = {}
    for evaluation in decided_in(first_day, until).select_related("skp").order_by("pk"):
        by_day.setdefault(timezone.localdate(evaluation.finalised_at), []).append(evaluation)
    opened = []
    for day, evaluations in by_day.items():
        found = appraiser_keys_on([each.skp.employee_id for each in evaluations], day)
        known = Employee.objects.in_bulk(found.values())
        for evaluation in evaluations:
            case = settle(evaluation, known.get(found.get(evaluation.skp.employee_id)), reason)
            opened += [case] if case else []
    return opened


def decided_in(first_day, until):
    return Evaluation.objects.decided().filter(
        finalised_at__date__gte=first_day, finalised_at__date__lt=until
    )


def settle(evaluation, now, reason):
    """The case opened for `evaluation`, if one is due: `now` is who appraised as now known, an Employee or None."""
    is_open = CorrectionCase.objects.select_for_update().filter(evaluation=evaluation, state="open").first()
    if now is not None and now.pk == evaluation.appraiser_id:
        if is_open:
            take(CLOSE, is_open, by="timetable", reason=RIGHT_AGAIN, changes={"conclusion": RIGHT_AGAIN})
        return None
    if is_open or CorrectionCase.objects.filter(evaluation=evaluation, appraiser_now=now).exists():
        return None
    return CorrectionCase.objects.create(evaluation=evaluation, appraiser_now=now, reason=reason)


def close_case(case, *, by, conclusion):
    """Say what follows from the correction. Raises StepRefused."""
    return take(CLOSE, case, by=by, reason=conclusion, changes={"conclusion": conclusion.strip()})
