"""The Dokumen Evaluasi Kinerja Pegawai (forms D.1.1–D.1.3): who has it, on which day, and until when."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.scoring.models import Evaluation

SIGNED_FACTS = (
    "evaluation_id",
    "employee_id",
    "unit_id",
    "form",
    "signer_id",
    "parties",
    "organisation_achievement",
    "signed_at",
)


def signed_facts_change():
    condition = pgtrigger.Q()
    for field in SIGNED_FACTS:
        condition |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return condition


class EvaluationDocument(models.Model):
    """One for each final evaluation (PermenPANRB 6/2022 pages 114–118). Making it final is the signature.

    `parties` holds who the three were on the day of the signature, as the form prints them: later moves, names and
    ranks do not reach a signed paper. `holder` has to hand it on in the report upwards.
    """

    class Form(models.TextChoices):
        BY_APPRAISER = "D.1.1", "Format D.1.1"
        BY_SUPERIOR = "D.1.2", "Format D.1.2"
        AFTER_OBJECTION = "D.1.3", "Format D.1.3"

    class State(models.TextChoices):
        SIGNED = "signed", "Belum diserahkan"
        HANDED_OVER = "handed_over", "Diserahkan"
        RECEIVED = "received", "Diterima pegawai"
        RETURNED = "returned", "Ditandatangani pegawai"

    class Reporting(models.TextChoices):
        NONE = "none", "Belum dilaporkan"
        UNDER_WAY = "under_way", "Dilaporkan berjenjang"
        ARRIVED = "arrived", "Sampai di BKPSDM"

    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="document")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="evaluation_documents")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    form = models.CharField("format", max_length=5, choices=Form)
    signer = models.ForeignKey(
        Employee, models.PROTECT, related_name="signed_documents", verbose_name="ditandatangani oleh"
    )
    parties = models.JSONField("para pihak", default=dict)
    organisation_achievement = models.CharField("capaian kinerja organisasi", max_length=40, blank=True)
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.SIGNED)
    reporting = models.CharField("pelaporan", max_length=10, choices=Reporting, default=Reporting.NONE)
    holder = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="held_documents", verbose_name="di tangan"
    )
    signed_at = models.DateTimeField("ditandatangani")
    handed_over_at = models.DateTimeField("diserahkan", null=True, blank=True)
    received_at = models.DateTimeField("diterima", null=True, blank=True)
    returned_at = models.DateTimeField("ditandatangani pegawai", null=True, blank=True)
    arrived_at = models.DateTimeField("sampai di BKPSDM", null=True, blank=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [
            models.Index(fields=["state"], name="documents_by_state"),
            models.Index(fields=["holder", "reporting"], name="documents_by_holder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(employee=F("signer")), name="nobody_signs_his_own_evaluation_as_appraiser"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", handed_over_at=None, received_at=None, returned_at=None)
                | Q(state="handed_over", handed_over_at__isnull=False, received_at=None, returned_at=None)
                | Q(state="received", received_at__gte=F("handed_over_at"), returned_at=None)
                | Q(
                    state="returned",
                    received_at__gte=F("handed_over_at"),
                    returned_at__gte=F("received_at"),
                ),
                name="a_document_goes_its_way_step_by_step",
            ),
            models.CheckConstraint(
                condition=Q(reporting="arrived", arrived_at__isnull=False, holder=None)
                | ~Q(reporting="arrived") & Q(arrived_at=None, holder__isnull=False),
                name="a_report_is_in_somebodys_hands_until_it_arrives",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_signed_document_is_not_rewritten",
                operation=pgtrigger.Update,
                condition=signed_facts_change(),
            ),
            pgtrigger.Protect(name="a_signed_document_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"Dokumen evaluasi {self.evaluation}"

    @property
    def is_replaced(self):
        """The evaluation it speaks of was superseded: it stays readable and nothing more is asked of anybody."""
        return self.evaluation.state == Evaluation.State.SUPERSEDED


class ReportStep(models.Model):
    """One step of the report upwards: from whom to whom, and when. The last one goes to the personnel office."""

    document = models.ForeignKey(EvaluationDocument, models.PROTECT, related_name="report_steps")
    sender = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="dari")
    receiver = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="+", verbose_name="kepada (kosong: BKPSDM)"
    )
    sent_at = models.DateTimeField("dikirim")

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(receiver=None) | ~Q(receiver=F("sender")), name="nobody_reports_to_himself"
            ),
            models.UniqueConstraint(fields=["document", "sender"], name="a_report_passes_each_hand_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="steps_of_a_report_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.document}: {self.sender} → {self.receiver or 'BKPSDM'}"


class Deadline(models.Model):
    """A term of the regulation on a document: stored with its article, counted anew with the holidays.

    `owner` has to act. `days` is the rule as it was when the term began; `due_on` is the last day in time (WIT).
    """

    class Kind(models.TextChoices):
        SIGN = "sign", "Atasan menandatangani"
        HAND_OVER = "hand_over", "Menyerahkan dokumen"
        RETURN = "return", "Menandatangani dan mengembalikan"
        OBJECT = "object", "Mengajukan keberatan"
        READ = "read", "Membaca tanpa nama"
        DECIDE = "decide", "Memutus keberatan"
        REPORT = "report", "Melaporkan sampai ke BKPSDM"

    class Outcome(models.TextChoices):
        RUNNING = "running", "Berjalan"
        MET = "met", "Tepat waktu"
        LATE = "late", "Terlambat"
        LAPSED = "lapsed", "Lewat"
        VOID = "void", "Tidak berlaku lagi"

    document = models.ForeignKey(EvaluationDocument, models.PROTECT, related_name="deadlines")
    kind = models.CharField("untuk", max_length=10, choices=Kind)
    owner = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="+", verbose_name="kewajiban siapa"
    )
    starts_on = models.DateField("dihitung sejak")
    days = models.PositiveSmallIntegerField("hari kerja")
    due_on = models.DateField("paling lambat")
    article = models.CharField("dasar", max_length=200)
    outcome = models.CharField("keadaan", max_length=8, choices=Outcome, default=Outcome.RUNNING)
    ended_on = models.DateField("berakhir", null=True, blank=True)
    escalated_on = models.DateField("diteruskan ke atas", null=True, blank=True)
    reminded_on = models.DateField("diingatkan", null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(outcome="running"), name="running_deadlines_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind"],
                condition=Q(outcome="running"),
                name="one_running_term_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(outcome="running", ended_on=None)
                | ~Q(outcome="running") & Q(ended_on__isnull=False),
                name="a_term_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="a_term_does_not_run_backwards"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} paling lambat {self.due_on:%d-%m-%Y}"

    def is_over(self, today):
        return self.outcome == self.Outcome.RUNNING and today > self.due_on
