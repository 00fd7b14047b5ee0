"""What an achievement is set for: a month, a quarter, or a whole year, with its days."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from ambon_kinerja.workdays.queries import working_day_after
from appraisal.cycle.models import Period
from appraisal.rulebook.queries import value_on

ANNUAL = Period.Cadence.ANNUAL
LAST_DAY = "annual_achievement_by"
YEARS_SHOWN = 2  # this year and the last


@dataclass(frozen=True)
class Span:
    """`period` is None for the whole `year`. Stands wherever a period is asked for its year, cadence and days."""

    year: int
    period: Period | None = None

    @property
    def cadence(self):
        return self.period.cadence if self.period else ANNUAL

    @property
    def starts_on(self):
        return self.period.starts_on if self.period else date(self.year, 1, 1)

    @property
    def ends_on(self):
        return self.period.ends_on if self.period else date(self.year, 12, 31)

    @cached_property
    def first_day(self):
        """From when it may be set: once the evaluation is open, at the latest the day after it ends."""
        window = self.period or Period.objects.annual().filter(year=self.year).first()
        opened = timezone.localdate(window.opens_at) if window else self.ends_on
        return min(opened, self.ends_on + timedelta(days=1))

    @cached_property
    def due_on(self):
        if self.period is None:
            return last_day_for(self.year)
        return working_day_after(
            self.ends_on, value_on("organisation_achievement_working_days", self.ends_on)
        )

    @property
    def code(self):
        """Its name in an address."""
        return str(self.period.pk) if self.period else f"tahun-{self.year}"

    def __str__(self):
        return str(self.period) if self.period else f"Tahun {self.year}"


def last_day_for(year, end=None):
    """Until when the annual achievement of `year` has to be set to count (PermenPANRB 6/2022, page 94 f).

    `end` is the value of the rule where it was read already.
    """
    end = end or value_on(LAST_DAY, date(year, 12, 31))
    return date(year + 1, end["month"], end["day"])


def span_of(period):
    """The Span of a Period, of the row that stands for a whole year, or of a Span."""
    if isinstance(period, Span):
        return period
    return Span(period.year) if period.is_annual else Span(period.year, period)


def span_named(code):
    """The Span that `code` names in an address, or None."""
    if code.startswith("tahun-"):
        text = code.removeprefix("tahun-")
        is_year = text.isascii() and text.isdecimal() and len(text) == 4 and text.startswith("20")
        return Span(int(text)) if is_year else None
    if not (code.isascii() and code.isdecimal() and len(code) < 18):
        return None
    period = Period.objects.filter(pk=int(code)).first()
    return span_of(period) if period else None


def spans_to_show(today):
    """The Spans of this year and the last that may be set by now, newest first; and last year as a whole."""
    years = range(today.year, today.year - YEARS_SHOWN, -1)
    periods = Period.objects.periodic().filter(year__in=years)
    spans = [Span(period.year, period) for period in periods] + [Span(year) for year in years]
    begun = [span for span in spans if span.starts_on <= today]
    return sorted(begun, key=lambda span: (span.ends_on, span.period is None), reverse=True)


def span_in_focus(spans, today):
    """The one being set now: the newest that may be set, a period before its year; else the newest."""
    ready = [span for span in spans if span.first_day <= today]
    due = [span for span in ready if span.due_on >= today]
    chosen = sorted(due, key=lambda span: span.due_on) or ready or spans
    return chosen[0] if chosen else None
