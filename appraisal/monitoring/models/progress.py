"""Steps agreed on the way to a result, and what was done on which day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from appraisal.planning.models import Indicator, WorkResult

from .recording import Evidence


class ActionStep(models.Model):
    """One step of the rencana aksi of a result (form B.1.1, page 67): written by one of the two, agreed by the other.

    Who changes an agreed step asks anew: the agreement goes, the words agreed before stay in the trail.
    """

    result = models.ForeignKey(WorkResult, models.PROTECT, related_name="steps")
    text = models.TextField("rencana aksi")
    due_on = models.DateField("selesai paling lambat")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("ditulis", auto_now=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField("disepakati", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="agreed_step_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by=F("written_by")), name="nobody_agrees_to_his_own_step"
            ),
        ]

    def __str__(self):
        return self.text


class ProgressEntry(models.Model):
    """What the employee got done for a result on a day, in a line or two; an amount counts for one indicator."""

    result = models.ForeignKey(WorkResult, models.PROTECT, related_name="progress")
    day = models.DateField("tanggal")
    text = models.TextField("kemajuan")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="progress")
    amount = models.DecimalField("jumlah", max_digits=14, decimal_places=2, null=True, blank=True)
    evidence = models.OneToOneField(
        Evidence, models.PROTECT, null=True, blank=True, related_name="progress", verbose_name="bukti"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("dicatat", auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["result", "-day"], name="progress_by_result_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None, indicator=None) | Q(amount__gte=0, indicator__isnull=False),
                name="an_amount_counts_for_an_indicator",
            )
        ]

    def __str__(self):
        return self.text
