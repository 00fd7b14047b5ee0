"""Decided results that a correction of posts and assignments touches."""

from django.db import models
from django.db.models import Q

from agencies.people.models import Employee
from appraisal.scoring.models import Evaluation


class CorrectionCase(models.Model):
    """The record of who was whose appraiser was corrected after an evaluation was decided.

    The evaluation stays as it is; a person looks at the case and says what follows from it, if anything.
    """

    class State(models.TextChoices):
        OPEN = "open", "Belum diperiksa"
        CLOSED = "closed", "Sudah diperiksa"

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="correction_cases")
    appraiser_now = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penilai menurut data sekarang",
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField("ditemukan", auto_now_add=True)
    reason = models.CharField("alasan ralat data", max_length=300, blank=True)
    conclusion = models.TextField("kesimpulan", blank=True)

    class Meta:
        ordering = ["state", "-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(state="open"), name="one_open_correction_per_evaluation"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(conclusion__regex=r"\S"),
                name="a_closed_correction_says_what_follows",
            ),
        ]

    def __str__(self):
        return f"Ralat: {self.evaluation}"
