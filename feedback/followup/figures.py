"""The figures of a quarter that plans and the register stand on: those that everybody may be told, and no others.

What is planned is published, so nothing may stand in a plan that the public page of the same quarter hides.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from feedback.results.disclosure import Disclosure, rounded_count
from feedback.results.models import LockedResult, RunningFigure
from feedback.results.presenting import ElementLine
from feedback.results.published.pages import NOTHING, as_shown, lock_of, shown_for

LOWEST_FOLLOWED_UP = 3


@dataclass(frozen=True)
class Told:
    """`index` is None and `elements` empty where the elements are not told; `is_final` once the quarter is locked."""

    respondents: int = 0
    index: Decimal | None = None
    elements: dict = field(default_factory=dict)  # key → ElementLine
    is_final: bool = False

    @property
    def lowest(self):
        """The three elements to mend first (PermenPANRB 14/2017)."""
        lines = sorted(self.elements.values(), key=lambda line: (line.index, line.label))
        return lines[:LOWEST_FOLLOWED_UP]


def told_in(quarter, *, service=None, unit=None):
    """What is told of a service, or of a unit with all below it, in a quarter."""
    shown = shown_for(quarter, service=service, unit=unit)
    if not shown.figure["elements"]:
        return Told(is_final=shown.is_final)
    lines = {
        line["key"]: ElementLine(line["key"], line["label"], line["count"], Decimal(line["index"]))
        for line in shown.figure["elements"]
    }
    return Told(shown.figure["respondents"], shown.index, lines, shown.is_final)


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
