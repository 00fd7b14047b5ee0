"""The register: a problem that citizens raised, its cause, the solutions tried, and what the index said afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.structure.models import Post, Unit
from feedback.services.models import Service


class Problem(models.Model):
    class Source(models.TextChoices):
        ELEMENT = "element", "Unsur survei yang rendah"
        COMMENTS = "comments", "Saran warga dalam survei"
        COMPLAINTS = "complaints", "Pengaduan warga"

    class State(models.TextChoices):
        RECORDED = "recorded", "Dicatat"
        ANALYSED = "analysed", "Penyebab diketahui"
        TRYING = "trying", "Solusi dicoba"
        JUDGED = "judged", "Hasil solusi dicatat"
        CLOSED = "closed", "Ditutup"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit")
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="layanan"
    )
    source = models.CharField("asal", max_length=10, choices=Source)
    element = models.CharField("unsur", max_length=40)
    label = models.CharField("nama unsur", max_length=120)
    title = models.CharField("masalah", max_length=160)
    text = models.TextField("uraian")
    cause = models.TextField("penyebab", blank=True)
    closing = models.TextField("kesimpulan", blank=True)
    is_public = models.BooleanField("dibaca warga", default=False)
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.RECORDED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh"
    )
    recorded_on = models.DateField("dicatat")
    closed_on = models.DateField("ditutup", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-recorded_on", "-pk"]
        indexes = [models.Index(fields=["unit", "state"], name="problem_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closing="")
                | ~Q(state="closed") & Q(closed_on=None),
                name="closed_problem_has_its_day_and_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("recorded", "closed")) | ~Q(cause=""),
                name="analysed_problem_has_a_cause",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def subject(self):
        return self.service.name if self.service_id else self.unit.name


class Solution(models.Model):
    """One attempt: from when to when, by which post; what is concluded from it stands beside the figures."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="solutions")
    number = models.PositiveSmallIntegerField("percobaan")
    text = models.TextField("solusi")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="penanggung jawab")
    conclusion = models.TextField("yang terlihat", blank=True)
    concluded_on = models.DateField("dinilai", null=True, blank=True)

    class Meta:
        ordering = ["problem", "number"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "number"], name="solutions_are_numbered"),
            models.UniqueConstraint(
                fields=["problem"], condition=Q(concluded_on=None), name="one_solution_is_tried_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="solution_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(conclusion="", concluded_on=None)
                | ~Q(conclusion="") & Q(concluded_on__isnull=False),
                name="concluded_solution_says_what_was_seen",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"
