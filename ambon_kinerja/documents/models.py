"""Documents that left the system: each with a number, a hash, and a code by which anyone can verify it."""

import secrets

from django.db import models
from django.db.models import Q


def new_code():
    """128 random bits as 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


class DocumentCounter(models.Model):
    """The last number given in a kind and year; locked while a number is taken, so there are no gaps."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_counter_per_kind_and_year")]

    def __str__(self):
        return f"{self.kind} {self.year}: {self.last}"


class IssuedDocument(models.Model):
    class State(models.TextChoices):
        VALID = "valid", "Berlaku"
        REPLACED = "replaced", "Diganti"
        REVOKED = "revoked", "Dicabut"

    kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField("nomor", max_length=60, unique=True)
    code = models.CharField("kode verifikasi", max_length=22, unique=True, default=new_code)
    title = models.CharField("judul", max_length=200)
    unit_name = models.CharField("unit", max_length=160, blank=True)
    period_label = models.CharField("periode", max_length=60, blank=True)
    issued_at = models.DateTimeField("diterbitkan")
    issued_by_name = models.CharField("diterbitkan oleh", max_length=160)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.VALID)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    is_public = models.BooleanField("boleh diunduh umum", default=False)
    file_path = models.CharField(max_length=120, unique=True)
    size = models.PositiveIntegerField("ukuran (bita)")
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key", "version"], name="document_version_exists_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_key"],
                condition=Q(state="valid"),
                name="one_valid_document_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_hash_is_sha256"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def file_name(self):
        """The name under which a browser saves the file."""
        return f"{self.number.replace('/', '-')}.pdf"
