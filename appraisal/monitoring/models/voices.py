"""What others say of the work, what the employee answers, and what the leader concludes from it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from appraisal.cycle.models import Period
from appraisal.planning.models import Skp, WorkResult
from appraisal.rulebook.models import BehaviourValue

from .progress import ProgressEntry
from .recording import Evidence

# Past the row-level security by a function that tells keys and states alone: who withdraws reads no draft.
STAYS_AS_SAID = """
    IF TG_OP = 'UPDATE' THEN
        IF OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL
            AND to_jsonb(NEW) - 'answer' - 'answered_at' = to_jsonb(OLD) - 'answer' - 'answered_at'
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'feedback is never changed, only answered once' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.answered_at IS NOT NULL OR EXISTS (
        SELECT FROM appraisal_evaluation_states(ARRAY[OLD.skp_id]) decided
        WHERE decided.period_id = OLD.period_id AND decided.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'feedback that was answered or rated by stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
"""


class FeedbackRequest(models.Model):
    """An employee asks somebody for feedback (page 69 no. 9); what is said then names the request."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="feedback_requests")
    asked = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="diminta kepada")
    text = models.TextField("tentang apa")
    asked_at = models.DateTimeField("diminta", auto_now_add=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked=F("employee")), name="nobody_asks_himself_for_feedback")
        ]

    def __str__(self):
        return self.text


class Feedback(models.Model):
    """Umpan balik berkelanjutan on a result or on a value (PermenPANRB 6/2022 art. 17–19, forms B.1.3–B.1.5).

    Named and kept as it was said: it is answered once, and withdrawn by its giver while nothing rests on it.
    """

    class Giver(models.TextChoices):
        LEADER = "leader", "Pimpinan"
        PEER = "peer", "Rekan kerja"
        SUBORDINATE = "subordinate", "Bawahan"
        SERVED = "served", "Penerima layanan"
        OTHER = "other", "Pihak lain"

    class Kind(models.TextChoices):
        PERIODIC = "periodic", "Berkala"
        INCIDENTAL = "incidental", "Insidental"

    class Tone(models.TextChoices):
        POSITIVE = "positive", "Apresiasi"
        MIXED = "mixed", "Apresiasi dengan catatan"
        NEEDS_WORK = "needs_work", "Perlu diperbaiki"

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="feedback")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    result = models.ForeignKey(WorkResult, models.PROTECT, null=True, blank=True, related_name="feedback")
    value = models.ForeignKey(BehaviourValue, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("bentuk", max_length=10, choices=Kind, default=Kind.INCIDENTAL)
    giver = models.CharField("dari", max_length=12, choices=Giver)
    tone = models.CharField("nada", max_length=12, choices=Tone)
    text = models.TextField("umpan balik")
    given_on = models.DateField("tanggal")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    progress = models.ForeignKey(
        ProgressEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cited_by",
        verbose_name="menanggapi",
    )
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="cited_by", verbose_name="bukti"
    )
    request = models.ForeignKey(
        FeedbackRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name="atas permintaan",
    )
    answer = models.TextField("tanggapan pegawai", blank=True)
    answered_at = models.DateTimeField("ditanggapi", null=True, blank=True)

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__isnull=False, value=None) | Q(result=None, value__isnull=False),
                name="feedback_is_on_a_result_or_a_value",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_to_feedback_has_its_moment",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="feedback_stays_as_said",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=STAYS_AS_SAID,
            )
        ]

    def __str__(self):
        return self.text


class ProgressStatement(models.Model):
    """What the leader concludes from the feedback of a period and does about it (page 70 no. 10–14); never changed."""

    class FollowUp(models.TextChoices):
        APPRECIATE = "appreciate", "Memberi apresiasi"
        NEW_TASK = "new_task", "Memberi penugasan baru"
        EXPECTATION = "expectation", "Menyesuaikan ekspektasi"
        RESOURCES = "resources", "Menyesuaikan dukungan sumber daya"
        COACHING = "coaching", "Melakukan atau mengusulkan pembinaan kinerja"
        TAKE_OVER = "take_over", "Mengambil alih hasil kerja"

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="statements")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    shows_progress = models.BooleanField("menunjukkan kemajuan kinerja")
    follow_ups = ArrayField(
        models.CharField(max_length=12, choices=FollowUp.choices), verbose_name="tindak lanjut"
    )
    result = models.ForeignKey(
        WorkResult, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hasil kerja"
    )
    note = models.TextField("catatan", blank=True)
    stated_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pimpinan")
    stated_at = models.DateTimeField("dinyatakan", auto_now_add=True)

    class Meta:
        ordering = ["stated_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_progress=True, follow_ups__contained_by=["appreciate", "new_task"])
                | Q(
                    shows_progress=False,
                    follow_ups__contained_by=["expectation", "resources", "coaching", "take_over"],
                ),
                name="follow_up_fits_what_was_seen",
            ),
            models.CheckConstraint(condition=Q(follow_ups__len__gt=0), name="statement_says_what_follows"),
            models.CheckConstraint(
                condition=~Q(follow_ups__contains=["take_over"]) | (Q(result__isnull=False) & ~Q(note="")),
                name="take_over_names_the_result_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="statement_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return "Ada kemajuan" if self.shows_progress else "Tidak ada kemajuan"

    @property
    def follow_up_words(self):
        return [self.FollowUp(each).label for each in self.follow_ups]
