"""Employees read from a spreadsheet: shown first, applied all or nothing, undone at most once."""

import secrets

from django.conf import settings
from django.db import models

from .reading.files import ending_of


def upload_name(batch, file_name):
    """A name nobody can guess; the one the user gave is kept in the record only."""
    return f"impor/{secrets.token_urlsafe(16)}{'.csv' if ending_of(batch.file_name) == '.csv' else '.xlsx'}"


class ImportBatch(models.Model):
    """One uploaded file. `rows`, `faults`, `changes` (by kind), `counts` and `ignored` are written by `actions.fill`.

    `upload` is kept only until the file has been read; nobody is `uploaded_by` when a command read it. `endings`
    (key of an assignment → its last day) says who of the missing people shall end; `undo` is what `writing` returned.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu dibaca"
        READ = "read", "Sudah dibaca"
        APPLIED = "applied", "Sudah diterapkan"
        DISCARDED = "discarded", "Dibuang"
        UNDONE = "undone", "Penerapan dibatalkan"

    file_name = models.CharField("berkas", max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.READ)
    upload = models.FileField("berkas asli", upload_to=upload_name, max_length=120, blank=True)
    rows = models.JSONField("baris", default=list)
    faults = models.JSONField("kesalahan", default=list)
    changes = models.JSONField("perubahan", default=dict)
    counts = models.JSONField("jumlah", default=dict)
    layout = models.CharField("susunan kolom", max_length=10, default="template")
    ignored = models.JSONField("kolom yang tidak dibaca", default=list)
    covers_all = models.BooleanField("memuat seluruh pegawai", default=False)
    endings = models.JSONField("yang diakhiri", default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)
    undo = models.JSONField("cara membatalkan", default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"{self.file_name} ({self.uploaded_at:%d-%m-%Y %H:%M})"
