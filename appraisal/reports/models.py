"""The quarterly accountability report of an agency."""

from django.conf import settings
from django.db import models

from agencies.structure.models import Unit
from ambon_kinerja.documents.models import IssuedDocument
from ambon_kinerja.jobs.models import Job
from appraisal.cycle.models import Period


class AgencyReport(models.Model):
    """One report per agency and period; asking again makes a new version of its document."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name="perangkat daerah")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reports", verbose_name="periode")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    figures = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-period__year", "-period__number", "agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "period"], name="one_report_per_agency_and_period"),
        ]

    def __str__(self):
        return f"Laporan akuntabilitas {self.agency}, {self.period}"
