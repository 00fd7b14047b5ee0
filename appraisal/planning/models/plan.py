"""The performance plan of one employee (SKP, forms A.1.1, A.1.2, A.1.6 and A.1.7)."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.rulebook.models import BehaviourValue


class SkpQuerySet(models.QuerySet):
    def plans(self):
        """Plans as they stand, without the adjustments that are being written to them."""
        return self.filter(adjusts=None)

    def on(self, day):
        """The plans in whose term `day` lies: one an employee at most."""
        return self.plans().filter(starts_on__lte=day, ends_on__gte=day)


class Skp(models.Model):
    """A plan for a term within one year: the whole year, or the days in one post after a move (page 65).

    An adjustment in mid-year is a row of its own that `adjusts` the agreed one: a copy both may read and change. When
    it is agreed, the plan takes over its content and the row ends as `merged`; until then nothing agreed has moved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SUBMITTED = "submitted", "Diajukan"
        RETURNED = "returned", "Dikembalikan"
        AGREED = "agreed", "Disepakati"
        MERGED = "merged", "Diberlakukan"
        DROPPED = "dropped", "Dibatalkan"

    class Audience(models.TextChoices):
        LEADER = "leader", "Pejabat pimpinan tinggi dan pimpinan unit kerja mandiri"
        STAFF = "staff", "Pejabat administrasi dan pejabat fungsional"

    class Approach(models.TextChoices):
        QUANTITATIVE = "quantitative", "Kuantitatif"
        QUALITATIVE = "qualitative", "Kualitatif"

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="skps", verbose_name="pegawai")
    year = models.PositiveSmallIntegerField("tahun")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("akhir")
    audience = models.CharField("format bagi", max_length=8, choices=Audience, default=Audience.STAFF)
    approach = models.CharField("pendekatan", max_length=12, choices=Approach, default=Approach.QUANTITATIVE)
    # As they were when the plan was made: a later move never rewrites an agreed plan.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    post_name = models.CharField("jabatan", max_length=160)
    rank = models.CharField("pangkat/golongan", max_length=60, blank=True)
    appraiser = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreed_skps",
        verbose_name="pejabat penilai",
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    adjusts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="mengubah SKP"
    )
    adjustment_reason = models.TextField("alasan penyesuaian", blank=True)

    objects = SkpQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "employee__name", "-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="one_plan_per_employee_and_day",
                expressions=[
                    (F("employee"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(adjusts=None),
            ),
            models.UniqueConstraint(
                fields=["adjusts"],
                condition=Q(state__in=("draft", "submitted", "returned")),
                name="one_open_adjustment_per_plan",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__year=F("year"), ends_on__year=F("year"), ends_on__gte=F("starts_on")),
                name="term_of_a_plan_lies_in_its_year",
            ),
            models.CheckConstraint(
                condition=Q(adjusts=None, state__in=("draft", "submitted", "returned", "agreed"))
                | Q(adjusts__isnull=False, state__in=("draft", "submitted", "returned", "merged", "dropped")),
                name="only_an_adjustment_is_merged_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(adjusts=None) | ~Q(adjustment_reason=""), name="adjustment_says_why"
            ),
            models.CheckConstraint(condition=~Q(appraiser=F("employee")), name="nobody_agrees_his_own_plan"),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "merged"))
                | Q(appraiser__isnull=False, agreed_at__isnull=False),
                name="agreed_plan_says_by_whom_and_when",
            ),
        ]

    def __str__(self):
        return f"SKP {self.employee} {self.year}"

    @property
    def is_adjustment(self):
        return self.adjusts_id is not None

    @property
    def is_for_leader(self):
        return self.audience == self.Audience.LEADER

    @property
    def is_qualitative(self):
        return self.approach == self.Approach.QUALITATIVE

    @property
    def form_code(self):
        """Which form of PermenPANRB 6/2022 this plan is written in: A.1.1, A.1.2, A.1.6 or A.1.7."""
        codes = {
            ("leader", "qualitative"): "A.1.1",
            ("leader", "quantitative"): "A.1.2",
            ("staff", "qualitative"): "A.1.6",
            ("staff", "quantitative"): "A.1.7",
        }
        return codes[self.audience, self.approach]


class SkpVersion(models.Model):
    """What two people agreed on, word for word; rows are added at each agreement, never changed or deleted."""

    skp = models.ForeignKey(Skp, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    reason = models.TextField("alasan penyesuaian", blank=True)
    appraiser = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="disepakati oleh")
    agreed_at = models.DateTimeField("disepakati")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["skp", "number"], name="version_of_a_plan_exists_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_of_a_plan_has_its_hash"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_version_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.skp}, versi {self.number}"


class SpecialExpectation(models.Model):
    """Ekspektasi khusus pimpinan on one of the seven values (pages 31, 50, 53)."""

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="expectations")
    value = models.ForeignKey(BehaviourValue, models.PROTECT, related_name="+")
    text = models.TextField("ekspektasi khusus pimpinan")

    class Meta:
        ordering = ["value__position"]
        constraints = [models.UniqueConstraint(fields=["skp", "value"], name="one_expectation_per_value")]

    def __str__(self):
        return self.text
