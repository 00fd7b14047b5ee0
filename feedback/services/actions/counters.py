"""Counters, and who is on duty there."""

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agencies.access.scope import working_below
from agencies.structure.refusals import NotPossible, in_plain_words
from ambon_kinerja.audit.actions import record_event

from ..models import Counter, CounterDuty

ONE_NAME = "Layanan ini sudah punya loket dengan nama itu."
ONE_OFFICER = "Sudah ada petugas lain di loket ini pada hari-hari itu. Akhiri dahulu tugasnya."
NOT_OF_THE_UNIT = "Orang ini tidak bekerja di unit layanan pada hari mulai bertugas."


@transaction.atomic
def add_counter(service, *, name, by):
    with in_plain_words({"a_counter_of_a_service_has_its_own_name": ONE_NAME}):
        counter = Counter.objects.create(service=service, name=name)
    record_event("counter.add", service, by=by, details={"name": name})
    return counter


@transaction.atomic
def change_counter(counter, *, name, is_active, by):
    locked = Counter.objects.select_for_update().get(pk=counter.pk)
    before = {"name": locked.name, "is_active": locked.is_active}
    if before == {"name": name, "is_active": is_active}:
        return locked
    locked.name, locked.is_active = name, is_active
    with in_plain_words({"a_counter_of_a_service_has_its_own_name": ONE_NAME}):
        locked.save(update_fields=["name", "is_active"])
    record_event("counter.change", locked, by=by, details={"before": before})
    return locked


@transaction.atomic
def put_on_duty(counter, *, employee, start, last_day=None, by):
    """`employee` serves at `counter` from `start` on; he works in the unit of the service, or below it."""
    if last_day and last_day < start:
        raise NotPossible("Hari terakhir tidak boleh sebelum hari mulai.", "last_day")
    unit = counter.service.unit
    if not working_below([unit], start).filter(employee=employee).exists():
        raise NotPossible(NOT_OF_THE_UNIT, "employee")
    term = DateRange(start, last_day + timedelta(days=1) if last_day else None)
    with in_plain_words({"a_counter_has_one_officer_on_a_day": ONE_OFFICER}):
        duty = CounterDuty.objects.create(counter=counter, employee=employee, term=term)
    record_event("counter.duty", employee, by=by, details={"counter": counter.pk, "start": start})
    return duty


@transaction.atomic
def end_duty(duty, *, last_day, by):
    """Let a duty end with `last_day`. Raises NotPossible when it would end before it begins."""
    locked = CounterDuty.objects.select_for_update().get(pk=duty.pk)
    if last_day < locked.term.lower:
        raise NotPossible("Hari terakhir tidak boleh sebelum hari mulai.", "last_day")
    if locked.last_day == last_day:
        return locked
    locked.term = DateRange(locked.term.lower, last_day + timedelta(days=1))
    with in_plain_words({"a_counter_has_one_officer_on_a_day": ONE_OFFICER}):
        locked.save(update_fields=["term"])
    details = {"counter": locked.counter_id, "last_day": last_day}
    record_event("counter.duty_end", locked.employee, by=by, details=details)
    return locked


@transaction.atomic
def remove_duty(duty, *, by):
    """Take away a duty that was recorded by mistake; the trail keeps that it stood here."""
    locked = CounterDuty.objects.select_for_update().filter(pk=duty.pk).first()
    if locked is None:
        return
    details = {"counter": locked.counter_id, "start": locked.term.lower, "last_day": locked.last_day}
    record_event("counter.duty_remove", locked.employee, by=by, details=details)
    locked.delete()
