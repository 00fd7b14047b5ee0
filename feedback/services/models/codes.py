"""One-time codes: each stands for one visit, and nothing in it leads to the visitor or to the answer."""

from django.db import models
from django.db.models import F, Q

from agencies.structure.models import Unit

from .catalogue import Service
from .counters import Counter


class CodeSheet(models.Model):
    """Codes of one service for a day or a few days: printed as a sheet, or handed out one by one at a counter."""

    class Kind(models.TextChoices):
        PRINTED = "printed", "Lembar cetak"
        HANDOUT = "handout", "Diberikan satu per satu"
        COUNTER = "counter", "Diberikan petugas loket"

    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.PRINTED)
    service = models.ForeignKey(Service, models.PROTECT, related_name="code_sheets", verbose_name="layanan")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit")
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="code_sheets", verbose_name="loket"
    )
    first_day = models.DateField("hari pelayanan pertama")
    last_day = models.DateField("hari pelayanan terakhir")
    expires_on = models.DateField("berlaku sampai")
    made_on = models.DateField("dibuat")
    withdrawn_on = models.DateField("dibatalkan", null=True, blank=True)
    making_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    given = models.PositiveIntegerField("kode diberikan", default=0)
    # Counted when the codes themselves are dropped; until then `queries.with_use` counts them.
    used = models.PositiveIntegerField("kode dipakai", default=0)
    is_dropped = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["service", "-first_day", "-id"], name="code_sheets_of_a_service")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"), last_day__lte=F("expires_on")),
                name="a_code_sheet_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(used__lte=F("given")), name="no_more_codes_are_used_than_given"
            ),
            models.UniqueConstraint(
                fields=["service", "unit", "counter", "first_day"],
                condition=Q(kind="handout"),
                nulls_distinct=False,
                name="a_counter_hands_out_from_one_sheet_a_day",
            ),
            models.UniqueConstraint(
                fields=["service", "unit", "counter", "first_day"],
                condition=Q(kind="counter"),
                name="an_officer_hands_out_from_one_sheet_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="counter") | Q(counter__isnull=False),
                name="an_officer_hands_out_at_a_counter",
            ),
        ]

    def __str__(self):
        return f"{self.service}, {self.first_day:%d-%m-%Y}"


class SurveyCode(models.Model):
    """Keyed digests only. Their own order is the table's order: it tells nothing of who got which code when."""

    digest = models.CharField(max_length=64, primary_key=True)
    typed_digest = models.CharField(max_length=64, unique=True)
    sheet = models.ForeignKey(CodeSheet, models.CASCADE, related_name="codes")
    used_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.digest[:8]
