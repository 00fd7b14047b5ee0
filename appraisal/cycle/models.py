"""The periods of the year in which results are appraised."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.formats import date_format


class Period(models.Model):
    """A quarter: appraised from `opens_at` until just before `closes_at` (both in WIT for the reader)."""

    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("triwulan")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("akhir")
    opens_at = models.DateTimeField("penilaian dibuka")
    closes_at = models.DateTimeField("penilaian ditutup")

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="quarter_exists_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 4)), name="quarter_is_one_to_four"),
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
            ),
        ]

    def __str__(self):
        return f"Triwulan {('I', 'II', 'III', 'IV')[self.number - 1]} {self.year}"

    @property
    def last_day(self):
        """The last day of the window in WIT: midnight belongs to the day that ends with it."""
        return timezone.localdate(self.closes_at - timedelta(microseconds=1))

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
