"""Good examples per post, so that nobody begins before an empty page."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .plan import Skp
from .results import Control


class LibraryEntry(models.Model):
    """One example of a result with its indicators, for whoever holds a post like those named in `posts`."""

    audience = models.CharField("format bagi", max_length=8, choices=Skp.Audience)
    posts = ArrayField(
        models.CharField(max_length=80), verbose_name="jabatan", help_text="Kata dalam nama jabatan."
    )
    statement = models.TextField("rencana hasil kerja", unique=True)
    control = models.CharField("kualitas dan tingkat kendali", max_length=12, choices=Control, blank=True)
    # Objects with aspect, perspective, statement, direction, target_low, target_high, unit and target_text.
    indicators = models.JSONField("indikator", default=list)
    why = models.TextField("mengapa contoh ini baik", blank=True)
    source = models.CharField("sumber", max_length=200, blank=True)
    is_offered = models.BooleanField("ditawarkan", default=True)

    class Meta:
        ordering = ["statement"]
        verbose_name_plural = "pustaka indikator"

    def __str__(self):
        return self.statement
