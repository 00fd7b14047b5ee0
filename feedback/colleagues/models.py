"""Periodic feedback by colleagues (PermenPANRB 6/2022 art. 18, 19): counted apart from those who give it.

While a round is open there is one row of counts for each person, and invitations that know only "answered". At the
closing invitations, counts and seed are deleted, and only what may be released is left (docs/adr/0026).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.people.models import Employee
from agencies.structure.models import Unit


class CoreValue(models.Model):
    """One of the seven core values with the guides by which it is seen, as worded from a day on."""

    key = models.SlugField("kunci", max_length=30)
    valid_from = models.DateField("berlaku sejak")
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("nilai dasar", max_length=60)
    meaning = models.CharField("arti", max_length=200)
    guides = models.JSONField("panduan perilaku", default=list)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["position", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="core_value_has_one_wording_a_day")
        ]

    def __str__(self):
        return self.name


class FeedbackRound(models.Model):
    """Colleagues of some units are asked about a period, until a last moment."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Disiapkan"
        OPEN = "open", "Berjalan"
        CLOSED = "closed", "Ditutup"
        CANCELLED = "cancelled", "Dibatalkan"

    class Choosing(models.TextChoices):
        DRAWN = "drawn", "Diundi dari seluruh tim"
        APPROVED = "approved", "Diundi dari daftar yang disetujui atasan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nama putaran", max_length=120)
    starts_on = models.DateField("awal masa yang dinilai")
    ends_on = models.DateField("akhir masa yang dinilai")
    units = models.ManyToManyField(Unit, related_name="+", verbose_name="unit")
    choosing = models.CharField("cara memilih rekan", max_length=10, choices=Choosing)
    last_day = models.DateField("hari terakhir menjawab")
    closes_at = models.DateTimeField("ditutup")
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.PREPARED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="disiapkan oleh"
    )
    made_at = models.DateTimeField("disiapkan", default=timezone.now)
    drawn_at = models.DateTimeField("diundi", null=True, blank=True)
    closed_at = models.DateTimeField("hasil keluar", null=True, blank=True)
    # Whoever has the seed can draw again and so learn who was asked about whom: it goes with the invitations.
    seed = models.CharField("benih undian", max_length=64, blank=True)
    seed_sha256 = models.CharField("sidik benih", max_length=64, blank=True)
    draw_sha256 = models.CharField("sidik undian", max_length=64, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="feedback_round_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "cancelled"]) | Q(drawn_at__isnull=False),
                name="open_feedback_round_was_drawn",
            ),
            models.CheckConstraint(
                condition=Q(seed="") | Q(state="open"), name="only_an_open_feedback_round_keeps_its_seed"
            ),
        ]

    def __str__(self):
        return self.name


class FeedbackSubject(models.Model):
    """Somebody about whom colleagues are asked in a round, or why they are not."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Menunggu undian"
        DRAWN = "drawn", "Rekan sudah diundi"
        SMALL = "small", "Tidak diundi: tim terlalu kecil"
        BUSY = "busy", "Tidak diundi: rekan sudah penuh"
        RELEASED = "released", "Hasil keluar"
        FEW = "few", "Jawaban belum cukup"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(FeedbackRound, models.CASCADE, related_name="subjects")
    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="colleague_feedback", verbose_name="pegawai"
    )
    agency = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="perangkat daerah"
    )
    outcome = models.CharField("keadaan", max_length=10, choices=Outcome, default=Outcome.WAITING)
    approved_at = models.DateTimeField("daftar disetujui", null=True, blank=True)
    # Keyed marks of who could be asked, by relation: to count who came and went between rounds, never to name anybody.
    marks = models.JSONField(default=dict)
    reply = models.TextField("tanggapan", blank=True)
    reply_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["employee__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "employee"], name="somebody_is_assessed_once_in_a_round")
        ]

    def __str__(self):
        return f"{self.employee}, {self.round}"


class Relation(models.TextChoices):
    PEER = "peer", "Rekan setingkat"
    SUBORDINATE = "subordinate", "Bawahan"


class RaterCandidate(models.Model):
    """A colleague who could be asked, as the employee proposes or his superior approves: a pot for the draw."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        FeedbackSubject, models.CASCADE, related_name="candidates", verbose_name="untuk"
    )
    person = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="rekan")
    is_proposed = models.BooleanField("diusulkan pegawai", default=False)
    is_approved = models.BooleanField("disetujui atasan", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "person"], name="a_colleague_is_a_candidate_once"),
        ]

    def __str__(self):
        return f"{self.subject_id}"


class FeedbackInvitation(models.Model):
    """Who is asked about whom, while the round is open. It knows that an answer came, never when or which."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        FeedbackSubject, models.CASCADE, related_name="invitations", verbose_name="tentang"
    )
    rater = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="rekan")
    relation = models.CharField("hubungan", max_length=12, choices=Relation)
    has_answered = models.BooleanField("sudah menjawab", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "rater"], name="a_colleague_is_asked_once"),
        ]

    def __str__(self):
        return f"{self.pk}"


class FeedbackTally(models.Model):
    """What colleagues answered about one person, added up: one row, written anew as a whole by each answer.

    `counts`: {relation: {value key: [five counts]}}; `answers`: {relation: number}; `texts` stand in random order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(FeedbackSubject, models.CASCADE, related_name="tally")
    answers = models.JSONField("jumlah jawaban", default=dict)
    counts = models.JSONField("hitungan per nilai", default=dict)
    texts = ArrayField(models.TextField(), verbose_name="catatan", default=list)

    def __str__(self):
        return f"{self.pk}"


class ReleasedFeedback(models.Model):
    """What is left of the answers about one person after the closing: only what he may read himself.

    `values`: [{"key", "table", "peer", "subordinate"}], a table is five counts or None (feedback.colleagues
    .release); `texts` are screened and shuffled.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(FeedbackSubject, models.CASCADE, related_name="released")
    answers = models.PositiveSmallIntegerField("jumlah jawaban")
    values = models.JSONField("jawaban per nilai")
    texts = ArrayField(models.TextField(), verbose_name="catatan", default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answers__gte=5), name="nothing_is_released_of_fewer_than_five")
        ]

    def __str__(self):
        return f"{self.subject}"
