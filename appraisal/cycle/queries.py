"""Which period it is, and when what is due. Whoever has the periods already asks about those."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from ambon_kinerja.workdays.queries import holidays_between
from appraisal.rulebook.queries import values_on

from .calendar import ANNUAL, EVALUATION, planned_windows
from .models import PerformanceYear, Period, YearWindow

TITLES = dict(YearWindow.Kind.choices) | {EVALUATION: "Penilaian", ANNUAL: "Evaluasi tahunan"}
YEAR_RULES = (
    "plan_agreed_by",
    "documentation_working_days",
    "feedback_working_days",
    "evaluation_working_days",
    "annual_evaluation",
)


def periods_to_show(now=None):
    """The months or quarters of this year and the last, newest first; one query."""
    return [period for period in periods_to_rate(now) if not period.is_annual]


def periods_to_rate(now=None):
    """The same with the whole years among them, each before its parts; one query."""
    year = timezone.localdate(now).year
    return list(Period.objects.filter(year__in=(year - 1, year)).order_by("-ends_on", "starts_on"))


def annual_open(periods, now=None):
    """The whole year among `periods` that may be evaluated at `now`, or None."""
    return next((period for period in periods if period.is_annual and period.is_open(now)), None)


def periodic(periods):
    return [period for period in periods if not period.is_annual]


def opened(periods, now=None):
    """Those of `periods` that may be appraised at `now`, the latest first where windows overlap."""
    return sorted(
        (period for period in periodic(periods) if period.is_open(now)),
        key=lambda period: period.starts_on,
        reverse=True,
    )


def running(periods, now=None):
    """The one in which the day (in WIT) of `now` lies, or None."""
    day = timezone.localdate(now)
    return next((period for period in periodic(periods) if period.starts_on <= day <= period.ends_on), None)


def at_work(periods, now=None):
    """The open one, else the one of today, else None: what people are busy with."""
    begun = [period for period in opened(periods, now) if period.starts_on <= timezone.localdate(now)]
    return begun[0] if begun else running(periods, now)


def in_focus(periods, now=None):
    """`at_work`, else the newest that has begun, else None: what a page shows first."""
    day = timezone.localdate(now)
    begun = sorted(
        (each for each in periodic(periods) if each.starts_on <= day), key=lambda each: each.starts_on
    )
    return at_work(periods, now) or (begun[-1] if begun else None)


def newest_finished(periods, now=None):
    """The newest that has ended and can no longer be appraised, or None."""
    day = timezone.localdate(now)
    over = [period for period in periodic(periods) if period.is_over(now) and period.ends_on < day]
    return max(over, key=lambda period: period.starts_on, default=None)


def period_now(now=None):
    """The period in which the day (in WIT) of `now` lies, or None when nobody has planned it."""
    day = timezone.localdate(now)
    return running(Period.objects.filter(starts_on__lte=day, ends_on__gte=day), now)


def open_period(now=None):
    """The period that may be appraised right now, the latest if windows overlap, or None."""
    moment = now or timezone.now()
    found = opened(Period.objects.filter(opens_at__lte=moment, closes_at__gt=moment), moment)
    return found[0] if found else None


def days_of_current_period(now=None):
    """(first day, last day) of the period in which today lies, or None. Named in settings.CURRENT_PERIOD_DAYS."""
    period = period_now(now)
    return (period.starts_on, period.ends_on) if period else None


@dataclass(frozen=True)
class Deadline:
    """One window of a year for a reader, whichever table it stands in."""

    kind: str
    period: Period | None
    window: Period | YearWindow

    @property
    def title(self):
        named = self.period is not None and self.kind != ANNUAL
        return f"{TITLES[self.kind]} {self.period}" if named else TITLES[self.kind]

    @property
    def first_day(self):
        return self.window.first_day

    @property
    def last_day(self):
        return self.window.last_day

    @property
    def closing(self):
        return self.window.closing

    @property
    def locks(self):
        """Whether nothing is accepted after it: true of the evaluations alone, the others only remind."""
        return self.kind in (EVALUATION, ANNUAL)


def deadlines_of(year):
    """The Deadlines of a year in the order in which they fall due; two queries."""
    periods = {period.pk: period for period in Period.objects.filter(year=year)}
    found = [
        Deadline(ANNUAL if period.is_annual else EVALUATION, period, period) for period in periods.values()
    ]
    for window in YearWindow.objects.filter(performance_year__year=year):
        found.append(Deadline(window.kind, periods.get(window.period_id), window))
    return sorted(found, key=lambda each: (each.window.closes_at, each.first_day, each.kind))


def year_plan(year, cadence, counted):
    """The windows a year would get by the rules in force on its first day, the holidays, and `counted` by hand."""
    first = date(year, 1, 1)
    rules = values_on(YEAR_RULES, first) | counted
    holidays = holidays_between(first, first + timedelta(days=600))
    return planned_windows(year, cadence, rules, holidays)


def cadence_of(year):
    """The cadence a year already has, by its opening or by the periods planned so far; None while it is free."""
    found = PerformanceYear.objects.filter(year=year).values_list("cadence", flat=True).first()
    return found or Period.objects.periodic().filter(year=year).values_list("cadence", flat=True).first()


def unfinished_of(year, now=None):
    """The Deadlines of a year that are not past."""
    return [each for each in deadlines_of(year) if not each.window.is_over(now)]


def rule_may_begin(now=None):
    """(first day on which a changed rule may begin, the periods not finished). Named in settings.RULE_EFFECTS.

    A period is judged by the rules in force on its last day; what is finished keeps the rules it was judged by.
    """
    moment = now or timezone.now()
    finished = Period.objects.filter(closes_at__lte=moment, ends_on__lt=timezone.localdate(moment))
    last = finished.order_by("-ends_on").values_list("ends_on", flat=True).first()
    waiting = Period.objects.filter(closes_at__gt=moment).order_by("ends_on")
    return last + timedelta(days=1) if last else None, list(waiting)
