"""A tablet at a counter and what it has sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.services.models import Counter, Service


class KioskDevice(models.Model):
    """A tablet that asks one service's survey. Its key is its address and was shown once; only a digest is kept."""

    class State(models.TextChoices):
        ACTIVE = "active", "Terpasang"
        REVOKED = "revoked", "Dicabut"

    service = models.ForeignKey(Service, models.PROTECT, related_name="kiosks", verbose_name="layanan")
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="kiosks", verbose_name="loket"
    )
    name = models.CharField("nama kios", max_length=80)
    key_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.ACTIVE)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("didaftarkan", default=timezone.now)
    revoked_on = models.DateField("dicabut", null=True, blank=True)
    last_seen_on = models.DateField("terakhir terlihat", null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="revoked") & Q(revoked_on__isnull=False))
                | (Q(state="active") & Q(revoked_on=None)),
                name="a_revoked_kiosk_says_since_when",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_active(self):
        return self.state == self.State.ACTIVE


class KioskReceipt(models.Model):
    """That an answer with this key came in from this tablet. It does not say which answer that was."""

    class Clock(models.TextChoices):
        RIGHT = "right", "Jam tablet wajar"
        AHEAD = "ahead", "Jam tablet terlalu maju"
        BEHIND = "behind", "Jam tablet terlalu mundur"
        UNREADABLE = "unreadable", "Tanggal tidak terbaca"

    device = models.ForeignKey(KioskDevice, models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=64)
    received_on = models.DateField("diterima")
    clock = models.CharField("jam tablet", max_length=10, choices=Clock, default=Clock.RIGHT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "key"], name="a_kiosk_answer_comes_in_once"),
        ]
        indexes = [models.Index(fields=["device", "received_on"])]

    def __str__(self):
        return f"{self.device_id}, {self.received_on:%d-%m-%Y}"
