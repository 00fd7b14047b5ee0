"""Conversions: prepared by the office from decided evaluations, signed by the appraiser, looked at when overtaken."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.people.models import Employee
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.documents.actions import next_number
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, take
from ambon_kinerja.notices.actions import tell

from ..form_content import content_of
from ..lines import lines_for, overlaps
from ..models import CreditConversion
from ..models.basis import basis_of
from ..rules import may_prepare, may_replace
from ..states.conversions import REPLACE, SIGN, WITHDRAW

NUMBER_KIND = "KONV"
NO_RIGHT = "Formulir angka kredit hanya disiapkan BKPSDM unit pegawai ini."
NO_SIGNER = "Pegawai ini belum punya pejabat penilai hari ini, jadi tidak ada yang dapat menandatangani."


@transaction.atomic
def prepare_conversions(employee, *, year, unit, by):
    """A form for every part of the year that is ready and not yet converted. Raises StepRefused; returns the forms."""
    if not may_prepare(by, employee, unit):
        raise NotAllowed(NO_RIGHT)
    locked(employee)
    ready = [line for line in lines_for(employee, year) if line.is_ready]
    if not ready:
        raise StepRefused(f"Belum ada bagian tahun {year} yang dapat dikonversi.")
    made = [prepared(employee, line, unit=unit, by=by) for line in ready]
    for conversion in made:
        record_event("creditconversion.prepare", conversion, by=by, details=told(conversion))
    tell_signer(made[0])
    return made


def locked(employee):
    """One preparation at a time for one person: two would number the same months."""
    return Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)


def prepared(employee, line, *, unit, by, replaces=None):
    signer = signer_for(employee)
    try:
        with transaction.atomic():
            return CreditConversion.objects.create(
                employee=employee,
                unit=unit,
                level=line.level,
                number=next_number(NUMBER_KIND, timezone.now()),
                content=content_of(employee, level=line.level, signer=signer),
                signer=signer,
                prepared_by=by,
                year=line.year,
                first_day=line.first_day,
                last_day=line.last_day,
                months=line.months,
                period_words=line.period_words,
                predikat=line.evaluation.predikat,
                percent=line.percent,
                coefficient=line.coefficient,
                credit=line.credit,
                replaces=replaces,
                **basis_of(line.evaluation),
            )
    except IntegrityError as error:
        if "no_month_is_converted_twice" not in str(error):
            raise
        raise StepRefused("Sebagian bulan ini sudah dikonversi. Muat ulang halaman ini.") from None


def signer_for(employee):
    signer = appraiser_on(employee, timezone.localdate())
    if signer is None:
        raise StepRefused(NO_SIGNER)
    return signer


def told(conversion):
    return {
        "number": conversion.number,
        "evaluation": conversion.evaluation_id,
        "revision": conversion.evaluation_revision,
        "receipt_sha256": conversion.receipt_sha256,
        "months": conversion.months,
        "credit": conversion.credit,
    }


def tell_signer(form):
    tell(
        form.signer.user,
        subject="Formulir angka kredit menunggu tanda tangan Anda",
        body=f"Untuk {form.employee.name}. Periksa isinya, lalu tandatangani.",
        path=reverse("appraisal:credit-account", args=[form.employee_id]),
    )


@transaction.atomic
def sign_form(form, *, by):
    """The appraiser signs a conversion or a PAK. Raises StepRefused."""
    signed = take(SIGN, form, by=by, changes={"signed_at": timezone.now()})
    tell(
        signed.employee.user,
        subject=f"{signed}: sudah ditandatangani",
        body="Buka halaman angka kredit untuk membaca dan mencetaknya.",
        path=reverse("appraisal:credit-account", args=[signed.employee_id]),
    )
    return signed


def withdraw_form(form, *, reason, by):
    """The office takes back what is not signed yet. Raises StepRefused."""
    return take(WITHDRAW, form, by=by, reason=reason)


@transaction.atomic
def review_conversion(conversion, *, note, by):
    """The office says that a conversion still counts although its evaluation was replaced. Raises StepRefused."""
    current = CreditConversion.objects.select_for_update(of=("self",)).get(pk=conversion.pk)
    if not may_replace(by, current):
        raise NotAllowed(NO_RIGHT)
    if not current.needs_review:
        raise StepRefused("Konversi ini tidak perlu ditinjau.")
    current.reviewed_at, current.reviewed_by, current.review_note = timezone.now(), by, note.strip()
    current.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
    record_event("creditconversion.review", current, by=by, reason=note.strip())
    return current


@transaction.atomic
def replace_conversion(conversion, *, reason, by):
    """A new form from the evaluation that counts now, in place of one whose evaluation was replaced.

    Raises StepRefused while the new evaluation is not final.
    """
    locked(conversion.employee)
    line = next(
        (line for line in lines_for(conversion.employee, conversion.year) if overlaps(conversion, line)), None
    )
    if line is None or line.evaluation is None:
        raise StepRefused(line.missing if line else "Bulan-bulan ini tidak lagi dapat dikonversi.")
    if line.evaluation.pk == conversion.evaluation_id:
        raise StepRefused("Penilaiannya belum digantikan, jadi tidak ada yang perlu diganti.")
    old = take(REPLACE, conversion, by=by, reason=reason)
    made = prepared(old.employee, line, unit=old.unit, by=by, replaces=old)
    record_event("creditconversion.prepare", made, by=by, reason=reason, details=told(made))
    tell_signer(made)
    return made
