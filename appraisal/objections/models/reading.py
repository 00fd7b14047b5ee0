"""The second reader of a case: drawn, not chosen; he rates the same evidence without a name (docs/adr/0021)."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from agencies.people.models import Employee
from appraisal.scoring.matrix import Predikat, Rating
from appraisal.scoring.models import predikat_follows_the_matrix

from .objections import Objection


class BlindReading(models.Model):
    """`key` is what the reader's address shows, so that nothing in it leads to the case.

    `seed`, `pool_size` and `pool_sha256` say how he was drawn; the keys of the pool stand in the audit trail. Without
    an eligible reader there is a row without one, so that it can be seen that nobody was passed over.
    """

    class State(models.TextChoices):
        DRAWN = "drawn", "Menunggu pembaca kedua"
        GIVEN = "given", "Sudah dibaca"
        RECUSED = "recused", "Pembaca mundur"
        EXPIRED = "expired", "Lewat waktu"
        NOBODY = "nobody", "Tidak ada pembaca yang memenuhi syarat"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="blind_readings", verbose_name="pembaca kedua"
    )
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.DRAWN)
    attempt = models.PositiveSmallIntegerField("undian ke", default=1)
    seed = models.CharField("benih undian", max_length=64)
    pool_size = models.PositiveIntegerField("calon pembaca")
    pool_sha256 = models.CharField("sidik daftar calon", max_length=64)
    drawn_at = models.DateTimeField("diundi")
    version = models.PositiveIntegerField(default=1)
    ratings = models.JSONField("rating setiap hasil kerja", default=dict)
    work_rating = models.CharField("rating hasil kerja", max_length=6, choices=Rating, blank=True)
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=6, choices=Rating, blank=True)
    predikat = models.CharField("predikat", max_length=20, choices=Predikat, blank=True)
    reason = models.TextField("pertimbangan", blank=True)
    ended_at = models.DateTimeField("selesai", null=True, blank=True)

    class Meta:
        ordering = ["-attempt"]
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(state__in=("drawn", "given")),
                name="one_second_reader_at_a_time",
            ),
            models.UniqueConstraint(fields=["objection", "attempt"], name="draws_are_counted"),
            models.CheckConstraint(
                condition=Q(state="nobody", reader=None) | ~Q(state="nobody") & Q(reader__isnull=False),
                name="a_reading_has_a_reader",
            ),
            models.CheckConstraint(
                condition=~Q(state="given")
                | ~Q(work_rating="") & ~Q(behaviour_rating="") & ~Q(predikat="") & Q(reason__regex=r"\S"),
                name="a_given_reading_is_complete",
            ),
            models.CheckConstraint(
                condition=predikat_follows_the_matrix(with_study=False),
                name="a_blind_predikat_follows_the_matrix",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_ended_reading_never_changes",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="drawn"),
            ),
            pgtrigger.Protect(
                name="a_reader_is_never_exchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reader_id__df=pgtrigger.F("new__reader_id"))
                | pgtrigger.Q(old__seed__df=pgtrigger.F("new__seed"))
                | pgtrigger.Q(old__objection_id__df=pgtrigger.F("new__objection_id")),
            ),
            pgtrigger.Protect(name="a_reading_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"Pembacaan kedua {self.key}"
