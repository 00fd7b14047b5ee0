"""Rencana Tindak Lanjut (RTL): what is done about the three lowest elements of a quarter (PermenPANRB 14/2017)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.structure.models import Post, Unit
from feedback.services.models import Service
from feedback.services.periods import Quarter


class FollowUpPlan(models.Model):
    """The plan of one service, or of a whole unit, after one quarter. The figures stay as they were that day."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        PUBLISHED = "published", "Terbit"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="follow_up_plans", verbose_name="unit")
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_up_plans",
        verbose_name="layanan",
    )
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    respondents = models.PositiveIntegerField("responden")
    index = models.DecimalField("indeks", max_digits=5, decimal_places=2)
    state = models.CharField("keadaan", max_length=9, choices=State, default=State.DRAFT)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disusun oleh"
    )
    started_at = models.DateTimeField("disusun", auto_now_add=True)
    published_on = models.DateField("terbit", null=True, blank=True)

    class Meta:
        ordering = ["-year", "-quarter", "unit__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "service", "year", "quarter"],
                name="one_follow_up_plan_a_quarter",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="follow_up_plan_is_of_a_quarter"),
            models.CheckConstraint(
                condition=Q(state="draft", published_on=None)
                | Q(state="published", published_on__isnull=False),
                name="published_plan_has_its_day",
            ),
        ]

    def __str__(self):
        return f"Tindak lanjut {self.subject} {self.period}"

    @property
    def period(self):
        return Quarter(self.year, self.quarter)

    @property
    def subject(self):
        return self.service.name if self.service_id else self.unit.name

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED


class FollowUpItem(models.Model):
    """One of the three: what is to be done, until when and by which post; then what became of it, with proof."""

    class State(models.TextChoices):
        PLANNED = "planned", "Direncanakan"
        DONE = "done", "Sudah dilaksanakan"
        NOT_DONE = "not_done", "Belum dilaksanakan"

    class Due(models.TextChoices):
        FIRST_QUARTER = "tw1", "Triwulan I"
        SECOND_QUARTER = "tw2", "Triwulan II"
        THIRD_QUARTER = "tw3", "Triwulan III"
        FOURTH_QUARTER = "tw4", "Triwulan IV"
        FIRST_HALF = "sem1", "Semester I"
        SECOND_HALF = "sem2", "Semester II"

    plan = models.ForeignKey(FollowUpPlan, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("urutan")
    element = models.CharField("unsur", max_length=40)
    label = models.CharField("nama unsur", max_length=120)
    value = models.DecimalField("nilai", max_digits=5, decimal_places=2)
    programme = models.TextField("program/kegiatan", blank=True)
    due = models.CharField("waktu", max_length=4, choices=Due, blank=True)
    due_year = models.PositiveSmallIntegerField("tahun pelaksanaan", null=True, blank=True)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.PLANNED)
    description = models.TextField("yang sudah dilakukan", blank=True)
    obstacles = models.TextField("tantangan atau hambatan", blank=True)
    realised_on = models.DateField("dilaksanakan pada", null=True, blank=True)
    file_path = models.CharField(max_length=120, blank=True, editable=False)
    file_name = models.CharField("bukti", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("ukuran (bita)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    shows_file = models.BooleanField("bukti boleh dilihat warga", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="follow_up_item_has_its_own_place"),
            models.UniqueConstraint(fields=["plan", "element"], name="element_is_followed_up_once"),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)), name="three_elements_are_followed_up"
            ),
            models.CheckConstraint(
                condition=Q(due="", due_year=None)
                | (~Q(due="") & Q(due_year__isnull=False, due_year__range=(2017, 2200))),
                name="follow_up_is_due_in_a_year",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", realised_on=None)
                | Q(state="not_done", realised_on=None) & ~Q(obstacles="")
                | Q(state="done", realised_on__isnull=False) & ~Q(description=""),
                name="realisation_says_what_was_done_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(file_path="", sha256="", size=0)
                | (~Q(file_path="") & Q(sha256__regex=r"^[0-9a-f]{64}$", size__gt=0)),
                name="proof_of_follow_up_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(shows_file=False) | ~Q(file_path=""), name="only_a_proof_can_be_shown"
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.label}"

    @property
    def is_planned_out(self):
        """Programme, time and post are there: it may be published."""
        return bool(self.programme.strip() and self.due and self.post_id)

    @property
    def due_words(self):
        return f"{self.get_due_display()} {self.due_year}" if self.due else ""
