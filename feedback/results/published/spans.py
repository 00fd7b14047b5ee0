"""What other floors may be told of a span of days: a whole quarter, or a year out of its quarters; else words alone.

A month, or any other span that cuts a quarter, would be a new sum of answers: beside the published ones it could be
subtracted from them (ADR 0024).
"""

from collections import defaultdict

from feedback.services.periods import quarter_of

from ..disclosure import Disclosure, rounded_count
from ..models import LockedResult, RunningFigure
from ..queries import services_below
from .pages import NOTHING, Shown, as_shown, lock_of, shown_for, year_from, year_rows


def quarter_within(start, end):
    """The Quarter that these days are, or None."""
    quarter = quarter_of(start)
    return quarter if (quarter.start, quarter.end) == (start, end) else None


def is_year(start, end):
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year


def final_since(start, end):
    """When the quarter that these days are was locked; None before that, and for any other span."""
    quarter = quarter_within(start, end)
    lock = lock_of(quarter) if quarter else None
    return lock and lock.locked_at


def shown_within(start, end, *, service=None, unit=None):
    """The Shown of a service, or of a unit with all below it, in the days from `start` to `end`."""
    if quarter := quarter_within(start, end):
        return shown_for(quarter, service=service, unit=unit)
    if is_year(start, end):
        return shown_year(start.year, year_rows(start.year, service=service, unit=unit))
    return per_quarter_only()


def services_shown_within(start, end, *, unit):
    """[(Service, Shown)] of the services of a unit and of all below it, by name; three queries at most."""
    services = list(services_below(unit).select_related("unit").order_by("name", "pk"))
    if quarter := quarter_within(start, end):
        shown = shown_of_services(quarter, services)
    elif is_year(start, end):
        by_service = defaultdict(list)
        for row in year_rows(start.year, service__in=services):
            by_service[row.service_id].append(row)
        shown = {service.pk: shown_year(start.year, by_service[service.pk]) for service in services}
    else:
        shown = {service.pk: per_quarter_only() for service in services}
    return [(service, shown[service.pk]) for service in services]


def per_quarter_only():
    return as_shown(NOTHING | {"reason": "cut"}, is_final=False)


def shown_year(number, rows):
    """As on the public pages: the published indices weighted by their respondents, without a grade or an interval."""
    year = year_from(number, rows)
    if not year.told:
        return as_shown(NOTHING | {"reason": "year"}, is_final=False)
    figure = NOTHING | {
        "level": int(Disclosure.ESTIMATE),
        "reason": "",
        "respondents": year.respondents,
        "whole": not year.left_out,
        "index": str(year.index),
    }
    left_out = f" {', '.join(map(str, year.left_out))} tidak ikut." if year.left_out else ""
    return Shown(
        f"Gabungan {len(year.told)} triwulan, tanpa mutu",
        f"Dihitung dari hasil yang sudah terbit: {', '.join(map(str, year.told))}.{left_out}",
        figure,
        is_final=True,
    )


def shown_of_services(quarter, services):
    """{service key: what is shown of it in the quarter}; two queries for any number of services."""
    lock = lock_of(quarter)
    if lock is not None:
        rows = LockedResult.objects.filter(lock=lock, service__in=services)
        found = {row.service_id: as_shown(row.figure, is_final=True) for row in rows}
        return {service.pk: found.get(service.pk) or as_shown(NOTHING, is_final=True) for service in services}
    rows = RunningFigure.objects.filter(year=quarter.year, quarter=quarter.number, service__in=services)
    found = {row.service_id: as_running(row) for row in rows}
    unknown = as_shown(NOTHING | {"reason": "running"}, is_final=False)
    return {service.pk: found.get(service.pk, unknown) for service in services}


def as_running(row):
    figure = NOTHING | {
        "level": int(Disclosure.ESTIMATE),
        "reason": "",
        "respondents": rounded_count(row.respondents),
        "index": str(row.index),
        "low": str(row.low),
        "high": str(row.high),
    }
    return as_shown(figure, is_final=False, through=row.through)
