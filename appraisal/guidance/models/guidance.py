"""Guidance of one employee: agreed, held, signed by both, answered, and reported upwards."""

from django.db import models
from django.db.models import F, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.planning.models import Skp


class Guidance(models.Model):
    """Bimbingan kinerja: coaching, mentoring or a training (PermenPANRB 6/2022 pages 78-85, forms B.1.6 and B.1.7).

    What stands in the boxes of the form is kept by box as `boxes` describes it, apart for the two who fill them:
    each part has a version of its own, so that the two never disturb each other.
    """

    class Kind(models.TextChoices):
        COACHING = "coaching", "Coaching"
        MENTORING = "mentoring", "Mentoring"
        FORMAL = "formal", "Pelatihan formal"
        INFORMAL = "informal", "Pelatihan informal"

    class State(models.TextChoices):
        ASKED = "asked", "Diminta pegawai"
        PLANNED = "planned", "Dijadwalkan"
        SIGNED = "signed", "Ditandatangani pembimbing"
        DONE = "done", "Selesai"
        REPORTED = "reported", "Dilaporkan kepada atasan"
        CLOSED = "closed", "Tindak lanjut ditetapkan"
        DECLINED = "declined", "Ditolak"
        CANCELLED = "cancelled", "Dibatalkan"

    HELD = (State.DONE, State.REPORTED, State.CLOSED)

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="guidances", verbose_name="pegawai")
    # As they were when it began: a later move never rewrites a signed form.
    appraiser = models.ForeignKey(
        Employee, models.PROTECT, related_name="+", verbose_name="pejabat penilai kinerja"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    skp = models.ForeignKey(Skp, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="SKP")
    year = models.PositiveSmallIntegerField("tahun")
    kind = models.CharField("bentuk", max_length=10, choices=Kind)
    topic = models.CharField("pokok bahasan", max_length=200)
    guide = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pembimbing"
    )
    meets_at = models.DateTimeField("waktu", null=True, blank=True)
    place = models.CharField("tempat", max_length=160, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.ASKED)
    version = models.PositiveIntegerField(default=1)
    employee_part = models.JSONField("diisi pegawai", default=dict, blank=True)
    employee_version = models.PositiveIntegerField(default=1)
    guide_part = models.JSONField("diisi pembimbing", default=dict, blank=True)
    guide_version = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField("persiapan disampaikan", null=True, blank=True)
    guide_signed_at = models.DateTimeField("pembimbing menandatangani", null=True, blank=True)
    employee_signed_at = models.DateTimeField("pegawai menandatangani", null=True, blank=True)
    asks_adjustment = models.BooleanField("penyesuaian ukuran keberhasilan dan target", default=False)
    follow_up = models.TextField("tindak lanjut", blank=True)
    followed_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditetapkan oleh"
    )
    opened_at = models.DateTimeField("dibuka", auto_now_add=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(guide=F("employee")), name="nobody_guides_himself"),
            models.CheckConstraint(
                condition=~Q(appraiser=F("employee")), name="nobody_leads_his_own_guidance"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "declined", "cancelled"))
                | (Q(guide__isnull=False, meets_at__isnull=False) & ~Q(place="")),
                name="planned_guidance_has_a_guide_a_day_and_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("done", "reported", "closed"))
                | Q(guide_signed_at__isnull=False, employee_signed_at__isnull=False),
                name="guidance_is_done_when_both_have_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(follow_up__regex=r"\S"),
                name="closed_guidance_says_what_follows",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.topic}"

    @property
    def is_held(self):
        return self.state in self.HELD

    @property
    def is_led_by_another(self):
        """By somebody with a special assignment, so that he reports to the appraiser (page 85 i)."""
        return self.guide_id is not None and self.guide_id != self.appraiser_id


class GuidanceOpinion(models.Model):
    """Form B.1.8: what the employee says of the guidance, handed to the superior of his leader (page 83).

    The leader and the guide never read it; the row-level security keeps it from the leader as well.
    """

    guidance = models.OneToOneField(Guidance, models.PROTECT, related_name="opinion")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    answers = models.JSONField("tanggapan")
    signed_at = models.DateTimeField("ditandatangani", auto_now_add=True)

    def __str__(self):
        return f"Umpan balik: {self.guidance_id}"


class CompetenceReview(models.Model):
    """Form B.1.9: how the guide sees the employee's competences afterwards (pages 84-85)."""

    guidance = models.OneToOneField(Guidance, models.PROTECT, related_name="review")
    recommendation = models.TextField("rekomendasi", blank=True)
    written_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    saved_at = models.DateTimeField("terakhir disimpan", auto_now=True)
    sent_at = models.DateTimeField("disampaikan", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(recommendation__regex=r"\S"),
                name="a_sent_review_recommends_something",
            )
        ]

    def __str__(self):
        return f"Evaluasi kompetensi: {self.guidance_id}"


class CompetenceScore(models.Model):
    """One row of form B.1.9; no score while it is a draft."""

    class Group(models.TextChoices):
        MANAGERIAL = "managerial", "Manajerial"
        SOCIOCULTURAL = "sociocultural", "Sosio Kultural"
        TECHNICAL = "technical", "Teknis"

    review = models.ForeignKey(CompetenceReview, models.CASCADE, related_name="scores")
    group = models.CharField("kelompok", max_length=13, choices=Group)
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("kompetensi", max_length=160)
    score = models.PositiveSmallIntegerField("nilai", null=True, blank=True)
    reason = models.TextField("alasan terhadap penilaian kompetensi", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=1, score__lte=5), name="competence_is_scored_1_to_5"
            ),
            models.UniqueConstraint(
                fields=["review", "group", "position"], name="competence_has_its_own_place"
            ),
        ]

    def __str__(self):
        return self.name
