"""What citizens answered, counted once and kept counted; and what was published of it, frozen.

Answers are never counted by the request that takes them in: a trigger writes one TallyChange (nothing to wait for),
and a job adds the waiting changes to the tallies. A figure is always tallies + what still waits, in one statement.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.structure.models import Unit
from feedback.citizens.models import SurveyResponse
from feedback.services.models import Service
from feedback.services.periods import Quarter


class Grain(models.TextChoices):
    DAY = "d", "Hari"
    QUARTER = "q", "Triwulan"


class Tally(models.Model):
    """How often each value was given to an element of a service on a day, and again in the whole quarter.

    `controlled`: with a code, at a kiosk, with help or on paper; the rest came through the open link (ADR 0024).
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    grain = models.CharField(max_length=1, choices=Grain)
    first_day = models.DateField()
    controlled = models.BooleanField()
    element = models.CharField(max_length=20)
    ones = models.BigIntegerField(default=0)
    twos = models.BigIntegerField(default=0)
    threes = models.BigIntegerField(default=0)
    fours = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "grain", "first_day", "controlled", "element"], name="counted_in_one_place"
            )
        ]

    def __str__(self):
        return f"{self.service_id} {self.first_day} {self.element}"


class RespondentTally(models.Model):
    """Respondents with the sum and the sum of squares of their own totals, for the interval of the index."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    grain = models.CharField(max_length=1, choices=Grain)
    first_day = models.DateField()
    controlled = models.BooleanField()
    elements = models.SmallIntegerField("banyaknya unsur")
    respondents = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    squares = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "grain", "first_day", "controlled", "elements"],
                name="respondents_counted_in_one_place",
            )
        ]

    def __str__(self):
        return f"{self.service_id} {self.first_day}: {self.respondents}"


class TallyChange(models.Model):
    """A response that began (+1) or ceased (-1) to count and is not in the tallies yet. Written by a trigger."""

    response = models.ForeignKey(
        SurveyResponse, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    service = models.ForeignKey(
        Service, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField()
    controlled = models.BooleanField()
    sign = models.SmallIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.sign:+d} {self.service_id} {self.day}"


class QuarterLock(models.Model):
    """A quarter whose results are final: who locked it, over how many answers, and the hash of these answers."""

    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    locked_at = models.DateTimeField("dikunci pada")
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dikunci oleh"
    )
    sha256 = models.CharField(max_length=64)
    responses = models.PositiveIntegerField("jawaban yang dihitung")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="a_quarter_is_locked_once"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="lock_is_of_a_quarter"),
        ]
        triggers = [
            pgtrigger.Protect(name="a_lock_is_never_opened", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.year}-{self.quarter}"

    @property
    def period(self):
        return Quarter(self.year, self.quarter)


class ChangeAfterLock(models.Model):
    """A response that came, or was withdrawn, after its quarter was locked. Written by the trigger.

    One that came late counts on `day` instead, when it came; one that is `withdrawn` still counts where it was locked.
    """

    response = models.OneToOneField(SurveyResponse, models.PROTECT, primary_key=True, related_name="+")
    day = models.DateField("dihitung pada")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.response_id} {self.day}"


class LockedResult(models.Model):
    """What is published of one service or one unit for a locked quarter; never changes. `figure`: see figures.py."""

    lock = models.ForeignKey(QuarterLock, models.PROTECT, related_name="results")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="locked_results")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="locked_results")
    counts = models.JSONField("jumlah jawaban", default=dict)
    figure = models.JSONField("yang terbit")

    class Meta:
        ordering = ["lock", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service=None, unit__isnull=False) | Q(service__isnull=False, unit=None),
                name="a_result_is_of_a_service_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["lock", "service"], condition=Q(unit=None), name="a_service_has_one_locked_result"
            ),
            models.UniqueConstraint(
                fields=["lock", "unit"], condition=Q(service=None), name="a_unit_has_one_locked_result"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_locked_result_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.lock}: {self.service or self.unit}"


class RunningFigure(models.Model):
    """What is shown of a service while its quarter is not locked; moves only in steps of at least ten answers."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="running_figures")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    through = models.DateField("sampai")
    respondents = models.PositiveIntegerField("responden")
    index = models.PositiveSmallIntegerField("perkiraan indeks")
    low = models.PositiveSmallIntegerField("paling rendah")
    high = models.PositiveSmallIntegerField("paling tinggi")

    class Meta:
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "year", "quarter"], name="a_service_has_one_running_figure"
            )
        ]

    def __str__(self):
        return f"{self.service} {self.year}-{self.quarter}"
