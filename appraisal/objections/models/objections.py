"""Keberatan (PermenPANRB 6/2022 art. 29, pages 117–119): reasons, evidence, explanation, hearing, decision."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.monitoring.models import Evidence

from .documents import EvaluationDocument

CLOSED = ("upheld", "changed", "withdrawn", "moot")
DECIDED = ("upheld", "changed")


class Objection(models.Model):
    """What an employee brings against his result, to the superior of whoever rated him; the decision is final.

    `employee`, `unit`, `appraiser` (who signed the document) and `decider` stand here as well, so that the second
    wall can compare them in one row. `dossier` is the case as it lay before the decider, with its hash.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        FILED = "filed", "Sedang diperiksa"
        UPHELD = "upheld", "Hasil dikuatkan"
        CHANGED = "changed", "Hasil diubah"
        WITHDRAWN = "withdrawn", "Ditarik"
        MOOT = "moot", "Gugur"

    document = models.ForeignKey(EvaluationDocument, models.PROTECT, related_name="objections")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    appraiser = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pejabat penilai")
    decider = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="objections_to_decide", verbose_name="pemutus"
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    reasons = models.TextField("alasan keberatan", blank=True)
    started_at = models.DateTimeField("mulai disusun", auto_now_add=True)
    saved_at = models.DateTimeField("disimpan", null=True, blank=True)
    filed_at = models.DateTimeField("diajukan", null=True, blank=True)
    explanation = models.TextField("penjelasan pejabat penilai", blank=True)
    explained_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="+", verbose_name="dijelaskan oleh"
    )
    explained_at = models.DateTimeField("dijelaskan", null=True, blank=True)
    decision_reason = models.TextField("pertimbangan keputusan", blank=True)
    recommendation = models.TextField("rekomendasi baru", blank=True)
    decided_at = models.DateTimeField("diputus", null=True, blank=True)
    closed_at = models.DateTimeField("selesai", null=True, blank=True)
    closing_reason = models.TextField("alasan ditarik atau gugur", blank=True)
    dossier = models.TextField("berkas perkara", blank=True, editable=False)
    dossier_sha256 = models.CharField("sidik berkas perkara", max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-filed_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="objections_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=~Q(state="withdrawn"),
                name="one_objection_to_a_document",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("employee")), name="nobody_decides_his_own_objection"
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("appraiser")),
                name="nobody_decides_on_his_own_rating",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", filed_at=None)
                | ~Q(state="draft") & Q(filed_at__isnull=False, decider__isnull=False, reasons__regex=r"\S"),
                name="a_filed_objection_has_reasons_and_a_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) & Q(decided_at=None, dossier_sha256="")
                | Q(
                    state__in=DECIDED,
                    decided_at__isnull=False,
                    decision_reason__regex=r"\S",
                    dossier_sha256__regex=r"^[0-9a-f]{64}$",
                ),
                name="a_decision_has_reasons_and_a_dossier",
            ),
            models.CheckConstraint(
                condition=~Q(state="changed") | Q(recommendation__regex=r"\S"),
                name="a_changed_result_has_a_recommendation",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | ~Q(state__in=CLOSED) & Q(closed_at=None),
                name="a_closed_objection_says_when",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_closed_objection_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=CLOSED),
            ),
            pgtrigger.Protect(
                name="a_filed_objection_keeps_its_words",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__reasons__df=pgtrigger.F("new__reasons"))
                    | pgtrigger.Q(old__filed_at__df=pgtrigger.F("new__filed_at"))
                    | pgtrigger.Q(old__document_id__df=pgtrigger.F("new__document_id"))
                    | pgtrigger.Q(old__employee_id__df=pgtrigger.F("new__employee_id"))
                    | pgtrigger.Q(new__state="draft")
                    | pgtrigger.Q(old__explained_at__isnull=False)
                    & pgtrigger.Q(old__explanation__df=pgtrigger.F("new__explanation"))
                ),
            ),
            pgtrigger.Protect(
                name="a_filed_objection_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self):
        return f"Keberatan {self.employee}"

    @property
    def is_decided(self):
        return self.state in DECIDED

    @property
    def is_closed(self):
        return self.state in CLOSED


class ObjectionEvidence(models.Model):
    """What the employee brings: evidence of his plan that he points to, or a file of his own with its hash."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="evidence")
    cited = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bukti dukung"
    )
    title = models.CharField("nama bukti", max_length=160, blank=True)
    file_path = models.CharField(max_length=120, blank=True, editable=False)
    file_name = models.CharField("berkas", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("ukuran (bita)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField("ditambahkan", auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "cited"],
                condition=Q(cited__isnull=False),
                name="evidence_is_cited_once_in_an_objection",
            ),
            models.UniqueConstraint(
                fields=["objection", "sha256"],
                condition=~Q(sha256=""),
                name="same_file_is_brought_once_in_an_objection",
            ),
            models.CheckConstraint(
                condition=Q(cited__isnull=False, file_path="", sha256="")
                | Q(cited=None, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(file_path=""),
                name="brought_evidence_is_cited_or_a_file",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="evidence_of_a_filed_objection_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found", "TEXT")],
                func="""
                    SELECT state INTO found FROM appraisal_objection
                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.objection_id ELSE NEW.objection_id END;
                    IF found IS DISTINCT FROM 'draft' THEN
                        RAISE EXCEPTION 'the evidence of a filed objection stays as it is';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.title or str(self.cited)


class Hearing(models.Model):
    """The appointment at which the decider hears both (page 117 no. 4), its minutes, and what each answered."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="hearing")
    meets_at = models.DateTimeField("waktu")
    place = models.CharField("tempat", max_length=160)
    version = models.PositiveIntegerField(default=1)
    employee_answer = models.TextField("jawaban pegawai", blank=True)
    employee_answered_at = models.DateTimeField("dijawab pegawai", null=True, blank=True)
    appraiser_answer = models.TextField("jawaban pejabat penilai", blank=True)
    appraiser_answered_at = models.DateTimeField("dijawab pejabat penilai", null=True, blank=True)
    minutes = models.TextField("berita acara", blank=True)
    held_at = models.DateTimeField("berita acara ditandatangani", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(minutes__regex=r"\S"),
                name="a_hearing_that_was_held_has_minutes",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="minutes_of_a_hearing_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__held_at__isnull=False)
                & (
                    pgtrigger.Q(old__minutes__df=pgtrigger.F("new__minutes"))
                    | pgtrigger.Q(old__held_at__df=pgtrigger.F("new__held_at"))
                    | pgtrigger.Q(old__meets_at__df=pgtrigger.F("new__meets_at"))
                    | pgtrigger.Q(old__place__df=pgtrigger.F("new__place"))
                ),
            ),
            pgtrigger.Protect(name="a_hearing_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"Pertemuan {self.objection}"
