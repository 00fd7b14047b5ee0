"""Employees read from a spreadsheet: shown first, applied all or nothing."""

from django.conf import settings
from django.db import models


class ImportBatch(models.Model):
    class State(models.TextChoices):
        READ = "read", "Sudah dibaca"
        APPLIED = "applied", "Sudah diterapkan"
        DISCARDED = "discarded", "Dibuang"

    file_name = models.CharField("berkas", max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.READ)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"{self.file_name} ({self.uploaded_at:%d-%m-%Y %H:%M})"
