"""Who may fill in for citizens, and how often he did. What was answered stands elsewhere and leads to nobody."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.people.models import Employee
from agencies.structure.models import Unit
from feedback.services.models import Counter, Service


class Enumerator(models.Model):
    """Petugas pengisi: an employee who fills in for citizens and keys paper, in a unit and below, for a term."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enumerators", verbose_name="unit")
    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="enumerator_terms", verbose_name="pegawai"
    )
    term = DateRangeField("masa tugas")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-term", "pk"]
        constraints = [
            ExclusionConstraint(
                name="an_enumerator_is_named_once_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("employee", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(term__startswith__isnull=False, term__endswith__isnull=False),
                name="an_enumerator_has_a_first_and_a_last_day",
            ),
        ]

    def __str__(self):
        return f"{self.employee}, {self.unit}"

    @property
    def last_day(self):
        return self.term.upper - timedelta(days=1)


class AssistedTally(models.Model):
    """How many answers an officer filled in on a day for one reason.

    A count, not a row for each answer, and without a time: whoever reads both tables can say on which day an officer
    typed, and never which answer.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "Tatap muka"
        PHONE = "phone", "Lewat telepon"
        VISIT = "visit", "Kunjungan ke rumah"

    class Reason(models.TextChoices):
        READING = "reading", "Kesulitan membaca atau menulis"
        SIGHT = "sight", "Kesulitan melihat"
        HANDS = "hands", "Kesulitan memakai tangan"
        AGE = "age", "Lanjut usia dan minta dibantu"
        LANGUAGE = "language", "Lebih mudah dalam bahasa daerah"
        NO_DEVICE = "no_device", "Tidak membawa ponsel"
        OTHER = "other", "Alasan lain"

    service = models.ForeignKey(Service, models.PROTECT, related_name="assisted", verbose_name="layanan")
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="assisted", verbose_name="loket"
    )
    day = models.DateField("hari")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diisi oleh"
    )
    mode = models.CharField("cara", max_length=10, choices=Mode)
    reason = models.CharField("alasan", max_length=10, choices=Reason)
    entries = models.PositiveIntegerField("jumlah", default=0)

    class Meta:
        ordering = ["-day", "service__name", "entered_by__name", "reason", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "counter", "day", "entered_by", "mode", "reason"],
                nulls_distinct=False,
                name="an_officer_s_day_is_counted_in_one_row",
            ),
        ]

    def __str__(self):
        return f"{self.day:%d-%m-%Y}: {self.entries}"
