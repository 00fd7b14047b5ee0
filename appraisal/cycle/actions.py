"""Planning the quarters and moving the window in which they are appraised."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from .models import Period
from .rules import can_plan_periods


@transaction.atomic
def plan_period(*, year, number, opens_at, closes_at, by):
    """A new quarter with its window of appraisal. Raises StepRefused with the reason in Indonesian."""
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh menambah periode.")
    if number not in (1, 2, 3, 4):
        raise StepRefused("Triwulan harus I, II, III, atau IV.")
    starts_on, ends_on = quarter(year, number)
    check_window(starts_on, opens_at, closes_at)
    if Period.objects.filter(year=year, number=number).exists():
        raise StepRefused("Periode ini sudah ada.")
    period = Period.objects.create(
        year=year, number=number, starts_on=starts_on, ends_on=ends_on, opens_at=opens_at, closes_at=closes_at
    )
    record_event("period.plan", period, by=by, details={"opens_at": opens_at, "closes_at": closes_at})
    return period


@transaction.atomic
def change_window(period, *, by, reason, opens_at=None, closes_at=None):
    """Extend or close the window; what is not given stays. The reason goes to the audit trail."""
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh mengubah masa penilaian.")
    if not reason.strip():
        raise StepRefused("Tulis alasannya.")
    locked = Period.objects.select_for_update().get(pk=period.pk)
    before = {"opens_at": locked.opens_at, "closes_at": locked.closes_at}
    locked.opens_at = opens_at or locked.opens_at
    locked.closes_at = closes_at or locked.closes_at
    check_window(locked.starts_on, locked.opens_at, locked.closes_at)
    locked.save(update_fields=["opens_at", "closes_at"])
    after = {"opens_at": locked.opens_at, "closes_at": locked.closes_at}
    record_event(
        "period.change_window",
        locked,
        by=by,
        reason=reason.strip(),
        details={"before": before, "after": after},
    )
    return locked


def quarter(year, number):
    """The first and the last day of a quarter."""
    first = date(year, 3 * number - 2, 1)
    following = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return first, following - timedelta(days=1)


def check_window(starts_on, opens_at, closes_at):
    if closes_at <= opens_at:
        raise StepRefused("Penilaian harus ditutup sesudah dibuka.")
    if timezone.localdate(opens_at) < starts_on:
        raise StepRefused("Penilaian tidak bisa dibuka sebelum triwulan dimulai.")
