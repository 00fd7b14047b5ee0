"""What is left behind when somebody moves, what employees ask about their line, and what was sent or mailed once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.people.models import Employee
from agencies.structure.models import Post, Unit


class SentForm(models.Model):
    """A form that was sent and acted upon; its key makes a second click lead to the same place, not to a second act."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    led_to = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_is_sent_once")]

    def __str__(self):
        return self.led_to


class HandoverNote(models.Model):
    """Catatan serah terima: what the old appraiser tells the new one about an employee who moves."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="handover_notes")
    moved_on = models.DateField("pindah sejak")
    from_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="dari jabatan")
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="ke jabatan")
    old_appraiser = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penilai lama"
    )
    new_appraiser = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penilai baru"
    )
    text = models.TextField("catatan", blank=True)
    evidence = models.TextField("tautan bukti", blank=True)
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField("disahkan", null=True, blank=True)

    class Meta:
        ordering = ["-moved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None) | (~Q(text="") & Q(written_by__isnull=False)),
                name="a_signed_handover_says_something_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_signed_handover_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(name="a_handover_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.employee}, {self.moved_on:%d-%m-%Y}"


class LineRequest(models.Model):
    """An employee says that his appraiser is the wrong one; the office mends the posts, or says why it is right."""

    class State(models.TextChoices):
        OPEN = "open", "Menunggu jawaban"
        FORWARDED = "forwarded", "Diteruskan ke BKPSDM"
        MENDED = "mended", "Diperbaiki"
        DECLINED = "declined", "Ditolak"
        WITHDRAWN = "withdrawn", "Ditarik kembali"

    WAITING = (State.OPEN, State.FORWARDED)

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="line_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Where he worked when he asked: by it the unit admin finds the request.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    shown_appraiser = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penilai di sistem"
    )
    wanted_appraiser = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penilai seharusnya"
    )
    since = models.DateField("sejak")
    wrong = models.TextField("yang keliru")
    evidence = models.TextField("bukti", blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField("jawaban", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["state", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(state__in=["open", "forwarded"]),
                name="one_waiting_request_per_employee",
            ),
            models.CheckConstraint(
                condition=Q(wanted_appraiser=None) | ~Q(wanted_appraiser=F("employee")),
                name="nobody_asks_to_appraise_himself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["mended", "declined"])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answered_request_says_the_answer",
            ),
        ]

    def __str__(self):
        return f"{self.employee}: {self.get_state_display()}"

    @property
    def is_waiting(self):
        return self.state in self.WAITING


class OrphanMail(models.Model):
    """The weekly mail about appraisers that are missing or wrong: one for each Monday, however often it is begun."""

    week = models.DateField(unique=True)
    counted = models.PositiveIntegerField(default=0)
    sent_to = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-week"]

    def __str__(self):
        return f"{self.week:%d-%m-%Y}"
