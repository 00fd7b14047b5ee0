"""What is known about a person from outside the system, and what is proposed for him."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.rulebook.outcome_rules import POTENTIAL
from appraisal.scoring.matrix import Predikat, Rating

from .basis import Basis, Recorded, basis_is_whole, review_has_words, withdrawal_has_words


class PastResult(Recorded):
    """The predikat of a year that was appraised elsewhere (e-Kinerja BKN or on paper): always shown as from outside."""

    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="past_results", verbose_name="pegawai"
    )
    year = models.PositiveSmallIntegerField("tahun")
    predikat = models.CharField("predikat", max_length=20, choices=Predikat)
    work_rating = models.CharField("rating hasil kerja", max_length=6, choices=Rating, blank=True)
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=6, choices=Rating, blank=True)
    source = models.CharField("sumber", max_length=120)
    document = models.CharField("nomor dokumen", max_length=80, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(source__regex=r"\S"), name="past_result_names_its_source"),
            models.CheckConstraint(
                condition=Q(year__range=(2014, 2099)), name="past_result_is_of_this_century"
            ),
            models.UniqueConstraint(
                fields=["employee", "year"],
                condition=Q(withdrawn_at=None),
                name="one_past_result_per_employee_and_year",
            ),
            withdrawal_has_words("withdrawn_past_result_says_why"),
        ]

    def __str__(self):
        return f"{self.employee}, {self.year}: {self.get_predikat_display()}"


class PotentialAssessment(Recorded):
    """The potential of a person as an assessment found it: never worked out by the system."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="potentials", verbose_name="pegawai")
    potential = models.CharField("potensial", max_length=6, choices=POTENTIAL)
    source = models.CharField("lembaga asesmen", max_length=120)
    document = models.CharField("nomor laporan", max_length=80, blank=True)
    assessed_on = models.DateField("tanggal asesmen")

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__regex=r"\S"), name="potential_names_its_source"),
            models.UniqueConstraint(
                fields=["employee", "assessed_on"],
                condition=Q(withdrawn_at=None),
                name="one_potential_per_employee_and_day",
            ),
            withdrawal_has_words("withdrawn_potential_says_why"),
        ]

    def __str__(self):
        return f"{self.employee}: {self.get_potential_display()}"


class RewardProposal(Basis):
    """A reward proposed for a person (art. 31); whether it is given is decided outside of the system."""

    class Kind(models.TextChoices):
        SUCCESSION = "succession", "Prioritas kelompok rencana suksesi"
        COMPETENCE = "competence", "Prioritas pengembangan kompetensi"
        OTHER = "other", "Penghargaan lain dari Pejabat Pembina Kepegawaian"

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    kind = models.CharField("bentuk", max_length=12, choices=Kind)
    reason = models.CharField("alasan", max_length=500)
    year = models.PositiveSmallIntegerField("tahun")
    predikat = models.CharField("predikat", max_length=20, choices=Predikat)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh"
    )
    proposed_at = models.DateTimeField("diusulkan", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ditarik oleh",
    )
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True)
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            basis_is_whole("proposed_reward_names_the_receipt"),
            review_has_words("reviewed_reward_says_what_follows"),
            withdrawal_has_words("withdrawn_reward_says_why"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="proposed_reward_says_why"),
            models.UniqueConstraint(
                fields=["employee", "year", "kind"],
                condition=Q(withdrawn_at=None),
                name="one_reward_of_a_kind_per_year",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.employee}"
