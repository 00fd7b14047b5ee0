"""Lists that were too long for a request: drawn up by the worker, kept for a few days for who asked."""

from django.conf import settings
from django.db import models


class OutcomeFile(models.Model):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="diminta oleh"
    )
    name = models.CharField("nama berkas", max_length=120)
    file_path = models.CharField(max_length=80, blank=True)
    rows = models.PositiveIntegerField("baris")
    size = models.PositiveIntegerField("ukuran (bita)")
    made_at = models.DateTimeField("dibuat", auto_now_add=True)
    expires_at = models.DateTimeField("dapat diunduh sampai")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name
