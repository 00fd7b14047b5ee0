"""What other floors may be told of a span of days: a whole quarter, or a year out of its quarters; else words alone.

A month, or any other span that cuts a quarter, would be a new sum of answers: beside the published ones it could be
subtracted from them (ADR 0024).
"""

from collections import defaultdict
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from feedback.services.periods import Quarter, of_quarters, quarter_of

from ..disclosure import Disclosure, rounded_count
from ..models import LockedResult, QuarterLock, RunningFigure
from ..queries import services_below
from .pages import NOTHING, Shown, as_shown, lock_of, shown_for, year_from, year_rows


def quarter_within(start, end):
    """The Quarter that these days are, or None."""
    quarter = quarter_of(start)
    return quarter if (quarter.start, quarter.end) == (start, end) else None


def is_year(start, end):
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year


def quarters_locked_since(moment):
    """The Quarters whose results became final at `moment` or later."""
    locks = QuarterLock.objects.filter(locked_at__gte=moment)
    return [Quarter(lock.year, lock.quarter) for lock in locks]


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


def told_rows(unit, quarters):
    """The services of a unit and of all below it as JSON values `row`, each with what is shown of it in `quarters`.

    To be asked within another question; `shown_from` reads a row.
    """
    own = Q(service=OuterRef("pk"))
    locked = LockedResult.objects.filter(own, of_quarters(quarters, "lock__"))
    running = RunningFigure.objects.filter(own, of_quarters(quarters))
    numbers = ("through", "respondents", "index", "low", "high")
    return (
        services_below(unit)
        .order_by("name", "pk")
        .values(
            row=JSONObject(
                key="pk",
                slug="slug",
                name="name",
                unit="unit__name",
                locked=ArraySubquery(
                    locked.values(row=JSONObject(year="lock__year", quarter="lock__quarter", figure="figure"))
                ),
                running=ArraySubquery(
                    running.values(
                        row=JSONObject(year="year", quarter="quarter", **{name: name for name in numbers})
                    )
                ),
            )
        )
    )


def lock_rows(quarters):
    """Which of these quarters are locked, as JSON values `row`."""
    locks = QuarterLock.objects.filter(of_quarters(quarters)).order_by("year", "quarter")
    return locks.values(row=JSONObject(year="year", quarter="quarter"))


def quarters_from(rows):
    """{Quarter} of rows of `lock_rows`."""
    return {Quarter(row["year"], row["quarter"]) for row in rows or ()}


def shown_from(row, quarter, locked):
    """The Shown of one row of `told_rows` in a quarter; `locked` are the quarters that are."""
    parts = row["locked"] if quarter in locked else row["running"]
    own = next(
        (each for each in parts if (each["year"], each["quarter"]) == (quarter.year, quarter.number)), None
    )
    if quarter in locked:
        return as_shown(own["figure"] if own else NOTHING, is_final=True)
    if own is None:
        return as_shown(NOTHING | {"reason": "running"}, is_final=False)
    return as_running(
        RunningFigure(
            **{name: own[name] for name in ("respondents", "index", "low", "high")},
            through=date.fromisoformat(own["through"]),
        )
    )


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
