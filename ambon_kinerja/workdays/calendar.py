"""Working days: Monday to Friday that are not holidays.

The regulation counts its terms in *hari kerja* (PermenPANRB 6/2022 pages 115-118) and the
first day of a term is the day after the event.
"""

from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def add_working_days(day, count, *, holidays=()):
    """The last day of a term of `count` working days that starts the day after `day`.

    `count` 0 gives `day` itself, whatever day it is. A negative count is refused
    (ValueError): no term of the law runs backwards.
    """
    _check_day(day)
    if count < 0:
        raise ValueError("Jumlah hari kerja tidak boleh kurang dari 0.")
    days_off = frozenset(holidays)
    for _ in range(count):
        day = _next_working_day(day, days_off)
    return day


def working_days_between(start, end, *, holidays=()):
    """Working days after `start` up to and including `end`; negative when `end` is earlier.

    The inverse of `add_working_days`. The sign is kept on purpose: a report that came
    early must never look like one that came late.
    """
    _check_day(start)
    _check_day(end)
    if end < start:
        return -working_days_between(end, start, holidays=holidays)
    days_off = frozenset(holidays)
    return sum(
        is_working_day(start + timedelta(days=n), holidays=days_off) for n in range(1, (end - start).days + 1)
    )


def is_working_day(day, *, holidays=()):
    _check_day(day)
    return day.weekday() < SATURDAY and day not in holidays


def _next_working_day(day, days_off):
    day += ONE_DAY
    while not is_working_day(day, holidays=days_off):
        day += ONE_DAY
    return day


def _check_day(day):
    """A datetime is refused: near midnight its date depends on the time zone (WIT, UTC+9)."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise TypeError(f"expected a date without time, got {day!r}")
