"""The performance year: its periods, its windows with their deadlines, and who was reminded of them."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.formats import date_format

from .calendar import name_of


def last_day_of(closes_at):
    """The last day of a window in WIT: midnight belongs to the day that ends with it."""
    return timezone.localdate(closes_at - timedelta(microseconds=1))


class Window(models.Model):
    """A stretch of time from `opens_at` until just before `closes_at` (both in WIT for the reader)."""

    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")

    class Meta:
        abstract = True

    @property
    def first_day(self):
        return timezone.localdate(self.opens_at)

    @property
    def last_day(self):
        return last_day_of(self.closes_at)

    @property
    def closing(self):
        """When the window closes, in words and WIT."""
        moment = timezone.localtime(self.closes_at)
        hour = "24.00" if moment.date() != self.last_day else f"{moment:%H.%M}"
        return f"{date_format(self.last_day, 'l, j F Y')} pukul {hour}"

    def is_open(self, now=None):
        return self.opens_at <= (now or timezone.now()) < self.closes_at

    def is_over(self, now=None):
        return (now or timezone.now()) >= self.closes_at


class Cadence(models.TextChoices):
    """How often a city evaluates within the year (PermenPANRB 6/2022 art. 24), and the full cycle beside it."""

    MONTHLY = "monthly", "Bulanan"
    QUARTERLY = "quarterly", "Triwulanan"
    ANNUAL = "annual", "Tahunan"


WITHIN_THE_YEAR = [each for each in Cadence.choices if each[0] != Cadence.ANNUAL]


class PerformanceYear(models.Model):
    """A year the personnel office has opened; `closed_at` once all its windows are past and it is put away."""

    year = models.PositiveSmallIntegerField("tahun kinerja", unique=True)
    cadence = models.CharField("irama evaluasi", max_length=10, choices=WITHIN_THE_YEAR)
    opened_at = models.DateTimeField("dibuka", default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dibuka oleh"
    )
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ditutup oleh"
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gt=F("opened_at")),
                name="year_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(year__range=(2022, 2099)), name="year_is_of_this_century"),
            models.CheckConstraint(
                condition=~Q(cadence="annual"), name="a_year_is_evaluated_by_months_or_quarters"
            ),
        ]

    def __str__(self):
        return f"Tahun kinerja {self.year}"

    @property
    def is_closed(self):
        return self.closed_at is not None


class PeriodQuerySet(models.QuerySet):
    def periodic(self):
        """The months or quarters: what is recorded, reported and spoken about."""
        return self.exclude(cadence=Cadence.ANNUAL)

    def annual(self):
        """The whole years, each evaluated once more as a whole (page 90 no. 8 b)."""
        return self.filter(cadence=Cadence.ANNUAL)

    def annual_of(self, period):
        """The whole year in which `period` lies."""
        return self.annual().filter(year=period.year)


class Period(Window):
    """A month, a quarter, or (number 0) the whole year; its window is that of the evaluation."""

    Cadence = Cadence
    year = models.PositiveSmallIntegerField("tahun")
    cadence = models.CharField("irama evaluasi", max_length=10, choices=Cadence, default=Cadence.QUARTERLY)
    number = models.PositiveSmallIntegerField("bulan atau triwulan")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("akhir")
    opens_at = models.DateTimeField("penilaian dibuka")
    closes_at = models.DateTimeField("penilaian ditutup")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="period_exists_once"),
            models.CheckConstraint(
                condition=Q(cadence="quarterly", number__range=(1, 4))
                | Q(cadence="monthly", number__range=(1, 12))
                | Q(cadence="annual", number=0),
                name="period_is_a_month_a_quarter_or_a_year",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="window_closes_after_it_opens"
            ),
            ExclusionConstraint(
                name="periods_do_not_overlap",
                expressions=[
                    (
                        Func(F("starts_on"), F("ends_on"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=~Q(cadence="annual"),
            ),
            ExclusionConstraint(
                name="a_year_has_one_cadence",
                expressions=[("year", RangeOperators.EQUAL), ("cadence", RangeOperators.NOT_EQUAL)],
                condition=~Q(cadence="annual"),
            ),
        ]

    def __str__(self):
        return name_of(self.year, self.number, self.cadence)

    @property
    def is_annual(self):
        return self.cadence == Cadence.ANNUAL

    @property
    def recorded_from(self):
        """The first day on which something is recorded for it: of a whole year what was reached in the end."""
        return self.first_day if self.is_annual else self.starts_on


class YearWindow(Window):
    """A window of a year beside the evaluation of its periods, which stands in Period itself."""

    class Kind(models.TextChoices):
        PLANNING = "planning", "Perencanaan SKP"
        DOCUMENTATION = "documentation", "Dokumentasi kinerja"
        FEEDBACK = "feedback", "Umpan balik berkala"

    performance_year = models.ForeignKey(
        PerformanceYear, models.PROTECT, related_name="windows", verbose_name="tahun kinerja"
    )
    kind = models.CharField("untuk", max_length=15, choices=Kind)
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="windows", verbose_name="periode"
    )

    class Meta:
        ordering = ["closes_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["performance_year", "kind", "period"],
                nulls_distinct=False,
                name="window_of_a_year_exists_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="planning", period=None)
                | Q(kind__in=("documentation", "feedback"), period__isnull=False),
                name="only_documentation_and_feedback_have_a_period",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="window_of_a_year_closes_after_it_opens"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.period or self.performance_year.year}"


class Reminder(models.Model):
    """That somebody was reminded of a duty at a stage; when the deadline moves (`due_on`), the stages begin anew."""

    class Stage(models.TextChoices):
        BEFORE = "before", "Sebelum tenggat"
        PERSON = "person", "Kepada yang bersangkutan"
        APPRAISER = "appraiser", "Kepada pejabat penilai"
        SUPERIOR = "superior", "Kepada atasan dan admin unit"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name="kepada"
    )
    duty = models.CharField("kewajiban", max_length=20)
    year = models.PositiveSmallIntegerField("tahun kinerja")
    period = models.ForeignKey(Period, models.CASCADE, null=True, blank=True, related_name="+")
    due_on = models.DateField("tenggat")
    stage = models.CharField("tahap", max_length=10, choices=Stage)
    days = models.PositiveSmallIntegerField("hari kerja")
    sent_on = models.DateField("dikirim")

    class Meta:
        ordering = ["-sent_on", "-pk"]
        indexes = [models.Index(fields=["year", "sent_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "duty", "year", "period", "due_on", "stage", "days"],
                nulls_distinct=False,
                name="reminded_once_at_each_stage",
            )
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.duty} {self.due_on:%d-%m-%Y}"
