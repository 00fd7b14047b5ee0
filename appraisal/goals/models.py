"""What the city wants: its priority programmes, and the performance agreement of each unit."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit


class PriorityProgramme(models.Model):
    """One of the city's priority programmes of a term of office; the root of every cascade."""

    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("program prioritas", max_length=200)
    first_year = models.PositiveSmallIntegerField("tahun pertama")
    last_year = models.PositiveSmallIntegerField("tahun terakhir")
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)

    class Meta:
        ordering = ["first_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["first_year", "number"], name="priority_programme_exists_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="priority_programme_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class PerformanceAgreement(models.Model):
    """Perjanjian Kinerja (PK) of a unit for a year: between its head and the leader above (PermenPANRB 53/2014)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Rancangan"
        SIGNED = "signed", "Ditetapkan"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agreements", verbose_name="unit kerja")
    year = models.PositiveSmallIntegerField("tahun")
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.DRAFT)
    first_party = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pihak pertama"
    )
    second_party = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pihak kedua"
    )
    first_post = models.CharField("jabatan pihak pertama", max_length=160, blank=True)
    second_post = models.CharField("jabatan pihak kedua", max_length=160, blank=True)
    signed_on = models.DateField("ditetapkan pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_agreement_per_unit_and_year"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(first_party__isnull=False, signed_on__isnull=False),
                name="signed_agreement_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(first_party=F("second_party")), name="nobody_signs_an_agreement_with_himself"
            ),
        ]

    def __str__(self):
        return f"Perjanjian Kinerja {self.unit.name} {self.year}"


class Goal(models.Model):
    """Sasaran of an agreement, under a goal of the unit above and, at the top, a priority programme."""

    agreement = models.ForeignKey(PerformanceAgreement, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("sasaran")
    programme = models.ForeignKey(
        PriorityProgramme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name="program prioritas",
    )
    supports = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_by",
        verbose_name="sasaran yang didukung",
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "position"],
                name="goal_has_its_own_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(supports=F("pk")), name="no_goal_supports_itself"),
        ]

    def __str__(self):
        return self.statement


class GoalIndicator(models.Model):
    """Indikator kinerja utama of a goal with its target, as the agreement words them."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("indikator kinerja")
    target = models.CharField("target", max_length=120)
    baseline = models.CharField("baseline", max_length=120, blank=True)
    method = models.TextField("metode perhitungan", blank=True)
    source = models.CharField("sumber data", max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.statement


class BudgetLine(models.Model):
    """Program or activity of an agreement with its budget in rupiah."""

    agreement = models.ForeignKey(PerformanceAgreement, models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("program atau kegiatan", max_length=200)
    amount = models.DecimalField("anggaran (rupiah)", max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="budget_is_not_negative")]

    def __str__(self):
        return self.name
