"""Naming those who fill in for citizens and key paper."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.structure.refusals import NotPossible, in_plain_words
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.notices.actions import tell

from ..models import Enumerator
from ..rules import may_manage

ALREADY = {"an_enumerator_is_named_once_a_day": "Pegawai ini sudah menjadi petugas pengisi pada masa itu."}


@transaction.atomic
def name_enumerator(*, unit, employee, start, last_day, by):
    """Let `employee` fill in and key for `unit` from `start` to `last_day`. Raises NotPossible."""
    if not may_manage(by, unit):
        raise NotPossible("Anda tidak mengelola layanan unit ini.", "unit")
    if employee.user_id is None:
        raise NotPossible("Pegawai ini belum punya akun. Minta BKPSDM membukanya.", "employee")
    with in_plain_words(ALREADY):
        named = Enumerator.objects.create(
            unit=unit, employee=employee, term=DateRange(start, last_day + timedelta(days=1)), named_by=by
        )
    record_event("enumerator.name", named, by=by, details={"employee": employee.pk, "unit": unit.pk})
    tell(
        employee.user,
        subject="Anda menjadi petugas pengisi survei",
        body=f"Di {unit.name}, sampai {last_day:%d-%m-%Y}. Anda membantu warga mengisi dan mengetik lembar kertas.",
        path="/isi-bersama/",
    )
    return named


@transaction.atomic
def end_enumerator(named, *, by):
    """His last day was yesterday; one who has not begun yet never was. A second time changes nothing."""
    locked = Enumerator.objects.select_for_update(of=("self",)).get(pk=named.pk)
    if not may_manage(by, locked.unit):
        raise NotPossible("Anda tidak mengelola layanan unit ini.")
    today = timezone.localdate()
    if locked.term.upper <= today:
        return locked
    record_event("enumerator.end", locked, by=by, details={"employee": locked.employee_id})
    if locked.term.lower >= today:
        locked.delete()
        return locked
    locked.term = DateRange(locked.term.lower, today)
    locked.save(update_fields=["term"])
    return locked
