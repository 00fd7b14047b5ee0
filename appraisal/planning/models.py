"""The performance plan of one employee for one year (SKP, form A.1.7)."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.rulebook.models import BehaviourValue


class Skp(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SUBMITTED = "submitted", "Diajukan"
        RETURNED = "returned", "Dikembalikan"
        AGREED = "agreed", "Disepakati"

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="skps", verbose_name="pegawai")
    year = models.PositiveSmallIntegerField("tahun")
    # As they were when the plan was made: a later move never rewrites an agreed plan.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    post_name = models.CharField("jabatan", max_length=160)
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True)
    appraiser = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreed_skps",
        verbose_name="pejabat penilai",
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "employee__name"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "year"], name="one_plan_per_employee_and_year"),
            models.CheckConstraint(condition=~Q(appraiser=F("employee")), name="nobody_agrees_his_own_plan"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(appraiser__isnull=False, agreed_at__isnull=False),
                name="agreed_plan_says_by_whom_and_when",
            ),
        ]

    def __str__(self):
        return f"SKP {self.employee} {self.year}"


class WorkResult(models.Model):
    """Rencana hasil kerja: one result, main or additional, under a result of the superior."""

    class Kind(models.TextChoices):
        MAIN = "main", "Utama"
        ADDITIONAL = "additional", "Tambahan"

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="results")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("rencana hasil kerja")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="rencana hasil kerja pimpinan yang diintervensi",
    )
    assigned_by = models.CharField("penugasan dari", max_length=160, blank=True)

    class Meta:
        ordering = ["-kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="no_result_hangs_under_itself"),
            models.UniqueConstraint(
                fields=["skp", "kind", "position"],
                name="result_has_its_own_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return self.statement


class Indicator(models.Model):
    """Indikator kinerja individu with its target; a range has both bounds, else both are equal."""

    class Aspect(models.TextChoices):
        QUANTITY = "quantity", "Kuantitas"
        QUALITY = "quality", "Kualitas"
        TIME = "time", "Waktu"
        COST = "cost", "Biaya"

    class Direction(models.TextChoices):
        HIGHER = "higher", "Makin tinggi makin baik"
        LOWER = "lower", "Makin rendah makin baik"
        RANGE = "range", "Dalam rentang"

    result = models.ForeignKey(WorkResult, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("urutan")
    aspect = models.CharField("aspek", max_length=10, choices=Aspect)
    statement = models.CharField("indikator", max_length=300)
    direction = models.CharField("arah", max_length=10, choices=Direction, default=Direction.HIGHER)
    target_low = models.DecimalField("target (batas bawah)", max_digits=14, decimal_places=2)
    target_high = models.DecimalField("target (batas atas)", max_digits=14, decimal_places=2)
    unit = models.CharField("satuan", max_length=40)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target_low__gte=0), name="target_is_not_negative"),
            models.CheckConstraint(
                condition=Q(direction="range", target_high__gt=F("target_low"))
                | (~Q(direction="range") & Q(target_high=F("target_low"))),
                name="only_a_range_has_two_bounds",
            ),
            models.CheckConstraint(
                condition=Q(direction="range") | Q(target_low__gt=0), name="a_single_target_is_above_zero"
            ),
        ]

    def __str__(self):
        return self.statement

    @property
    def target(self):
        """As `achievement` wants it: a Decimal, or a (low, high) pair."""
        return (
            (self.target_low, self.target_high) if self.direction == self.Direction.RANGE else self.target_low
        )


class SpecialExpectation(models.Model):
    """Ekspektasi khusus pimpinan on one of the seven values (page 50)."""

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="expectations")
    value = models.ForeignKey(BehaviourValue, models.PROTECT, related_name="+")
    text = models.TextField("ekspektasi khusus pimpinan")

    class Meta:
        ordering = ["value__position"]
        constraints = [models.UniqueConstraint(fields=["skp", "value"], name="one_expectation_per_value")]

    def __str__(self):
        return self.text
