"""Second factors, links by e-mail, and the devices somebody is signed in with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SignedInDevice(models.Model):
    """One sign-in on one browser, until it is ended; the session knows its key and nothing else does."""

    class SecondFactor(models.TextChoices):
        NONE = "", "Kata sandi saja"
        TOTP = "totp", "Aplikasi kode"
        PASSKEY = "passkey", "Kunci sandi"
        RECOVERY = "recovery", "Kode cadangan"
        NATIONAL = "national", "Masuk ASN"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    browser = models.CharField("peramban", max_length=80)
    network = models.CharField("jaringan", max_length=64)
    second_factor = models.CharField("langkah kedua", max_length=10, choices=SecondFactor, blank=True)
    began_at = models.DateTimeField("masuk pada", default=timezone.now)
    seen_at = models.DateTimeField("terakhir dipakai", default=timezone.now)
    session_epoch = models.PositiveIntegerField(
        default=0
    )  # the account's at that time: another one ended the session
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["user", "ended_at"], name="devices_of_a_user")]

    def __str__(self):
        return self.browser


class TotpSecret(models.Model):
    """The secret an authenticator app shares with us, sealed; `last_step` is the half minute of the last code used."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="totp")
    sealed = models.TextField()
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Aplikasi kode {self.user}"


class Passkey(models.Model):
    """The public half of a key that never leaves a person's phone, computer or security key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField("nama", max_length=60)
    credential_id = models.BinaryField(unique=True, max_length=1023)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes for the day the phone is lost, kept as a keyed hash and used once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="a_recovery_code_once_per_user")
        ]

    def __str__(self):
        return f"Kode cadangan {self.user}"


class AccountLink(models.Model):
    """A link by e-mail to set a password, kept as a hash, good once and until `expires_at`."""

    class Purpose(models.TextChoices):
        RESET = "reset", "Lupa kata sandi"
        INVITATION = "invitation", "Undangan"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_links")
    purpose = models.CharField("untuk", max_length=10, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="account_link_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.user}"
