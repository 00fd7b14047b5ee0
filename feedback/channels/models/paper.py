"""A pile of filled paper forms, keyed by two people before it counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from feedback.citizens.models import Questionnaire
from feedback.services.models import Counter, Service

MOST_SHEETS = 200
LONGEST_DAYS = 31


class PaperBatch(models.Model):
    """Kumpulan lembar: sheets of one service, questionnaire and term of at most a month."""

    class State(models.TextChoices):
        FIRST = "first", "Pengisian pertama"
        SECOND = "second", "Pengisian kedua"
        COMPARING = "comparing", "Pencocokan"
        ACCEPTED = "accepted", "Diterima"
        CANCELLED = "cancelled", "Dibatalkan"

    KEYED = (State.FIRST, State.SECOND)
    UNDER_WAY = (State.FIRST, State.SECOND, State.COMPARING)

    service = models.ForeignKey(Service, models.PROTECT, related_name="paper_batches", verbose_name="layanan")
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="paper_batches", verbose_name="loket"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="paper_batches", verbose_name="kuesioner"
    )
    first_day = models.DateField("hari layanan pertama")
    last_day = models.DateField("hari layanan terakhir")
    sheet_count = models.PositiveSmallIntegerField("jumlah lembar")
    note = models.CharField("keterangan", max_length=120, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.FIRST)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField("diterima", null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_batch_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(sheet_count__range=(1, MOST_SHEETS)), name="a_batch_has_one_to_200_sheets"
            ),
            models.CheckConstraint(
                condition=(Q(state="accepted") & Q(accepted_at__isnull=False))
                | (~Q(state="accepted") & Q(accepted_at=None)),
                name="an_accepted_batch_says_when",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return f"LK-{self.pk:05d}"

    @property
    def round(self):
        """1 or 2 while sheets are keyed, else None."""
        return {self.State.FIRST: 1, self.State.SECOND: 2}.get(self.state)


class PaperQuestion(models.Model):
    """Which element a number on the paper asks about: 8 is sarana and 9 pengaduan on the official form."""

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField("nomor di kertas")
    element = models.CharField("unsur", max_length=20)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_paper_number_asks_one_thing"),
            models.UniqueConstraint(fields=["batch", "element"], name="an_element_has_one_paper_number"),
        ]

    def __str__(self):
        return f"{self.number}: {self.element}"


class PaperSheet(models.Model):
    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField("nomor lembar")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_sheet_is_counted_once"),
        ]

    def __str__(self):
        return str(self.number)


class SheetKeying(models.Model):
    """What one person read from a sheet. `keyed` is {column: digit}; a column left empty on the paper is missing."""

    sheet = models.ForeignKey(PaperSheet, models.PROTECT, related_name="keyings")
    round = models.PositiveSmallIntegerField("pengisian ke")
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    keyed = models.JSONField("isi", default=dict)
    is_blank = models.BooleanField("lembar kosong atau rusak", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["sheet__number", "round"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "round"], name="a_sheet_is_keyed_once_a_round"),
            # Two rounds, and never the same person in both.
            models.UniqueConstraint(fields=["sheet", "keyed_by"], name="nobody_keys_a_sheet_twice"),
            models.CheckConstraint(condition=Q(round__in=(1, 2)), name="there_are_two_rounds"),
            models.CheckConstraint(
                condition=Q(is_blank=False) | Q(keyed={}), name="a_blank_sheet_says_nothing"
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id}/{self.round}"


class PaperMismatch(models.Model):
    """Where the two readings differ, and what a third look at the paper found."""

    sheet = models.ForeignKey(PaperSheet, models.PROTECT, related_name="mismatches")
    column = models.CharField("kolom", max_length=20)
    first = models.PositiveSmallIntegerField("pengisian pertama", null=True, blank=True)
    second = models.PositiveSmallIntegerField("pengisian kedua", null=True, blank=True)
    on_paper = models.PositiveSmallIntegerField("nilai di kertas", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sheet__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "column"], name="a_difference_is_listed_once"),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None, on_paper=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="a_resolved_difference_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id}: {self.column}"
