"""What was reached in a period, what shows it, and what others said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from appraisal.cycle.models import Period
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.rulebook.models import BehaviourValue


class Realisation(models.Model):
    """The realised value of an indicator in a period; no row, or no value, means "no data", never zero."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="realisations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    value = models.DecimalField("realisasi", max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.TextField("keterangan", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="one_realisation_per_indicator_and_period"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="realisation_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.value}"


class Evidence(models.Model):
    """A file or a link that shows a result; the file is known by its hash."""

    result = models.ForeignKey(WorkResult, models.PROTECT, related_name="evidence")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    title = models.CharField("nama bukti", max_length=160)
    dated = models.DateField("tanggal bukti")
    link = models.URLField("tautan", max_length=500, blank=True)
    file_path = models.CharField(max_length=120, blank=True, editable=False)
    file_name = models.CharField("berkas", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("ukuran (bita)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["dated", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(file_path="") & Q(sha256__regex=r"^[0-9a-f]{64}$"))
                | (~Q(link="") & Q(file_path="", sha256="")),
                name="evidence_is_a_file_or_a_link",
            ),
            models.UniqueConstraint(
                fields=["result", "period", "sha256"],
                condition=~Q(sha256=""),
                name="same_file_shows_a_result_once",
            ),
        ]

    def __str__(self):
        return self.title


class Feedback(models.Model):
    """Umpan balik berkelanjutan on a result or on a value (PermenPANRB 6/2022 art. 17–19, form B.1.5)."""

    class Giver(models.TextChoices):
        LEADER = "leader", "Pimpinan"
        PEER = "peer", "Rekan kerja"
        SUBORDINATE = "subordinate", "Bawahan"
        SERVED = "served", "Penerima layanan"

    class Tone(models.TextChoices):
        POSITIVE = "positive", "Apresiasi"
        MIXED = "mixed", "Apresiasi dengan catatan"
        NEEDS_WORK = "needs_work", "Perlu diperbaiki"

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="feedback")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    result = models.ForeignKey(WorkResult, models.PROTECT, null=True, blank=True, related_name="feedback")
    value = models.ForeignKey(BehaviourValue, models.PROTECT, null=True, blank=True, related_name="+")
    giver = models.CharField("dari", max_length=12, choices=Giver)
    tone = models.CharField("nada", max_length=12, choices=Tone)
    text = models.TextField("umpan balik")
    given_on = models.DateField("tanggal")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__isnull=False, value=None) | Q(result=None, value__isnull=False),
                name="feedback_is_on_a_result_or_a_value",
            )
        ]

    def __str__(self):
        return self.text
