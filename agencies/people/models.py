"""Who signs in, who is employed, and who holds which post from when to when."""

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.structure.models import Post
from agencies.structure.two_clocks import DatedFact, added_never_edited, has_a_beginning


def never_twice(name, *fields, condition=None):
    """No two rows alike in `fields` on the same day, at any moment of knowledge."""
    alike = [(field, RangeOperators.EQUAL) for field in fields]
    clocks = [("term", RangeOperators.OVERLAPS), ("recorded", RangeOperators.OVERLAPS)]
    return ExclusionConstraint(name=name, expressions=[*alike, *clocks], condition=condition)


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


class Plain(models.Func):
    """A text as it is searched: in small letters, without accents, spaces and signs ("D'Souza Ré" → "dsouzare")."""

    function = "agencies_plain"
    output_field = models.TextField()


class EmployeeQuerySet(models.QuerySet):
    def counting(self):
        """Without those who were recorded by mistake."""
        return self.filter(is_withdrawn=False)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["plain_name"])
class Employee(models.Model):
    """Somebody who works for the city. The history of the row is kept by the database."""

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
    # Kept by the database: working it out for every row found costs more than the search itself.
    plain_name = models.GeneratedField(
        expression=Plain("name"), output_field=models.TextField(), db_persist=True, editable=False
    )
    is_withdrawn = models.BooleanField("pencatatan dibatalkan", default=False, editable=False)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            GinIndex(OpClass("plain_name", name="gin_trgm_ops"), name="employee_by_part_of_name"),
            models.Index(fields=["name", "id"], name="employees_in_order_of_names"),
            GinIndex(OpClass("nip", name="gin_trgm_ops"), name="employee_by_part_of_nip"),
        ]
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


class Assignment(DatedFact):
    """Holding a post for a term, as known at a moment; rows are added and never edited (two_clocks)."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", "Definitif"
        PLT = "plt", "Plt. (pelaksana tugas)"
        PLH = "plh", "Plh. (pelaksana harian)"
        ADDITIONAL = "additional", "Tugas tambahan"

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assignments", verbose_name="pegawai")
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments", verbose_name="jabatan")
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    # Is it a post for one person only? Written by the database from the post, for the constraints below.
    is_single = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["employee", "term", "recorded"]
        triggers = [
            *added_never_edited(),
            pgtrigger.Trigger(
                name="a_post_says_whether_it_is_single",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    NEW.is_single := (SELECT kind IN ({", ".join(f"'{kind}'" for kind in Post.SINGLE)})
                        FROM agencies_post WHERE id = NEW.post_id);
                    RETURN NEW;
                """,  # noqa: S608  put together from constants
            ),
        ]
        indexes = [models.Index(fields=["post", "employee"])]
        constraints = [
            has_a_beginning("assignment_has_a_beginning"),
            never_twice("one_definitive_post_at_a_time", "employee", condition=Q(kind="definitive")),
            never_twice("same_post_held_once_at_a_time", "employee", "post"),
            never_twice("one_plt_post_at_a_time", "employee", condition=Q(kind="plt")),
            never_twice("a_post_has_one_plt_at_a_time", "post", condition=Q(kind="plt")),
            # A Plt. stands in where nobody holds the post; beside a holder there can be a Plh. only.
            never_twice(
                "a_single_post_has_one_holder_or_plt",
                "post",
                condition=Q(is_single=True, kind__in=("definitive", "plt")),
            ),
        ]

    def __str__(self):
        return f"{self.employee}: {self.post}"


class ServiceState(DatedFact):
    """A time in which the duty to be appraised, or the power to appraise, is another one than usual."""

    class Kind(models.TextChoices):
        UNPAID_LEAVE = "cltn", "Cuti di luar tanggungan negara"
        PRE_RETIREMENT = "mpp", "Masa persiapan pensiun"
        SUSPENDED = "suspended", "Diberhentikan sementara"
        STATE_OFFICIAL = "state_official", "Menjadi pejabat negara"
        STUDY_LEAVE = "study", "Tugas belajar"
        SECONDED = "seconded", "Dipekerjakan atau diperbantukan"
        RETIRED = "retired", "Pensiun"
        LEFT = "left", "Berhenti, pindah ke instansi lain, atau meninggal"

    # Owe no plan (PermenPANRB 6/2022 pages 65-66), or are no employees any more.
    WITHOUT_DUTY = (
        Kind.UNPAID_LEAVE,
        Kind.PRE_RETIREMENT,
        Kind.SUSPENDED,
        Kind.STATE_OFFICIAL,
        Kind.RETIRED,
        Kind.LEFT,
    )
    # Cannot answer for a post meanwhile (berhalangan tetap, page 89 no. 2).
    AWAY = (*WITHOUT_DUTY, Kind.STUDY_LEAVE, Kind.SECONDED)
    GONE = (Kind.RETIRED, Kind.LEFT)

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="states", verbose_name="pegawai")
    kind = models.CharField("keadaan", max_length=20, choices=Kind)

    class Meta:
        ordering = ["employee", "term", "recorded"]
        triggers = added_never_edited()
        constraints = [
            has_a_beginning("service_state_has_a_beginning"),
            never_twice("one_service_state_at_a_time", "employee"),
        ]

    def __str__(self):
        return f"{self.employee}: {self.get_kind_display()}"


class AppraiserException(DatedFact):
    """Who appraises instead of whom the posts name: for one employee, or for all whose line reaches a post.

    Without an appraiser the post is passed over and the line goes on to the next one (page 89 no. 2).
    """

    class Kind(models.TextChoices):
        DELEGATED = "delegated", "Pendelegasian kewenangan"
        FUNCTIONAL_HEAD = "functional_head", "Pejabat fungsional yang memimpin unit"
        UNABLE = "unable", "Penilai berhalangan tetap"

    kind = models.CharField("jenis", max_length=20, choices=Kind)
    employee = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appraiser_exceptions",
        verbose_name="pegawai yang dinilai",
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appraiser_exceptions",
        verbose_name="jabatan penilai",
    )
    appraiser = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pejabat penilai",
    )

    class Meta:
        ordering = ["term", "recorded"]
        triggers = added_never_edited()
        constraints = [
            has_a_beginning("exception_has_a_beginning"),
            models.CheckConstraint(
                condition=Q(employee=None, post__isnull=False) | Q(employee__isnull=False, post=None),
                name="exception_is_for_an_employee_or_a_post",
            ),
            models.CheckConstraint(
                condition=Q(appraiser__isnull=False) | Q(kind="unable", post__isnull=False),
                name="only_a_post_is_passed_over",
            ),
            models.CheckConstraint(
                condition=Q(appraiser=None) | Q(employee=None) | ~Q(appraiser=F("employee")),
                name="no_exception_lets_one_appraise_oneself",
            ),
            never_twice(
                "one_exception_per_employee_and_day", "employee", condition=Q(employee__isnull=False)
            ),
            never_twice("one_exception_per_post_and_day", "post", condition=Q(post__isnull=False)),
        ]

    def __str__(self):
        return f"{self.employee or self.post}: {self.appraiser or 'dilewati'}"
