"""Sessions in which the leaders of a unit compare their drafts, what was proposed and answered, and closed periods."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.people.models import Employee
from agencies.structure.models import Unit
from ambon_kinerja.jobs.models import Job
from appraisal.cycle.models import Period
from appraisal.organisation.models import Achievement
from appraisal.planning.models import Skp
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation


def kept_for_ever(name):
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class DistributionReason(models.Model):
    """Why the predikat of a unit depart from the guide, in words; a row is added each time, none is edited."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="distribution_reasons", verbose_name="unit kerja"
    )
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="periode")
    text = models.TextField("alasan")
    achievement = models.CharField("capaian organisasi", max_length=15, choices=Achievement)
    counts = models.JSONField("jumlah pegawai")
    warnings = models.JSONField("peringatan")
    written_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    written_at = models.DateTimeField("ditulis", default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["unit", "period"])]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="a_distribution_reason_has_words")
        ]
        triggers = [kept_for_ever("a_distribution_reason_never_changes")]

    def __str__(self):
        return f"{self.unit}, {self.period}"


class CalibrationSession(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Berlangsung"
        CLOSED = "closed", "Selesai"
        CANCELLED = "cancelled", "Dibatalkan"

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="calibration_sessions", verbose_name="unit kerja"
    )
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="periode")
    state = models.CharField("keadaan", max_length=9, choices=State, default=State.OPEN)
    held_on = models.DateField("tanggal sesi")
    agenda = models.TextField("agenda sesi")
    minutes = models.TextField("notula", blank=True)
    called_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="dipanggil oleh")
    called_at = models.DateTimeField("dipanggil", default=timezone.now)
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period"],
                condition=Q(state="open"),
                name="one_open_session_per_unit_and_period",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(minutes__regex=r"\S", closed_at__isnull=False),
                name="a_closed_session_has_minutes",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_session_that_ended_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="open"),
            )
        ]

    def __str__(self):
        return f"Kalibrasi {self.unit.name}, {self.period}"


class CalibrationParticipant(models.Model):
    """A leader who takes part: of the unit or of one of its subunits, on the day the session was called."""

    session = models.ForeignKey(CalibrationSession, models.PROTECT, related_name="participants")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="calibrations")
    post_name = models.CharField("jabatan", max_length=160, blank=True)
    is_chair = models.BooleanField("memimpin sesi", default=False)
    attended = models.BooleanField("hadir", default=False)

    class Meta:
        ordering = ["-is_chair", "employee__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "employee"], name="participant_stands_once"),
        ]

    def __str__(self):
        return f"{self.employee}"


class CalibrationItem(models.Model):
    """A draft evaluation the session talks about."""

    session = models.ForeignKey(CalibrationSession, models.PROTECT, related_name="items")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="calibration_items")
    # Whom it is about, kept beside the draft: the draft itself is closed to most who take part (docs/adr/0016).
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    added_at = models.DateTimeField("dimasukkan", default=timezone.now)

    class Meta:
        ordering = ["employee__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "evaluation"], name="draft_is_talked_about_once"),
        ]

    def __str__(self):
        return f"{self.employee}"


class CalibrationProposal(models.Model):
    """Another rating for a draft, with a reason; the employee's appraiser of the day accepts it or keeps his own."""

    class Aspect(models.TextChoices):
        WORK = "work", "Hasil kerja"
        BEHAVIOUR = "behaviour", "Perilaku kerja"

    class State(models.TextChoices):
        OPEN = "open", "Menunggu penilai"
        ACCEPTED = "accepted", "Diterima"
        KEPT = "kept", "Rating tetap"
        LAPSED = "lapsed", "Tidak dijawab"

    item = models.ForeignKey(CalibrationItem, models.PROTECT, related_name="proposals")
    aspect = models.CharField("rating", max_length=9, choices=Aspect)
    from_rating = models.CharField("rating semula", max_length=6, choices=Rating)
    to_rating = models.CharField("rating yang diusulkan", max_length=6, choices=Rating)
    reason = models.TextField("alasan usulan")
    proposed_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField("alasan penilai", blank=True)
    answered_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dijawab oleh"
    )
    answered_at = models.DateTimeField("dijawab", null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "aspect"],
                condition=Q(state="open"),
                name="one_open_proposal_per_draft_and_aspect",
            ),
            models.CheckConstraint(
                condition=~Q(from_rating=F("to_rating")), name="a_proposal_changes_the_rating"
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="a_calibration_proposal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "lapsed"), answered_by=None)
                | Q(state__in=("accepted", "kept"), answered_by__isnull=False, answered_at__isnull=False),
                name="an_answered_proposal_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(answer__regex=r"\S"), name="keeping_a_rating_has_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_answered_proposal_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="open"),
            )
        ]

    def __str__(self):
        return (
            f"{self.get_aspect_display()}: {self.get_from_rating_display()} → {self.get_to_rating_display()}"
        )


class PeriodClosing(models.Model):
    """How a period stood when its time for evaluating was over. Written once; never computed again."""

    period = models.OneToOneField(Period, models.PROTECT, related_name="closing_row", verbose_name="periode")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField("dimulai", default=timezone.now)
    finished_at = models.DateTimeField("selesai", null=True, blank=True)
    figures = models.JSONField("angka", default=dict)

    class Meta:
        ordering = ["-started_at"]
        triggers = [
            pgtrigger.Protect(
                name="a_closed_period_is_never_computed_again",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False)
                & (
                    pgtrigger.Q(old__finished_at__df=pgtrigger.F("new__finished_at"))
                    | pgtrigger.Q(old__figures__df=pgtrigger.F("new__figures"))
                    | pgtrigger.Q(old__period__df=pgtrigger.F("new__period"))
                ),
            ),
            pgtrigger.Protect(name="a_closing_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"Penutupan {self.period}"


class DistributionSnapshot(models.Model):
    """The predikat of a unit and all below it when the period was closed, beside the guide of that day."""

    closing = models.ForeignKey(PeriodClosing, models.PROTECT, related_name="snapshots")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    achievement = models.CharField("capaian organisasi", max_length=15, choices=Achievement, blank=True)
    counts = models.JSONField("jumlah pegawai")
    employees = models.PositiveIntegerField("pegawai")
    decided = models.PositiveIntegerField("sudah ditetapkan")
    warnings = models.JSONField("peringatan", default=list)

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "unit"], name="unit_is_counted_once_a_closing"),
            models.CheckConstraint(
                condition=Q(decided__lte=F("employees")), name="no_more_are_decided_than_there_are"
            ),
        ]
        triggers = [kept_for_ever("a_distribution_snapshot_never_changes")]

    def __str__(self):
        return f"{self.unit}: {self.decided}/{self.employees}"


class MissedEvaluation(models.Model):
    """Somebody whose evaluation was not final when the period closed; the appraiser's superior is told (page 90)."""

    class Why(models.TextChoices):
        NO_PLAN = "no_plan", "SKP belum disepakati"
        NOT_BEGUN = "not_begun", "Belum dinilai"
        DRAFT = "draft", "Sedang dinilai"

    closing = models.ForeignKey(PeriodClosing, models.PROTECT, related_name="missed")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    skp = models.ForeignKey(Skp, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField("keadaan", max_length=9, choices=Why)
    appraiser = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pejabat penilai"
    )
    superior = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="atasan penilai"
    )

    class Meta:
        ordering = ["employee__name", "pk"]
        indexes = [models.Index(fields=["superior", "closing"])]
        constraints = [
            models.UniqueConstraint(fields=["closing", "employee"], name="employee_is_missed_once_a_closing"),
        ]
        triggers = [kept_for_ever("a_missed_evaluation_stays_noted")]

    def __str__(self):
        return f"{self.employee}: {self.get_why_display()}"
