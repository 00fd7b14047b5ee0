"""Opening a year with its periods and windows, moving a window, and putting a year away."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from .calendar import ANNUAL, EVALUATION, HOW_MANY, days_of
from .models import Cadence, PerformanceYear, Period, YearWindow
from .queries import cadence_of, unfinished_of, year_plan
from .rules import can_plan_periods

UNITS = {Cadence.MONTHLY: "bulan", Cadence.QUARTERLY: "triwulan", Cadence.ANNUAL: "tahun"}
EVALUATIONS = (EVALUATION, ANNUAL)  # stand in Period itself


def start_of(day):
    """The first moment of a day in WIT."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day):
    """The moment just after a day in WIT."""
    return start_of(day + timedelta(days=1))


@transaction.atomic
def open_year(year, *, cadence, by, counted=None):
    """A year with all its periods and windows, by the rulebook and the holidays of today.

    `counted` gives the working days that differ from the rulebook ({key of the rule: days}). Periods that were planned
    one by one before keep their windows. Raises StepRefused when the year is open already or runs in another cadence.
    """
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh membuka tahun kinerja.")
    if refusal := why_not_open(year, cadence):
        raise StepRefused(refusal)
    plan = year_plan(year, cadence, counted or {})
    try:
        with transaction.atomic():
            opened = PerformanceYear.objects.create(
                year=year, cadence=cadence, opened_by=by if hasattr(by, "pk") else None
            )
    except IntegrityError:
        raise StepRefused(f"Tahun {year} sudah dibuka.") from None
    periods = {period.number: period for period in Period.objects.filter(year=year)}
    for each in plan:
        if each.kind in EVALUATIONS and each.number not in periods:
            of_its_own = Cadence.ANNUAL if each.kind == ANNUAL else cadence
            starts_on, ends_on = days_of(year, each.number, of_its_own)
            periods[each.number] = Period.objects.create(
                year=year,
                cadence=of_its_own,
                number=each.number,
                starts_on=starts_on,
                ends_on=ends_on,
                opens_at=start_of(each.first_day),
                closes_at=end_of(each.last_day),
            )
    YearWindow.objects.bulk_create(
        YearWindow(
            performance_year=opened,
            kind=each.kind,
            period=periods.get(each.number),
            opens_at=start_of(each.first_day),
            closes_at=end_of(each.last_day),
        )
        for each in plan
        if each.kind not in EVALUATIONS
    )
    details = {"year": year, "cadence": cadence, "periods": len(periods), "windows": len(plan)}
    record_event("year.open", opened, by=by, details=details)
    return opened


def why_not_open(year, cadence):
    """Why a year cannot be opened in this cadence; "" when it can."""
    if PerformanceYear.objects.filter(year=year).exists():
        return f"Tahun {year} sudah dibuka."
    planned = cadence_of(year)
    if planned and planned != cadence:
        return f"Tahun {year} sudah memiliki periode {Cadence(planned).label.lower()}. Pilih irama itu."
    return ""


@transaction.atomic
def close_year(performance_year, *, by, reason):
    """Put a year away: nothing of it is moved any more, nobody is reminded of it."""
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh menutup tahun kinerja.")
    if not reason.strip():
        raise StepRefused("Tulis alasannya.")
    locked = PerformanceYear.objects.select_for_update().get(pk=performance_year.pk)
    if locked.is_closed:
        raise StepRefused(f"Tahun {locked.year} sudah ditutup.")
    if left := unfinished_of(locked.year):
        raise StepRefused(
            f"{len(left)} tenggat belum lewat, yang terakhir {left[-1].title}: {left[-1].closing} WIT."
        )
    locked.closed_at = timezone.now()
    locked.closed_by = by if hasattr(by, "pk") else None
    locked.save(update_fields=["closed_at", "closed_by"])
    record_event("year.close", locked, by=by, reason=reason.strip())
    return locked


@transaction.atomic
def plan_period(*, year, number, opens_at, closes_at, by, cadence=Cadence.QUARTERLY):
    """A single period with its window of appraisal. Raises StepRefused with the reason in Indonesian."""
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh menambah periode.")
    if number not in range(1, HOW_MANY[cadence] + 1):
        words = "Triwulan harus I, II, III, atau IV." if cadence == Cadence.QUARTERLY else "Pilih bulan."
        raise StepRefused(words)
    if cadence_of(year) not in (None, cadence):
        raise StepRefused(f"Tahun {year} memakai periode {Cadence(cadence_of(year)).label.lower()}.")
    starts_on, ends_on = days_of(year, number, cadence)
    check_window(starts_on, opens_at, closes_at, cadence)
    if Period.objects.filter(year=year, number=number).exists():
        raise StepRefused("Periode ini sudah ada.")
    period = Period.objects.create(
        year=year,
        cadence=cadence,
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    record_event("period.plan", period, by=by, details={"opens_at": opens_at, "closes_at": closes_at})
    return period


@transaction.atomic
def change_window(period, *, by, reason, opens_at=None, closes_at=None):
    """Extend or close the evaluation of a period; what is not given stays. The reason goes to the audit trail."""
    moved = moved_window(period, by=by, reason=reason, opens_at=opens_at, closes_at=closes_at)
    check_window(moved.starts_on, moved.opens_at, moved.closes_at, moved.cadence)
    return stored_window(moved, "period.change_window", by=by, reason=reason)


@transaction.atomic
def change_year_window(window, *, by, reason, opens_at=None, closes_at=None):
    """Extend or close another window of the year; what is not given stays."""
    moved = moved_window(window, by=by, reason=reason, opens_at=opens_at, closes_at=closes_at)
    if moved.closes_at <= moved.opens_at:
        raise StepRefused("Hari terakhir harus sesudah hari pertama.")
    return stored_window(moved, "year.change_window", by=by, reason=reason)


def moved_window(window, *, by, reason, opens_at, closes_at):
    """The row locked and with its new moments, not yet stored; `before` keeps the old ones."""
    if not can_plan_periods(by):
        raise NotAllowed("Hanya BKPSDM yang boleh mengubah masa penilaian.")
    if not reason.strip():
        raise StepRefused("Tulis alasannya.")
    locked = type(window)._default_manager.select_for_update(of=("self",)).get(pk=window.pk)
    year = locked.year if isinstance(locked, Period) else locked.performance_year.year
    if PerformanceYear.objects.filter(year=year, closed_at__isnull=False).exists():
        raise StepRefused(f"Tahun {year} sudah ditutup. Tenggatnya tidak dapat diubah lagi.")
    locked.before = {"opens_at": locked.opens_at, "closes_at": locked.closes_at}
    locked.opens_at = opens_at or locked.opens_at
    locked.closes_at = closes_at or locked.closes_at
    return locked


def stored_window(window, act, *, by, reason):
    """Stored, in the audit trail, and told to those who still owe something in it, when its last day has moved."""
    window.save(update_fields=["opens_at", "closes_at"])
    after = {"opens_at": window.opens_at, "closes_at": window.closes_at}
    details = {"before": window.before, "after": after}
    record_event(act, window, by=by, reason=reason.strip(), details=details)
    if window.closes_at != window.before["closes_at"]:
        tell_those_concerned(window, by=by, reason=reason.strip())
    return window


def tell_those_concerned(window, *, by, reason):
    """Ask for a job that tells everybody who still owes something in the window (settings.JOB_HANDLERS)."""
    is_period = isinstance(window, Period)
    title = f"Penilaian {window}" if is_period else str(window)
    until = date_format(window.last_day, "l, j F Y")
    queue_job(
        "window_change",
        subject=f"{'period' if is_period else 'window'}:{window.pk}:{window.closes_at.timestamp():.0f}",
        title=f"Kabar perubahan tenggat: {title}",
        by=by,
        arguments={
            "year": window.year if is_period else window.performance_year.year,
            "kind": kind_of(window) if is_period else window.kind,
            "period": window.pk if is_period else window.period_id,
            "words": f"{title} ditutup" if window.is_over() else f"{title} diubah: tenggatnya {until}",
            "reason": reason,
        },
    )


def kind_of(period):
    return ANNUAL if period.is_annual else EVALUATION


def check_window(starts_on, opens_at, closes_at, cadence=Cadence.QUARTERLY):
    if closes_at <= opens_at:
        raise StepRefused("Penilaian harus ditutup sesudah dibuka.")
    if timezone.localdate(opens_at) < starts_on:
        raise StepRefused(f"Penilaian tidak bisa dibuka sebelum {UNITS[cadence]} dimulai.")
