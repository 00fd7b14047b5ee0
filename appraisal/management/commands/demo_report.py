"""bin/manage demo_report --wait 120: proof that the worker draws up a report."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.reports.actions import request_report
from appraisal.reports.models import AgencyReport
from appraisal.reports.queries import finished_periods

AGENCY = "DINKES"


class Command(BaseCommand):
    help = "Asks for the report of the demo's health office on the newest finished quarter and waits for the worker."

    def add_arguments(self, parser):
        parser.add_argument(
            "--wait", type=float, default=120, metavar="SECONDS", help="how long (default: 120)"
        )

    def handle(self, *, wait, **options):
        report = self.request()
        until = time.monotonic() + wait
        while report.job.is_unfinished:
            if time.monotonic() >= until:
                raise CommandError(f"No worker finished the report within {wait:g} s (job {report.job_id}).")
            time.sleep(0.25)
            report.job.refresh_from_db()
        if report.job.state != report.job.State.DONE:
            raise CommandError(
                f"The report was not made: {report.job.error or report.job.get_state_display()}"
            )
        document = AgencyReport.objects.select_related("document").get(pk=report.pk).document
        self.stdout.write(
            f"{document.number} {reverse('ambon_kinerja:document-verify-code', args=[document.code])}"
        )

    def request(self):
        agency = Unit.objects.filter(code=AGENCY).first()
        period = finished_periods().first()
        grant = RoleGrant.objects.filter(role=Role.PERSONNEL_OFFICE).select_related("user").first()
        if not (agency and period and grant):
            raise CommandError("There is no demo city yet. Run: bin/manage seed_demo")
        try:
            return request_report(agency, period=period, by=grant.user)
        except StepRefused as refusal:
            raise CommandError(str(refusal))
