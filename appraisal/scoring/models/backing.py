"""What the rating of a result stands on, and who has to know when an employee could not see it coming."""

import pgtrigger
from django.db import models
from django.db.models import Q

from agencies.people.models import Employee
from appraisal.monitoring.models import Evidence, Feedback

from .evaluation import ResultRating

# An annual evaluation may cite what was recorded in any period of its year, hence the days and not the key.
OF_ITS_RESULT = """
    IF NOT EXISTS (
        SELECT FROM appraisal_resultrating rating
            JOIN appraisal_evaluation evaluation ON evaluation.id = rating.evaluation_id
            JOIN appraisal_period judged ON judged.id = evaluation.period_id
            JOIN (
                SELECT result_id, period_id FROM appraisal_evidence WHERE id = NEW.evidence_id
                UNION ALL
                SELECT result_id, period_id FROM appraisal_feedback WHERE id = NEW.feedback_id
            ) cited ON cited.result_id = rating.result_id
            JOIN appraisal_period of_cited ON of_cited.id = cited.period_id
        WHERE rating.id = NEW.rating_id
            AND of_cited.starts_on >= judged.starts_on AND of_cited.ends_on <= judged.ends_on
    ) THEN
        RAISE EXCEPTION 'a rating cites what was recorded of its own result in its own period'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
STAYS_WITH_A_FINAL_RATING = """
    IF EXISTS (
        SELECT FROM appraisal_resultrating rating
            JOIN appraisal_evaluation evaluation ON evaluation.id = rating.evaluation_id
        WHERE evaluation.state <> 'draft' AND rating.id IN (
            CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.rating_id END,
            CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.rating_id END
        )
    ) THEN
        RAISE EXCEPTION 'citations of a final evaluation stay as they are' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Citation(models.Model):
    """The appraiser points at a piece of evidence, or at feedback, for his rating of a result.

    What is cited cannot be taken away any more: the foreign keys keep it, also past the application.
    """

    rating = models.ForeignKey(ResultRating, models.CASCADE, related_name="citations")
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="rating_citations", verbose_name="bukti"
    )
    feedback = models.ForeignKey(
        Feedback,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rating_citations",
        verbose_name="umpan balik",
    )

    class Meta:
        ordering = ["rating", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, feedback=None) | Q(evidence=None, feedback__isnull=False),
                name="citation_is_of_evidence_or_feedback",
            ),
            models.UniqueConstraint(
                fields=["rating", "evidence"],
                condition=Q(evidence__isnull=False),
                name="evidence_is_cited_once_a_rating",
            ),
            models.UniqueConstraint(
                fields=["rating", "feedback"],
                condition=Q(feedback__isnull=False),
                name="feedback_is_cited_once_a_rating",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="citation_is_of_its_result",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OF_ITS_RESULT,
            ),
            pgtrigger.Trigger(
                name="citations_of_a_final_evaluation_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=STAYS_WITH_A_FINAL_RATING,
            ),
        ]

    def __str__(self):
        return str(self.evidence or self.feedback)


class Escalation(models.Model):
    """A result rated below expectation although the employee was not warned: the appraiser's superior has to know.

    The appraiser's reason stands in the rating; without a superior the personnel office answers.
    """

    rating = models.OneToOneField(ResultRating, models.PROTECT, related_name="escalation")
    sent_to = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diteruskan kepada"
    )
    missing = models.TextField("yang belum dipenuhi")
    raised_at = models.DateTimeField("diteruskan", auto_now_add=True)
    seen_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dibaca oleh"
    )
    seen_at = models.DateTimeField("dibaca", null=True, blank=True)
    remark = models.TextField("tanggapan", blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_by=None, seen_at=None, remark="")
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="escalation_says_who_read_it_and_when",
            ),
            models.CheckConstraint(
                condition=Q(missing__regex=r"\S"), name="escalation_says_what_was_missing"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="escalation_is_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__seen_at__isnull=False)
                | pgtrigger.Q(old__missing__df=pgtrigger.F("new__missing"))
                | pgtrigger.Q(old__rating_id__df=pgtrigger.F("new__rating_id")),
            ),
            pgtrigger.Protect(name="escalation_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.rating}: {self.missing}"
