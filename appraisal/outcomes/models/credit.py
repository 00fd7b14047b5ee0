"""Angka kredit of functional officials: what they bring, each conversion, and the assessment (PAK)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from agencies.people.models import Employee
from agencies.structure.models import Unit
from appraisal.rulebook.outcome_rules import LEVELS
from appraisal.scoring.matrix import Predikat

from .basis import Basis, Recorded, basis_is_whole, review_has_words, withdrawal_has_words


class CreditParticulars(models.Model):
    """The personal particulars of the three forms that no other record of the system holds."""

    employee = models.OneToOneField(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    card_number = models.CharField("nomor seri Karpeg", max_length=30, blank=True)
    birth_place = models.CharField("tempat lahir", max_length=80, blank=True)
    education = models.CharField("pendidikan tertinggi", max_length=120, blank=True)
    rank_since = models.DateField("pangkat terhitung mulai tanggal", null=True, blank=True)
    service_years = models.PositiveSmallIntegerField("masa kerja golongan (tahun)", null=True, blank=True)
    service_months = models.PositiveSmallIntegerField("masa kerja golongan (bulan)", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("disimpan", auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disimpan oleh"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service_months=None) | Q(service_months__lte=11),
                name="months_of_service_are_less_than_a_year",
            )
        ]

    def __str__(self):
        return str(self.employee)


class CreditBalance(Recorded):
    """What an official brings into a jenjang: credit of the rules before (integrasi), set by a decree."""

    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="credit_balances", verbose_name="pegawai"
    )
    level = models.CharField("jenjang", max_length=20, choices=LEVELS)
    amount = models.DecimalField("angka kredit", max_digits=8, decimal_places=2)
    as_of = models.DateField("sampai dengan")
    decree = models.CharField("nomor keputusan", max_length=80)
    decree_date = models.DateField("tanggal keputusan")
    note = models.CharField("keterangan", max_length=300, blank=True)

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="credit_brought_is_not_negative"),
            models.CheckConstraint(condition=Q(decree__regex=r"\S"), name="credit_brought_has_a_decree"),
            models.UniqueConstraint(
                fields=["employee", "level"],
                condition=Q(withdrawn_at=None),
                name="one_balance_per_employee_and_level",
            ),
            withdrawal_has_words("withdrawn_balance_says_why"),
        ]

    def __str__(self):
        return f"{self.employee}, {self.get_level_display()}: {self.amount}"


class FormState(models.TextChoices):
    PREPARED = "prepared", "Menunggu tanda tangan"
    SIGNED = "signed", "Ditandatangani"
    REPLACED = "replaced", "Digantikan"
    WITHDRAWN = "withdrawn", "Dibatalkan"


LIVING = (FormState.PREPARED, FormState.SIGNED)


class CreditForm(models.Model):
    """A numbered form: prepared by the personnel office, signed by the Pejabat Penilai Kinerja."""

    State = FormState
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit kerja")
    level = models.CharField("jenjang", max_length=20, choices=LEVELS)
    number = models.CharField("nomor", max_length=60, unique=True)
    state = models.CharField("keadaan", max_length=10, choices=FormState, default=FormState.PREPARED)
    # The particulars, the signer and the recipients of copies as they were; a later change never rewrites a form.
    content = models.JSONField("isi formulir", default=dict)
    signer = models.ForeignKey(
        Employee, models.PROTECT, related_name="+", verbose_name="pejabat penilai kinerja"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disiapkan oleh"
    )
    prepared_at = models.DateTimeField("disiapkan", auto_now_add=True)
    signed_at = models.DateTimeField("ditandatangani", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_signed(self):
        return self.state == FormState.SIGNED

    @property
    def level_words(self):
        return self.get_level_display()


def form_constraints(name):
    return [
        models.CheckConstraint(condition=~Q(signer=F("employee")), name=f"nobody_signs_his_own_{name}"),
        models.CheckConstraint(
            condition=~Q(state="signed") | Q(signed_at__isnull=False), name=f"signed_{name}_says_when"
        ),
    ]


def kept_once_signed(*fields):
    """A form is not rewritten once it was signed; its state, and that somebody has looked at it, go on."""
    changed = pgtrigger.Q(new__state="prepared")
    for field in ("employee_id", "unit_id", "level", "number", "content", "signer_id", "signed_at", *fields):
        changed |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return [
        pgtrigger.Protect(
            name="signed_form_is_not_rewritten",
            operation=pgtrigger.Update,
            condition=~pgtrigger.Q(old__state="prepared") & changed,
        ),
        pgtrigger.Protect(name="numbered_form_is_not_deleted", operation=pgtrigger.Delete),
    ]


class ConversionQuerySet(models.QuerySet):
    def living(self):
        return self.filter(state__in=LIVING)

    def signed(self):
        return self.filter(state=FormState.SIGNED)

    def overtaken(self):
        """Those that count although their evaluation was replaced, and nobody has looked yet."""
        return self.living().filter(evaluation__state="superseded", reviewed_at=None)


class CreditConversion(CreditForm, Basis):
    """Konversi Predikat Kinerja ke Angka Kredit: one predikat at one level, for a year or for some of its months."""

    year = models.PositiveSmallIntegerField("tahun")
    first_day = models.DateField("dari")
    last_day = models.DateField("sampai")
    months = models.PositiveSmallIntegerField("bulan")
    period_words = models.CharField("periode", max_length=60)
    predikat = models.CharField("predikat", max_length=20, choices=Predikat)
    percent = models.PositiveSmallIntegerField("persentase")
    coefficient = models.DecimalField("koefisien setiap tahun", max_digits=6, decimal_places=2)
    credit = models.DecimalField("angka kredit", max_digits=7, decimal_places=2)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan"
    )

    objects = ConversionQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["employee", "level", "state"])]
        triggers = kept_once_signed(
            "year",
            "first_day",
            "last_day",
            "months",
            "predikat",
            "percent",
            "coefficient",
            "credit",
            "evaluation_id",
            "evaluation_revision",
            "receipt_sha256",
        )
        constraints = [
            *form_constraints("conversion"),
            basis_is_whole("conversion_names_the_receipt"),
            review_has_words("reviewed_conversion_says_what_follows"),
            models.CheckConstraint(
                condition=Q(months__range=(1, 12)), name="conversion_is_of_1_to_12_months"
            ),
            models.CheckConstraint(condition=Q(credit__gte=0), name="converted_credit_is_not_negative"),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day"), first_day__year=F("year"), last_day__year=F("year")),
                name="conversion_lies_in_its_year",
            ),
            ExclusionConstraint(
                name="no_month_is_converted_twice",
                expressions=[
                    (F("employee"), RangeOperators.EQUAL),
                    (
                        Func(F("first_day"), F("last_day"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=("prepared", "signed")),
            ),
        ]

    def __str__(self):
        return f"Konversi {self.period_words}"


class CreditAssessment(CreditForm):
    """Penetapan Angka Kredit (PAK) with its accumulation: one level up to a day, against what is needed."""

    until = models.DateField("sampai dengan")
    old_credit = models.DecimalField("angka kredit lama", max_digits=8, decimal_places=2)
    new_credit = models.DecimalField("angka kredit baru", max_digits=8, decimal_places=2)
    total = models.DecimalField("jumlah", max_digits=8, decimal_places=2)
    accumulation_number = models.CharField("nomor akumulasi", max_length=60, unique=True)
    conversions = models.ManyToManyField(
        CreditConversion, related_name="assessments", verbose_name="konversi", blank=True
    )
    balance = models.ForeignKey(
        CreditBalance,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="angka kredit awal",
    )

    class Meta:
        ordering = ["-until", "-pk"]
        triggers = kept_once_signed("until", "old_credit", "new_credit", "total", "accumulation_number")
        constraints = [
            *form_constraints("assessment"),
            models.CheckConstraint(
                condition=Q(total=F("old_credit") + F("new_credit")), name="old_and_new_credit_make_the_total"
            ),
            models.UniqueConstraint(
                fields=["employee", "level", "until"],
                condition=Q(state__in=("prepared", "signed")),
                name="one_assessment_per_level_and_day",
            ),
        ]

    def __str__(self):
        return f"PAK {self.get_level_display()} {self.until:%d-%m-%Y}"
