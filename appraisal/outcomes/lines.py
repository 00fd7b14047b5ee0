"""What of a year can be converted into credit: each level's months with the evaluation that counts for them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from appraisal.cycle.models import Period
from appraisal.planning.models import Skp
from appraisal.rulebook.queries import values_on
from appraisal.scoring.models import Evaluation

from .credit import LEVEL_WORDS, NEEDED, Tables, credit_for
from .models import CreditConversion
from .served import served_in, terms_at_levels

CREDIT_RULES = ("credit_percentages", "credit_coefficients", "credit_needs")


@dataclass
class Line:
    """Months of one level; `evaluation` gives the predikat, None while it is `missing`; `conversion`: made already."""

    level: str
    year: int
    numbers: tuple
    period_words: str
    evaluation: Evaluation | None = None
    missing: str = ""
    tables: Tables | None = None
    conversion: CreditConversion | None = None

    @property
    def months(self):
        return len(self.numbers)

    @property
    def first_day(self):
        return date(self.year, self.numbers[0], 1)

    @property
    def last_day(self):
        return last_day_of(self.year, self.numbers[-1])

    @property
    def level_words(self):
        return LEVEL_WORDS[self.level]

    @property
    def predikat_words(self):
        return self.evaluation.get_predikat_display() if self.evaluation else ""

    @property
    def percent(self):
        return self.tables.percentages[self.evaluation.predikat]

    @property
    def coefficient(self):
        return Decimal(self.tables.coefficients[self.level])

    @property
    def credit(self):
        return credit_for(
            level=self.level, predikat=self.evaluation.predikat, months=self.months, tables=self.tables
        )

    @property
    def is_ready(self):
        return self.evaluation is not None and self.conversion is None


def tables_on(day):
    """The credit rules in force on `day`. Raises Rule.DoesNotExist before there were any."""
    found = values_on(CREDIT_RULES, day)
    needs = found["credit_needs"]
    return Tables(
        percentages=found["credit_percentages"],
        coefficients=found["credit_coefficients"],
        needed={level: (needs[f"{level}.rank"], needs[f"{level}.level"]) for level in NEEDED},
    )


def lines_for(employee, year, *, today=None):
    """The Lines of a year, oldest first. Seven queries at most. Raises Rule.DoesNotExist before 2023.

    The annual evaluation counts for the level held at the end of the year. A level that ended within the year is
    converted by its periods (months/12), each for itself: nothing is averaged.
    """
    today, end = today or timezone.localdate(), date(year, 12, 31)
    tables, found = tables_on(end), decided_of(employee, year)
    annual = next((each for each in found if each.period.is_annual), None)
    # A year that is decided is over, also on its last days.
    terms = terms_at_levels(employee, year, today=max(today, end) if annual else today)
    served = served_in(year, terms)
    if not served:
        return []
    goes_on = terms[-1][2] >= min(today, end)
    periods = list(Period.objects.filter(year=year).exclude(cadence=Period.Cadence.ANNUAL))
    by_period = {each.period_id: each for each in found}
    lines = []
    for part in served:
        is_last = part is served[-1]
        if is_last and (goes_on or belongs_to(annual, part, year)):
            lines.append(annual_line(part, year, annual))
        else:
            lines += periodic_lines(part, year, periods, by_period)
    made = list(CreditConversion.objects.living().filter(employee=employee, year=year))
    for line in lines:
        line.tables = tables
        line.conversion = next((each for each in made if overlaps(each, line)), None)
    return lines


def decided_of(employee, year):
    """The decided evaluations of the year, of the plan of its last day first."""
    return list(
        Evaluation.objects.decided()
        .filter(skp__employee=employee, skp__state=Skp.State.AGREED, period__year=year)
        .select_related("period", "skp__unit")
        .defer("receipt")
        .order_by("-skp__starts_on", "period__number")
    )


def belongs_to(annual, part, year):
    """Is the annual evaluation one of a plan in force while the level was held?"""
    return annual is not None and annual.skp.starts_on <= last_day_of(year, part.last)


def last_day_of(year, month):
    return date(year, month, monthrange(year, month)[1])


def annual_line(part, year, annual):
    line = Line(part.level, year, part.numbers, f"Tahunan {year}", annual)
    if annual is None:
        line.missing = f"Evaluasi tahunan {year} belum ditetapkan."
    return line


def periodic_lines(part, year, periods, by_period):
    lines = []
    for period in periods:
        inside = tuple(
            number for number in part.numbers if period.starts_on.month <= number <= period.ends_on.month
        )
        if not inside:
            continue
        line = Line(part.level, year, inside, str(period), by_period.get(period.pk))
        if line.evaluation is None:
            line.missing = f"Penilaian {period} belum ditetapkan."
        lines.append(line)
    if not lines:
        line = Line(part.level, year, part.numbers, f"Sebagian tahun {year}")
        line.missing = f"Tahun {year} belum mempunyai periode penilaian."
        lines.append(line)
    return lines


def overlaps(conversion, line):
    return conversion.first_day <= line.last_day and conversion.last_day >= line.first_day
