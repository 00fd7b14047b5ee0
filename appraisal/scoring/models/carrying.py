"""The choice after a move: the last periodic result of the old unit counts for this period too."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from appraisal.cycle.models import Period
from appraisal.planning.models import Skp

from .evaluation import Evaluation


class CarryOver(models.Model):
    """The choice of page 91 no. 13 a: after a move the last periodic result of the old unit counts for this period too.

    It takes the consent of both, the employee and his new appraiser; with the second one the evaluation is made.
    """

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="carry_overs", verbose_name="SKP di unit baru")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="periode")
    source = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="carried_to", verbose_name="hasil di unit lama"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh"
    )
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)
    employee_agreed_at = models.DateTimeField("disetujui pegawai", null=True, blank=True)
    appraiser_agreed_at = models.DateTimeField("disetujui pejabat penilai", null=True, blank=True)
    withdrawn_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    evaluation = models.OneToOneField(
        Evaluation, models.PROTECT, null=True, blank=True, related_name="carry_over", verbose_name="penilaian"
    )

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skp", "period"],
                condition=Q(withdrawn_at=None),
                name="one_living_carry_over_per_plan_and_period",
            ),
            models.CheckConstraint(
                condition=Q(evaluation=None)
                | Q(
                    employee_agreed_at__isnull=False,
                    appraiser_agreed_at__isnull=False,
                    withdrawn_at=None,
                ),
                name="a_result_is_carried_over_by_consent_of_both",
            ),
        ]

    def __str__(self):
        return f"{self.skp.employee}, {self.period}"
