"""What an outcome was made from, and what was recorded by mistake."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from appraisal.scoring.models import Evaluation


class RecordedQuerySet(models.QuerySet):
    def counting(self):
        """Without what was recorded by mistake."""
        return self.filter(withdrawn_at=None)


class Recorded(models.Model):
    """Entered by the personnel office from a paper; taken back with a reason, never edited and never deleted."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh"
    )
    recorded_at = models.DateTimeField("dicatat", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dibatalkan oleh",
    )
    withdrawn_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    withdrawn_reason = models.CharField("alasan dibatalkan", max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None


def withdrawal_has_words(name):
    return models.CheckConstraint(
        condition=Q(withdrawn_at=None, withdrawn_by=None)
        | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_reason__regex=r"\S"),
        name=name,
    )


class Basis(models.Model):
    """The evaluation as it was: when a revision replaces it later, what was made from it stays and wants a look."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+", verbose_name="penilaian")
    evaluation_revision = models.PositiveSmallIntegerField("revisi penilaian")
    receipt_sha256 = models.CharField("sidik struk penilaian", max_length=64)
    reviewed_at = models.DateTimeField("ditinjau", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ditinjau oleh",
    )
    review_note = models.CharField("kesimpulan peninjauan", max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def is_overtaken(self):
        """Was the evaluation it was made from replaced later?"""
        return self.evaluation is not None and self.evaluation.state == Evaluation.State.SUPERSEDED

    @property
    def needs_review(self):
        return self.is_overtaken and self.reviewed_at is None


def basis_of(evaluation):
    """The fields of a Basis for an evaluation as it stands."""
    return {
        "evaluation": evaluation,
        "evaluation_revision": evaluation.revision,
        "receipt_sha256": evaluation.receipt_sha256,
    }


def basis_is_whole(name):
    return models.CheckConstraint(condition=Q(receipt_sha256__regex=r"^[0-9a-f]{64}$"), name=name)


def review_has_words(name):
    return models.CheckConstraint(
        condition=Q(reviewed_at=None, reviewed_by=None)
        | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, review_note__regex=r"\S"),
        name=name,
    )
