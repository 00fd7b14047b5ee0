"""The assessment of credit (PAK) with its accumulation."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.documents.actions import next_number
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, take

from ..account import ZERO, account_of, with_review
from ..form_content import content_of
from ..models import CreditAssessment, CreditConversion
from ..models.credit import LIVING
from ..rules import may_prepare
from ..states.conversions import REPLACE
from .conversions import NO_RIGHT, locked, signer_for, tell_signer


@transaction.atomic
def prepare_assessment(employee, *, level, until, unit, by):
    """The PAK of `level` up to `until` from everything that is signed. Raises StepRefused.

    One that wants a review is replaced by it; a second one of the same day is refused otherwise.
    """
    if not may_prepare(by, employee, unit):
        raise NotAllowed(NO_RIGHT)
    locked(employee)
    account = account_of(employee, level, until=until)
    if not account.conversions and account.balance is None:
        raise StepRefused("Belum ada angka kredit yang ditandatangani sampai tanggal itu.")
    if account.overtaken:
        raise StepRefused("Tinjau dahulu konversi yang penilaiannya sudah digantikan.")
    make_room(employee, level, until, by)
    known = already_assessed(account)
    old = sum((each.credit for each in account.conversions if each.pk in known), ZERO)
    old += account.balance.amount if account.balance else ZERO
    signer = signer_for(employee)
    made = CreditAssessment.objects.create(
        employee=employee,
        unit=unit,
        level=level,
        until=until,
        number=next_number("PAK", timezone.now()),
        accumulation_number=next_number("AKUM", timezone.now()),
        old_credit=old,
        new_credit=account.total - old,
        total=account.total,
        balance=account.balance,
        content=content_of(employee, level=level, signer=signer) | figures_of(account, known),
        signer=signer,
        prepared_by=by,
    )
    made.conversions.set(account.conversions)
    details = {"number": made.number, "total": made.total, "conversions": len(account.conversions)}
    record_event("creditassessment.prepare", made, by=by, details=details)
    tell_signer(made)
    return made


def make_room(employee, level, until, by):
    """A living PAK of the same day is replaced when it wants a review, and stands in the way otherwise."""
    living = CreditAssessment.objects.filter(employee=employee, level=level, until=until, state__in=LIVING)
    for before in with_review(living):
        if not before.wants_review:
            raise StepRefused("PAK sampai tanggal itu sudah ada. Pilih tanggal lain, atau batalkan dahulu.")
        take(REPLACE, before, by=by, reason="Dasar perhitungannya berubah")


def already_assessed(account):
    """The keys of the conversions that an earlier signed PAK of this level holds."""
    keys = [each.pk for each in account.conversions]
    earlier = CreditConversion.objects.filter(
        pk__in=keys, assessments__state="signed", assessments__level=F("level")
    )
    return set(earlier.values_list("pk", flat=True))


def figures_of(account, known):
    """The rows and the needs as they stood, for the two printed forms: JSON, amounts as text."""
    standing, balance = account.standing, account.balance
    return {
        "rows": [
            {
                "year": each.year,
                "period": each.period_words,
                "months": each.months,
                "predikat": each.get_predikat_display(),
                "percent": each.percent,
                "coefficient": str(each.coefficient),
                "credit": str(each.credit),
                "is_old": each.pk in known,
                "number": each.number,
                "revision": each.evaluation_revision,
                "receipt_sha256": each.receipt_sha256,
            }
            for each in account.conversions
        ],
        "balance": {
            "amount": str(balance.amount),
            "as_of": str(balance.as_of),
            "decree": balance.decree,
            "decree_date": str(balance.decree_date),
        }
        if balance
        else None,
        "needs": [
            {
                "words": words,
                "need": str(each.need),
                "surplus": str(each.surplus),
                "is_enough": each.is_enough,
            }
            for words, each in standing.goals()
        ],
        "conclusion": standing.conclusion,
    }
