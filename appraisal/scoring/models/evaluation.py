"""The evaluation of one employee in one period (form C.1.3): two ratings and the predikat that follows."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from agencies.access.models import Proposal
from agencies.people.models import Employee
from appraisal.cycle.models import Period
from appraisal.planning.models import Skp, WorkResult

from ..matrix import PREDIKAT, STUDY_NOT_FINISHED, Predikat, Rating


def predikat_follows_the_matrix(*, with_study=True):
    """The nine cells of pages 99–103 as a condition the database keeps.

    With the two a study that was not finished leads to (page 100 d), where the table knows of `study_ended_early`.
    """
    usual, ended_early = ({"study_ended_early": told} if with_study else {} for told in (False, True))
    condition = Q(predikat="") | Q(work_rating="") | Q(behaviour_rating="")
    for (work, behaviour), predikat in PREDIKAT.items():
        condition |= Q(work_rating=work, behaviour_rating=behaviour, predikat=predikat, **usual)
    if with_study:
        for behaviour, predikat in STUDY_NOT_FINISHED.items():
            condition |= Q(behaviour_rating=behaviour, predikat=predikat, **ended_early)
    return condition


DECIDED_FIELDS = (
    "skp_id",
    "period_id",
    "appraiser_id",
    "rated_by_role",
    "suggested_rating",
    "suggestion_reasons",
    "work_rating",
    "work_reason",
    "behaviour_rating",
    "behaviour_reason",
    "predikat",
    "study_ended_early",
    "note",
    "receipt",
    "receipt_sha256",
    "finalised_at",
    "revision",
    "replaces_id",
)


def decided_fields_change():
    """What may never change once an evaluation is final; stepping back counts as well.

    One step stays open to a final evaluation: to be superseded, which a trigger of its own guards.
    """
    condition = pgtrigger.Q(new__state="draft") | pgtrigger.Q(old__state="superseded")
    condition |= pgtrigger.Q(old__state="acknowledged", new__state="final")
    acknowledged_at_changes = pgtrigger.Q(old__acknowledged_at__df=pgtrigger.F("new__acknowledged_at"))
    condition |= pgtrigger.Q(old__state="acknowledged") & acknowledged_at_changes
    condition |= pgtrigger.Q(new__state="superseded") & acknowledged_at_changes
    for field in DECIDED_FIELDS:
        condition |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return condition


class EvaluationQuerySet(models.QuerySet):
    def living(self):
        """Those that count: of each plan and period the newest revision, draft or decided."""
        return self.exclude(state=Evaluation.State.SUPERSEDED)

    def decided(self):
        """Those that count and are final."""
        return self.filter(state__in=(Evaluation.State.FINAL, Evaluation.State.ACKNOWLEDGED))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Evaluation(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Sedang dinilai"
        FINAL = "final", "Ditetapkan"
        ACKNOWLEDGED = "acknowledged", "Sudah dibaca pegawai"
        SUPERSEDED = "superseded", "Digantikan"

    class RatedBy(models.TextChoices):
        """In which role the one in `appraiser` rates (page 89 no. 2, page 90 no. 11 and 12)."""

        APPRAISER = "appraiser", "Pejabat penilai kinerja"
        SUPERIOR = "superior", "Atasan pejabat penilai"
        REGIONAL_HEAD = "regional_head", "Kepala daerah"

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="evaluations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="evaluations")
    appraiser = models.ForeignKey(Employee, models.PROTECT, related_name="given_evaluations")
    rated_by_role = models.CharField(
        "dinilai sebagai", max_length=15, choices=RatedBy, default=RatedBy.APPRAISER
    )
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    suggested_rating = models.CharField("usulan rating hasil kerja", max_length=6, choices=Rating, blank=True)
    suggestion_reasons = models.JSONField("alasan usulan", default=list)
    work_rating = models.CharField("rating hasil kerja", max_length=6, choices=Rating, blank=True)
    work_reason = models.TextField("alasan berbeda dari usulan", blank=True)
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=6, choices=Rating, blank=True)
    behaviour_reason = models.TextField("alasan rating perilaku", blank=True)
    predikat = models.CharField("predikat kinerja", max_length=20, choices=Predikat, blank=True)
    study_ended_early = models.BooleanField("tidak menyelesaikan tugas belajar", default=False)
    note = models.TextField("catatan dan rekomendasi", blank=True)
    receipt = models.TextField(blank=True, editable=False)
    receipt_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField("revisi", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan"
    )
    open_until = models.DateField("dibuka kembali sampai", null=True, blank=True)
    reopened_by = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    # The other way to be superseded: an objection was decided and changed the result (appraisal/objections).
    changed_by_objection = models.BooleanField(
        "diubah oleh keputusan keberatan", default=False, db_default=False
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-period__year", "-period__number", "skp__employee__name"]
        indexes = [models.Index(fields=["period", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["skp", "period"],
                condition=~Q(state="superseded"),
                name="one_living_evaluation_per_plan_and_period",
            ),
            models.UniqueConstraint(fields=["skp", "period", "revision"], name="revisions_are_counted"),
            models.CheckConstraint(
                condition=Q(revision=1, replaces=None) | Q(revision__gt=1, replaces__isnull=False),
                name="a_revision_replaces_an_evaluation",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(reopened_by__isnull=False, changed_by_objection=False)
                    | Q(reopened_by=None, changed_by_objection=True),
                    state="superseded",
                    superseded_at__isnull=False,
                )
                | ~Q(state="superseded")
                & Q(reopened_by=None, changed_by_objection=False, superseded_at=None),
                name="superseded_evaluation_says_by_what",
            ),
            models.CheckConstraint(
                condition=Q(rated_by_role__in=("appraiser", "superior", "regional_head")),
                name="an_evaluation_says_in_which_role",
            ),
            models.CheckConstraint(
                condition=predikat_follows_the_matrix(), name="predikat_follows_the_matrix"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    ~Q(work_rating="")
                    & ~Q(behaviour_rating="")
                    & ~Q(predikat="")
                    & ~Q(receipt="")
                    & Q(receipt_sha256__regex=r"^[0-9a-f]{64}$")
                    & Q(finalised_at__isnull=False)
                ),
                name="final_evaluation_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(work_rating=F("suggested_rating"))
                | Q(work_reason__regex=r"\S"),
                name="a_departure_from_the_suggestion_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | Q(acknowledged_at__isnull=False),
                name="acknowledged_evaluation_says_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nobody_rates_himself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("appraiser_id", "skp_id"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM appraisal_skp s WHERE s.id = NEW.skp_id AND s.employee_id = NEW.appraiser_id
                    ) THEN
                        RAISE EXCEPTION 'nobody rates himself' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="final_evaluation_is_not_rewritten",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft") & decided_fields_change(),
            ),
            pgtrigger.Trigger(
                name="only_a_proposal_or_an_objection_supersedes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="superseded"),
                func="""
                    IF TG_OP = 'INSERT' THEN
                        RAISE EXCEPTION 'an evaluation does not begin superseded';
                    END IF;
                    IF OLD.state NOT IN ('final', 'acknowledged') OR NOT (EXISTS (
                        SELECT 1 FROM agencies_proposal p
                        WHERE p.id = NEW.reopened_by_id AND p.kind = 'result_reopen' AND p.state = 'approved'
                            AND p.record = 'appraisal.Evaluation:' || OLD.id
                    ) OR (NEW.changed_by_objection AND EXISTS (
                        SELECT 1 FROM appraisal_objection o
                            JOIN appraisal_evaluationdocument d ON d.id = o.document_id
                        WHERE d.evaluation_id = OLD.id AND o.state = 'changed'
                    ))) THEN
                        RAISE EXCEPTION
                            'a final evaluation is superseded by an approved proposal alone or a decided objection';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="final_evaluation_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self):
        return f"{self.skp.employee}, {self.period}"

    @property
    def closed_to_objection(self):
        """What the superior of the appraiser or the head of the region rated is final (page 90 no. 11 and 12)."""
        return self.rated_by_role != self.RatedBy.APPRAISER

    @property
    def decides_objection(self):
        """Did the superior set this result by changing a contested one? Asks for the one before it."""
        return self.replaces_id is not None and self.replaces.changed_by_objection


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ResultRating(models.Model):
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="result_ratings")
    result = models.ForeignKey(WorkResult, models.PROTECT, related_name="ratings")
    rating = models.CharField("rating", max_length=6, choices=Rating, blank=True)
    reason = models.TextField("alasan", blank=True)
    surprise_reason = models.TextField("alasan menilai di bawah ekspektasi tanpa peringatan", blank=True)

    class Meta:
        ordering = ["-result__kind", "result__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "result"], name="result_is_rated_once_an_evaluation"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ratings_of_a_final_evaluation_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("decided", "BOOLEAN")],
                func="""
                    SELECT bool_or(state <> 'draft') INTO decided FROM appraisal_evaluation
                        WHERE id IN (
                            CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.evaluation_id END,
                            CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.evaluation_id END
                        );
                    IF decided THEN
                        RAISE EXCEPTION 'ratings of a final evaluation stay as they are';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.result}: {self.get_rating_display()}"
