"""What citizens complain of, wish for or ask, and what was answered. Nothing here leads to who wrote anonymously."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.structure.models import Unit
from feedback.services.models import Service


class Complaint(models.Model):
    """One letter of a citizen to a unit. Only its day is kept, never the hour, the network or the browser."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "Pengaduan"
        ASPIRATION = "aspiration", "Aspirasi"
        REQUEST = "request", "Permintaan informasi"

    class Identity(models.TextChoices):
        ANONYMOUS = "anonymous", "Anonim"
        CONFIDENTIAL = "confidential", "Rahasia"
        OPEN = "open", "Terbuka"

    class State(models.TextChoices):
        RECEIVED = "received", "Diterima"
        VERIFIED = "verified", "Diverifikasi"
        REFUSED = "refused", "Ditolak"
        MERGED = "merged", "Digabung"
        FORWARDED = "forwarded", "Diteruskan"
        IN_PROGRESS = "in_progress", "Dalam tindak lanjut"
        WAITING = "waiting", "Menunggu pelapor"
        DONE = "done", "Selesai"
        REOPENED = "reopened", "Dibuka kembali"
        TRANSFERRED = "transferred", "Dialihkan"

    class Clock(models.TextChoices):
        VERIFY = "verify", "Verifikasi"
        ANSWER = "answer", "Jawaban"
        REPLY = "reply", "Balasan pelapor atas pertanyaan"
        CLOSE = "close", "Balasan pelapor atas jawaban"

    class Escalation(models.IntegerChoices):
        NONE = 0, "Belum dinaikkan"
        HEAD = 1, "Dinaikkan ke pimpinan unit"
        CITY = 2, "Dinaikkan ke Bagian Organisasi dan Inspektorat"

    class Satisfaction(models.IntegerChoices):
        VERY_BAD = 1, "Sangat tidak puas"
        BAD = 2, "Tidak puas"
        GOOD = 3, "Puas"
        VERY_GOOD = 4, "Sangat puas"

    kind = models.CharField("jenis", max_length=12, choices=Kind)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="layanan"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letters", verbose_name="unit")
    text = models.TextField("isi")
    place = models.CharField("tempat", max_length=160, blank=True)
    happened_on = models.DateField("tanggal kejadian", null=True, blank=True)
    identity = models.CharField("identitas", max_length=12, choices=Identity)
    received_on = models.DateField("diterima")
    code_digest = models.CharField("sidik kode pelacakan", max_length=64, unique=True)
    key_digest = models.CharField("sidik kunci kiriman", max_length=64, unique=True)

    name = models.CharField("nama", max_length=120, blank=True)
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    consent_version = models.CharField("naskah persetujuan", max_length=20, blank=True)
    consented_on = models.DateField("disetujui", null=True, blank=True)

    state = models.CharField("keadaan", max_length=12, choices=State, default=State.RECEIVED)
    version = models.PositiveIntegerField("versi", default=1)
    is_supervisory = models.BooleanField("berkadar pengawasan", default=False)
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="duplicates", verbose_name="digabung ke"
    )
    sp4n_number = models.CharField("nomor SP4N-LAPOR!", max_length=40, blank=True)

    clock = models.CharField("tenggat yang berjalan", max_length=8, choices=Clock, blank=True)
    clock_from = models.DateField("tenggat dihitung dari", null=True, blank=True)
    clock_days = models.PositiveSmallIntegerField("hari kerja", null=True, blank=True)
    due_on = models.DateField("tenggat", null=True, blank=True)
    days_left = models.SmallIntegerField("sisa hari saat menunggu pelapor", null=True, blank=True)
    escalation = models.PositiveSmallIntegerField(
        "tingkat eskalasi", choices=Escalation, default=Escalation.NONE
    )
    escalated_on = models.DateField("dinaikkan", null=True, blank=True)

    answered_on = models.DateField("dijawab", null=True, blank=True)
    answered_in_time = models.BooleanField("tepat waktu", null=True, blank=True)
    handling_days = models.PositiveIntegerField("hari kerja sampai jawaban", null=True, blank=True)
    closed_on = models.DateField("ditutup", null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "kepuasan atas penanganan", choices=Satisfaction, null=True, blank=True
    )
    rated_on = models.DateField("dinilai", null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["clock", "due_on"]),
            models.Index(fields=["received_on"]),
            models.Index(fields=["answered_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(identity="anonymous") | Q(name="", phone=""),
                name="an_anonymous_complaint_has_no_name",
            ),
            models.CheckConstraint(
                condition=Q(name="", email="", phone="")
                | (~Q(consent_version="") & Q(consented_on__isnull=False)),
                name="contact_is_kept_with_consent_only",
            ),
            models.CheckConstraint(
                condition=(Q(state="merged") & Q(merged_into__isnull=False))
                | (~Q(state="merged") & Q(merged_into=None)),
                name="a_merged_complaint_names_the_main_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="no_complaint_is_its_own_duplicate",
            ),
            models.CheckConstraint(
                condition=~Q(state="transferred") | ~Q(sp4n_number=""),
                name="a_transferred_complaint_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(clock="", due_on=None)
                | (
                    ~Q(clock="")
                    & Q(due_on__isnull=False, clock_from__isnull=False)
                    & Q(clock_days__isnull=False, clock_days__gt=0)
                ),
                name="a_running_clock_has_its_last_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("refused", "merged", "done", "transferred"), closed_on__isnull=False)
                | (~Q(state__in=("refused", "merged", "done", "transferred")) & Q(closed_on=None)),
                name="only_what_is_finished_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None, rated_on=None)
                | Q(satisfaction__isnull=False, satisfaction__range=(1, 4), rated_on__isnull=False),
                name="handling_is_rated_one_to_four",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def number(self):
        """How officers call it. It says nothing to a citizen: he has his code."""
        return f"P-{self.pk:06d}"

    @property
    def is_finished(self):
        return self.closed_on is not None


class ComplaintMessage(models.Model):
    """One piece of the thread. Only its day is kept; the order is the order of arrival."""

    class Kind(models.TextChoices):
        ADDITION = "addition", "Keterangan pelapor"
        QUESTION = "question", "Pertanyaan kepada pelapor"
        ANSWER = "answer", "Jawaban"
        DECISION = "decision", "Keputusan"
        NOTE = "note", "Catatan antarpetugas"

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField("isi")
    written_on = models.DateField("tanggal")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="petugas",
    )
    key_digest = models.CharField("sidik kunci kiriman", max_length=64, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="addition") | Q(by=None, unit=None), name="no_officer_writes_as_a_citizen"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_from_citizen(self):
        return self.kind == self.Kind.ADDITION


class ComplaintAttachment(models.Model):
    """A file of the thread, kept under a name nobody can guess and handed out as a download only."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        ComplaintMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file_name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=40)
    size = models.PositiveIntegerField("besar")
    sha256 = models.CharField(max_length=64)
    file_path = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "sha256"], name="the_same_file_is_attached_once"),
        ]

    def __str__(self):
        return self.file_name


class ComplaintMail(models.Model):
    """That the citizen is to be told by e-mail of news. The address is read when it is sent, never copied."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="mails")
    asked_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(sent_on=None), name="one_mail_waits_per_complaint"
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.asked_on}"


class ComplaintTerm(models.Model):
    """How many working days something may take, from a day on. A row is added for a change, never edited."""

    class Kind(models.TextChoices):
        VERIFY = "verify", "Memeriksa laporan yang masuk"
        ASPIRATION = "aspiration", "Menjawab aspirasi"
        REQUEST = "request", "Menjawab permintaan informasi"
        COMPLAINT = "complaint", "Menjawab pengaduan tidak berkadar pengawasan"
        SUPERVISORY = "supervisory", "Menjawab pengaduan berkadar pengawasan"
        REPLY = "reply", "Pelapor melengkapi keterangan"
        CLOSE = "close", "Pelapor menanggapi jawaban sebelum ditutup"
        REOPEN = "reopen", "Pelapor membuka kembali setelah ditutup"
        ESCALATE = "escalate", "Pimpinan unit bertindak sebelum dinaikkan lagi"

    kind = models.CharField("untuk", max_length=12, choices=Kind)
    days = models.PositiveSmallIntegerField("hari kerja")
    valid_from = models.DateField("berlaku sejak")
    source = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_term_of_a_kind_from_a_day"),
            models.CheckConstraint(condition=Q(days__range=(1, 250)), name="a_term_has_days"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.days} hari kerja"


class PublishedFigures(models.Model):
    """What was published of the letters of a finished quarter, as it was; never changes. `tables`: see figures.py.

    Letters go on living: they are rated anew, opened again, led on to another unit, deleted after their term. Counted
    anew, each of these would move a figure that somebody has read, and the two, one taken from the other, would be one
    person's rating.
    """

    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    published_on = models.DateField("terbit")
    tables = models.JSONField("yang terbit")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter"], name="complaints_of_a_quarter_are_published_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="complaint_figures_are_of_a_quarter"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_complaint_figures_never_change",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self):
        return f"{self.year}-{self.quarter}"
