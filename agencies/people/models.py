"""Who signs in, who is employed, and who holds which post from when to when."""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.structure.models import Post


class UserManager(BaseUserManager):
    def create_user(self, email, name, password=None):
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do follows from its employee and its role grants, never from the account itself."""

    email = models.EmailField("surel", unique=True)
    name = models.CharField("nama", max_length=160)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    password_changed_at = models.DateTimeField("kata sandi diganti", null=True, blank=True, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address_in_any_case")]

    def __str__(self):
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """What a session keeps of the account: another password or another epoch, and it is over."""
        hidden = super()._get_session_auth_hash(secret)
        return salted_hmac(
            "agencies.people.session", f"{hidden}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class SignInAttempt(models.Model):
    """A failed sign-in, kept for the throttle only; the name typed is stored as a keyed hash."""

    who = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["who", "address", "at"]),
            models.Index(fields=["address", "at"], name="attempts_from_an_address"),
        ]

    def __str__(self):
        return f"{self.at:%d-%m-%Y %H:%M}"


class Employee(models.Model):
    class Kind(models.TextChoices):
        PNS = "pns", "PNS"
        CPNS = "cpns", "CPNS"
        PPPK = "pppk", "PPPK"
        PPPK_PART_TIME = "pppk_pw", "PPPK Paruh Waktu"
        OFFICIAL = "pejabat", "Pejabat negara"

    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="employee")
    nip = models.CharField("NIP", max_length=18, unique=True, null=True, blank=True)
    name = models.CharField("nama", max_length=160)
    kind = models.CharField("status kepegawaian", max_length=10, choices=Kind)
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True)
    email = models.EmailField("surel", blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nip=None) | Q(nip__regex=r"^[0-9]{18}$"), name="nip_has_18_digits"
            ),
            models.CheckConstraint(
                condition=Q(kind="pejabat") | Q(nip__isnull=False),
                name="every_employee_but_officials_has_a_nip",
            ),
        ]

    def __str__(self):
        return self.name


class AssignmentQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(term__contains=day)


class Assignment(models.Model):
    """Holding a post for a term; the term's upper bound is excluded, an open one has none."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", "Definitif"
        PLT = "plt", "Plt. (pelaksana tugas)"
        PLH = "plh", "Plh. (pelaksana harian)"
        ADDITIONAL = "additional", "Tugas tambahan"

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments")
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    term = DateRangeField("masa tugas")
    decree = models.CharField("nomor keputusan", max_length=80, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["employee", "term"]
        constraints = [
            ExclusionConstraint(
                name="one_definitive_post_at_a_time",
                expressions=[("employee", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)],
                condition=Q(kind="definitive"),
            ),
            ExclusionConstraint(
                name="same_post_held_once_at_a_time",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(term__isempty=False, term__lower_inf=False), name="assignment_has_a_beginning"
            ),
        ]

    def __str__(self):
        return f"{self.employee}: {self.post}"

    @property
    def last_day(self):
        """The last day of the term, or None while it is open."""
        return self.term.upper - timedelta(days=1) if self.term.upper else None
