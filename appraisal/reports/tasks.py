"""The timetable of reports: each quarter, once its appraisal is closed."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from agencies.people.models import Assignment
from agencies.structure.models import Unit

from .actions import request_report, version_of
from .models import AgencyReport
from .queries import finished_periods, reports_with_estimates

LOOK_BACK = timedelta(days=45)
NO_DOCUMENT = 0


@shared_task(name="appraisal.reports.tasks.queue_due_reports")
def queue_due_reports():
    """Ask for the report of every agency on each quarter closed lately that nobody has asked for; returns how many.

    And once more for those that tell estimates of a survey whose results were locked since.
    """
    now = timezone.now()
    asked = 0
    for period in finished_periods(now).filter(closes_at__gte=now - LOOK_BACK):
        for agency in agencies_without_report(period):
            request_report(agency, period=period, by="timetable", seen_version=NO_DOCUMENT)
            asked += 1
    for report in reports_with_estimates(now - LOOK_BACK):
        seen = version_of(report)
        request_report(report.agency, period=report.period, by="timetable", seen_version=seen)
        asked += 1
    return asked


def agencies_without_report(period):
    """The agencies in which anybody held a post at the end of `period` and whose report was never asked for."""
    held = Assignment.objects.on(period.ends_on).filter(post__unit__path__startswith=OuterRef("path"))
    asked = AgencyReport.objects.filter(period=period, agency=OuterRef("pk"))
    return Unit.objects.agencies().filter(Exists(held), ~Exists(asked))
