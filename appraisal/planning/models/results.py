"""The results of a plan and how they are measured."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from appraisal.goals.models import Goal

from .plan import Skp


class Control(models.TextChoices):
    """Quality of a result and how far its owner controls it (pages 28 and 44)."""

    OUTCOME = "outcome", "Outcome"
    INTERMEDIATE = "intermediate", "Outcome antara"
    LOW = "low", "Output kendali rendah"
    MEDIUM = "medium", "Output kendali sedang"
    HIGH = "high", "Output kendali tinggi"


class WorkResult(models.Model):
    """Rencana hasil kerja: one result, main or additional, under a result or a goal of the superior."""

    class Kind(models.TextChoices):
        MAIN = "main", "Utama"
        ADDITIONAL = "additional", "Tambahan"

    class Origin(models.TextChoices):
        AGREEMENT = "agreement", "Perjanjian Kinerja"
        DIRECTIVE = "directive", "Direktif pimpinan"
        INITIATIVE = "initiative", "Rencana aksi atau inisiatif strategis"
        ROLE = "role", "Matriks pembagian peran dan hasil"
        ACTING = "acting", "Penugasan sebagai Plt. atau Plh."
        STUDY = "study", "Tugas belajar"
        OTHER = "other", "Lainnya"

    class Ground(models.TextChoices):
        """What makes a target without room for a mistake right (page 51)."""

        LIFE = "life", "Nyawa"
        INJURY = "injury", "Cedera"
        SECURITY = "security", "Pelanggaran keamanan nasional"
        LOSS = "loss", "Kerugian uang yang besar"

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="results")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField("urutan")
    statement = models.TextField("rencana hasil kerja")
    origin = models.CharField("berasal dari", max_length=10, choices=Origin, blank=True)
    control = models.CharField("kualitas dan tingkat kendali", max_length=12, choices=Control, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="rencana hasil kerja pimpinan yang diintervensi",
    )
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="sasaran Perjanjian Kinerja",
    )
    # The leader who gave the task, when it is not the appraiser: by his post in words, and as a person where known.
    assigned_by = models.CharField("penugasan dari", max_length=160, blank=True)
    assigner = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pimpinan pemberi tugas",
    )
    # In an adjustment: the agreed result this one continues. In a plan: the result of last year it was copied from.
    continues = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    absolute_ground = models.CharField("alasan target mutlak", max_length=8, choices=Ground, blank=True)
    absolute_reason = models.TextField("penjelasan target mutlak", blank=True)
    withdrawn_on = models.DateField("tidak berlaku sejak", null=True, blank=True)
    # Taken over by the leader after feedback brought no progress (art. 20, page 70): the evaluation reads the note.
    taken_over_on = models.DateField("diambil alih pada", null=True, blank=True)
    taken_over_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diambil alih oleh"
    )
    takeover_note = models.TextField("catatan pengambilalihan", blank=True)

    class Meta:
        ordering = ["-kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="no_result_hangs_under_itself"),
            models.UniqueConstraint(
                fields=["skp", "kind", "position"],
                condition=Q(withdrawn_on=None),
                name="result_has_its_own_place",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_on=None, taken_over_by=None, takeover_note="")
                | (Q(taken_over_on__isnull=False, taken_over_by__isnull=False) & ~Q(takeover_note="")),
                name="result_taken_over_leaves_a_note",
            ),
            # PermenPANRB 6/2022 page 50: what somebody does as Plt. or Plh. has high priority.
            models.CheckConstraint(
                condition=~Q(origin="acting") | Q(kind="main"), name="an_acting_assignment_is_main"
            ),
            models.CheckConstraint(
                condition=Q(absolute_ground="", absolute_reason="")
                | (~Q(absolute_ground="") & ~Q(absolute_reason="")),
                name="absolute_target_says_why",
            ),
        ]

    def __str__(self):
        return self.statement


class Indicator(models.Model):
    """Ukuran keberhasilan/indikator kinerja individu with its target.

    The target is a number with its unit (a range has both bounds, else both are equal), or words (`target_text`), or,
    in the qualitative approach, part of the narrative itself (page 50), so that there is none apart from it.
    """

    class Aspect(models.TextChoices):
        QUANTITY = "quantity", "Kuantitas"
        QUALITY = "quality", "Kualitas"
        TIME = "time", "Waktu"
        COST = "cost", "Biaya"

    class Direction(models.TextChoices):
        HIGHER = "higher", "Makin tinggi makin baik"
        LOWER = "lower", "Makin rendah makin baik"
        RANGE = "range", "Dalam rentang"

    class Perspective(models.TextChoices):
        SERVED = "served", "Penerima Layanan"
        PROCESS = "process", "Proses Bisnis"
        INTERNAL = "internal", "Penguatan Internal"
        BUDGET = "budget", "Anggaran"

    result = models.ForeignKey(WorkResult, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("urutan")
    # One aspect, or several joined by "+": an indicator may combine them (page 51).
    aspect = models.CharField("aspek", max_length=40, blank=True)
    perspective = models.CharField("perspektif", max_length=8, choices=Perspective, blank=True)
    statement = models.TextField("indikator")
    direction = models.CharField("arah", max_length=10, choices=Direction, default=Direction.HIGHER)
    target_low = models.DecimalField(
        "target (batas bawah)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    target_high = models.DecimalField(
        "target (batas atas)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("satuan", max_length=120, blank=True)
    target_text = models.CharField("target dalam kata-kata", max_length=200, blank=True)
    continues = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("tidak berlaku sejak", null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    aspect__regex=r"^((quantity|quality|time|cost)(\+(quantity|quality|time|cost))*)?$"
                ),
                name="aspects_are_known",
            ),
            models.CheckConstraint(
                condition=Q(target_low=None, target_high=None)
                | Q(target_low__isnull=False, target_high__isnull=False),
                name="a_target_has_both_bounds_or_none",
            ),
            models.CheckConstraint(
                condition=Q(target_low=None) | Q(target_low__gte=0), name="target_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(target_low=None)
                | Q(direction="range", target_high__gt=F("target_low"))
                | (~Q(direction="range") & Q(target_high=F("target_low"))),
                name="only_a_range_has_two_bounds",
            ),
            models.CheckConstraint(
                condition=Q(target_low=None) | Q(direction="range") | Q(target_low__gt=0),
                name="a_single_target_is_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(target_low=None) | Q(target_text=""), name="a_target_is_a_number_or_words"
            ),
        ]

    def __str__(self):
        return self.statement

    @property
    def is_numeric(self):
        return self.target_low is not None

    @property
    def target(self):
        """As `achievement` wants it: a Decimal, or a (low, high) pair; None when the target is no number."""
        return (
            (self.target_low, self.target_high) if self.direction == self.Direction.RANGE else self.target_low
        )

    @property
    def aspect_words(self):
        """The aspects as read on the form, e.g. "Kuantitas dan Waktu"; empty when none is named."""
        words = [str(self.Aspect(aspect).label) for aspect in self.aspect.split("+") if aspect]
        return " dan ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


class IndicatorManual(models.Model):
    """Manual indikator kinerja of a leader's indicator (form A.1.3, pages 37-38)."""

    class Reporting(models.TextChoices):
        MONTHLY = "monthly", "Bulanan"
        QUARTERLY = "quarterly", "Triwulanan"
        SEMESTER = "semester", "Semesteran"
        YEARLY = "yearly", "Tahunan"

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="manual")
    purpose = models.TextField("tujuan")
    definition = models.TextField("definisi")
    formula = models.TextField("rumus", blank=True)
    unit = models.CharField("satuan pengukuran", max_length=80, blank=True)
    control = models.CharField("kualitas dan tingkat kendali", max_length=12, choices=Control.choices[:3])
    source = models.TextField("sumber data")
    reporting = models.CharField("periode pelaporan", max_length=10, choices=Reporting)

    def __str__(self):
        return f"Manual: {self.indicator}"
