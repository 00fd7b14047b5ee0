"""The days of a performance year: its periods and deadlines, counted from the rules and the holidays. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ambon_kinerja.workdays.calendar import add_working_days

MONTHLY, QUARTERLY = "monthly", "quarterly"
PLANNING, DOCUMENTATION, FEEDBACK, EVALUATION, ANNUAL = (
    "planning",
    "documentation",
    "feedback",
    "evaluation",
    "annual",
)
HOW_MANY = {MONTHLY: 12, QUARTERLY: 4}
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN = ("I", "II", "III", "IV")
ONE_DAY = timedelta(days=1)
WHOLE_YEAR = 0  # the number of the annual period: it stands beside the months or quarters


@dataclass(frozen=True)
class Planned:
    """One window as it would be: `number` is that of its period (None: it has none); both days are within it."""

    kind: str
    number: int | None
    first_day: date
    last_day: date


def name_of(year, number, cadence):
    """ "Triwulan II 2026", "Mei 2026", "Tahun 2026"."""
    if cadence == ANNUAL:
        return f"Tahun {year}"
    return f"{MONTHS[number - 1]} {year}" if cadence == MONTHLY else f"Triwulan {ROMAN[number - 1]} {year}"


def days_of(year, number, cadence):
    """The first and the last day of a period."""
    if cadence == ANNUAL:
        return date(year, 1, 1), date(year, 12, 31)
    months = 12 // HOW_MANY[cadence]
    first, last = months * (number - 1) + 1, months * number
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def day_within(year, month, day):
    """That day, or the last of its month where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def planned_windows(year, cadence, rules, holidays):
    """Every window of a year in the order of its deadlines.

    `rules`: the values of the rulebook by key. Documentation and feedback run with their period and so many working
    days longer; the evaluation begins on the first working day after the period.
    """
    due = rules["plan_agreed_by"]
    found = [Planned(PLANNING, None, date(year, 1, 1), day_within(year, due["month"], due["day"]))]
    for number in range(1, HOW_MANY[cadence] + 1):
        starts, ends = days_of(year, number, cadence)
        for kind in (DOCUMENTATION, FEEDBACK):
            last = add_working_days(ends, rules[f"{kind}_working_days"], holidays=holidays)
            found.append(Planned(kind, number, starts, last))
        first = add_working_days(ends, 1, holidays=holidays)
        last = add_working_days(ends, rules["evaluation_working_days"], holidays=holidays)
        found.append(Planned(EVALUATION, number, first, last))
    annual = rules["annual_evaluation"]
    opens = day_within(year, annual["opens_month"], annual["opens_day"])
    closes = day_within(year + 1, annual["closes_month"], annual["closes_day"])
    found.append(Planned(ANNUAL, WHOLE_YEAR, opens, closes))
    return sorted(found, key=lambda each: (each.last_day, each.number or 0))


def months_after(day, months):
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    return day_within(day.year + year, month + 1, day.day)
