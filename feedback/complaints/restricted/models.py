"""Complaints that name an officer: tables of their own, so that no query over ordinary complaints ever shows one.

Keys are random: they stand in the audit trail and in addresses, and must not count. Everything that could tell who
complains or who is named is encrypted; the rows stand behind the second wall (ADR 16) for the lane alone.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agencies.structure.models import Unit
from feedback.services.models import Service

from .sealing import MARK_LENGTH, SealedTextField


class RestrictedCase(models.Model):
    """One complaint about the conduct of one officer. What is in it is read in the lane, names by two persons alone."""

    class State(models.TextChoices):
        RECEIVED = "received", "Diterima"
        FACT_FINDING = "fact_finding", "Pencarian fakta"
        REPLY_ASKED = "reply_asked", "Menunggu jawaban pegawai"
        REPLIED = "replied", "Sudah dijawab atau lewat waktu"
        DECIDED = "decided", "Diputus"
        CLOSED = "closed", "Selesai"
        ORDINARY = "ordinary", "Menjadi pengaduan biasa"
        HANDED = "handed", "Diserahkan kepada pihak berwenang"

    class Outcome(models.TextChoices):
        SUBSTANTIATED = "substantiated", "Terbukti"
        NOT_SUBSTANTIATED = "not_substantiated", "Tidak terbukti"
        UNDECIDABLE = "undecidable", "Tidak dapat diputus"

    OVER = (State.CLOSED, State.ORDINARY, State.HANDED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+", verbose_name="layanan")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit")
    state = models.CharField("keadaan", max_length=20, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField("diterima")
    sending_key = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)

    named = SealedTextField("pegawai yang disebut")
    text = SealedTextField("isi laporan")
    contact = SealedTextField("kontak pelapor", blank=True)
    consent_at = models.DateTimeField("persetujuan kontak", null=True)
    name_marks = ArrayField(models.CharField(max_length=MARK_LENGTH), default=list)
    officer = SealedTextField("pegawai yang dikenali", blank=True)
    officer_mark = models.CharField(max_length=MARK_LENGTH, blank=True)

    assess_by = models.DateField("batas penelaahan")
    decide_by = models.DateField("batas keputusan")
    reminded_on = models.DateField(null=True)
    reply_asked_at = models.DateTimeField("hak jawab diminta", null=True)
    outcome = models.CharField("putusan", max_length=20, choices=Outcome, blank=True)
    finding = SealedTextField("putusan dan alasannya", blank=True)
    decided_at = models.DateTimeField("diputus", null=True)
    closed_at = models.DateTimeField("ditutup", null=True)
    handed_to = models.CharField("diserahkan kepada", max_length=160, blank=True)
    erased_at = models.DateTimeField("identitas dihapus", null=True)

    class Meta:
        ordering = ["-received_at", "pk"]
        indexes = [
            models.Index(fields=["state", "received_at"], name="restricted_by_state"),
            models.Index(
                fields=["officer_mark", "decided_at"],
                name="restricted_of_an_officer",
                condition=~Q(officer_mark=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(officer="", officer_mark="") | (~Q(officer="") & ~Q(officer_mark="")),
                name="restricted_officer_stands_with_his_mark",
            ),
            models.CheckConstraint(
                condition=Q(contact="") | Q(consent_at__isnull=False),
                name="restricted_contact_only_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="restricted_outcome_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="substantiated") | Q(reply_asked_at__isnull=False),
                name="nothing_is_substantiated_unheard",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "ordinary", "handed"], closed_at__isnull=False)
                | (~Q(state__in=["closed", "ordinary", "handed"]) & Q(closed_at=None)),
                name="restricted_case_that_is_over_has_its_day",
            ),
        ]

    def __str__(self):
        return f"Laporan {self.reference}"

    @property
    def reference(self):
        """A short word for people; it tells neither how many there are nor in which order they came."""
        return str(self.pk)[:8].upper()

    @property
    def is_over(self):
        return self.state in self.OVER


class RestrictedMessage(models.Model):
    """One entry of the thread with the citizen, or a note of the lane; never edited."""

    class Side(models.TextChoices):
        CITIZEN = "citizen", "Pelapor"
        HANDLER = "handler", "Petugas"
        NOTE = "note", "Catatan pemeriksaan"

    case = models.ForeignKey(RestrictedCase, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    text = SealedTextField("isi")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ditulis oleh"
    )
    sending_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side="citizen", by=None) | ~Q(side="citizen"),
                name="a_citizen_writes_without_an_account",
            ),
        ]

    def __str__(self):
        return f"{self.get_side_display()} {self.at:%d-%m-%Y}"


class RestrictedAttachment(models.Model):
    """A file of the reporter, encrypted in its row: it may show who he is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(RestrictedCase, models.CASCADE, related_name="attachments")
    name = SealedTextField("nama berkas")
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    content = models.BinaryField("isi berkas")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Lampiran {self.case_id}"


class RestrictedLetter(models.Model):
    """What is put before somebody outside the lane: the named officer's right of reply, or his superior on demand.

    It holds words of the lane, never those of the citizen.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", "Hak jawab"
        SUPERIOR = "superior", "Pemberitahuan kepada atasan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(RestrictedCase, models.CASCADE, related_name="letters")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    recipient = SealedTextField("penerima")
    recipient_mark = models.CharField(max_length=MARK_LENGTH, db_index=True)
    substance = SealedTextField("pokok laporan")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dikirim oleh"
    )
    due_on = models.DateField("batas jawaban", null=True)
    answer = SealedTextField("jawaban", blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="reply"), name="the_officer_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind="reply", due_on__isnull=False) | Q(kind="superior", due_on=None, answer=""),
                name="only_the_officer_has_a_term",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.sent_at:%d-%m-%Y}"


class SealOpening(models.Model):
    """One person of the lane asks for a name with a reason, another opens it; both read it until the term is over."""

    class Part(models.TextChoices):
        NAMED = "named", "Pegawai yang disebut"
        REPORTER = "reporter", "Pelapor"

    case = models.ForeignKey(RestrictedCase, models.CASCADE, related_name="openings")
    part = models.CharField("bagian", max_length=10, choices=Part)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diminta oleh"
    )
    asked_at = models.DateTimeField()
    reason = SealedTextField("alasan")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dibuka oleh"
    )
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=F("asked_by")),
                name="a_seal_is_opened_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None, opened_at=None, ends_at=None)
                | Q(
                    opened_by__isnull=False,
                    opened_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("opened_at"),
                ),
                name="an_open_seal_has_its_term",
            ),
            models.UniqueConstraint(
                fields=["case", "part"], condition=Q(opened_at=None), name="one_request_for_a_seal_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.case_id}"
