"""The two questions that an appraisal may ask. This room knows neither plans nor ratings, and never asks for them.

Figures are told by whole quarters, as on the public pages; nothing is told that too few people said.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from agencies.structure.queries import agency_of
from feedback.citizens.models import ReleasedComment
from feedback.colleagues.queries import released_about
from feedback.complaints.figures import published_tables
from feedback.complaints.restricted.queries import substantiated_about
from feedback.results.published.counters import counter_lines
from feedback.results.published.spans import shown_of_services
from feedback.services.models import CounterDuty, Service
from feedback.services.periods import quarter_of

from .themes import FEWEST, praise_in, themes_of
from .words import (
    CommentLine,
    ComplaintLine,
    CounterLine,
    Outcome,
    PersonEvidence,
    ServiceEvidence,
    ServiceLine,
)


def service_evidence(unit, start, end):
    """What citizens said of the services of `unit` and of all below it, in the whole quarters from `start` to `end`."""
    quarters = quarters_in(start, end)
    return ServiceEvidence(
        services=tuple(line for quarter in quarters for line in service_lines(unit, quarter)),
        comments=tuple(comment_lines(unit, start, end)),
        complaints=tuple(line for quarter in quarters if (line := complaint_line(unit, quarter))),
    )


def about_person(employee, start, end):
    """What was said of `employee` himself, as far as it may be told: counters, colleagues, outcomes."""
    return PersonEvidence(
        counters=tuple(counter_lines_of(employee, start, end)),
        colleagues=tuple(released_about(employee, start, end)),
        outcomes=tuple(
            Outcome(row.text, row.decided_on, row.reply) for row in substantiated_about(employee, start, end)
        ),
    )


def quarters_in(start, end):
    """The whole quarters from `start` to `end`, but for those that have not begun."""
    found, quarter, today = [], quarter_of(start), timezone.localdate()
    while quarter.end <= end and quarter.start <= today:
        if quarter.start >= start:
            found.append(quarter)
        quarter = quarter.following()
    return found


def service_lines(unit, quarter):
    """As on the public pages: final where the quarter is locked, else the estimate in steps; three queries."""
    services = list(
        Service.objects.filter(unit__path__startswith=unit.path).select_related("unit").order_by("name", "pk")
    )
    for key, shown in shown_of_services(quarter, services).items():
        service = next(each for each in services if each.pk == key)
        low, high = shown.interval or (None, None)
        yield ServiceLine(
            key=key,
            slug=service.slug,
            name=service.name,
            unit=service.unit.name,
            quarter=quarter,
            respondents=shown.figure["respondents"] or 0,
            headline=shown.headline,
            explanation=shown.explanation,
            index=shown.index,
            low=low,
            high=high,
            grade=shown.figure["grade"],
            is_final=shown.is_final,
            lowest=tuple((line["label"], Decimal(line["index"])) for line in shown.lowest),
        )


def comment_lines(unit, start, end):
    """One line for each service of which enough comments were released in batches of these days; one query."""
    rows = ReleasedComment.objects.filter(
        batch__service__unit__path__startswith=unit.path,
        batch__first_day__gte=start,
        batch__last_day__lte=end,
    )
    by_service = defaultdict(list)
    for key, name, text in rows.order_by("batch__service", "pk").values_list(
        "batch__service", "batch__service__name", "text"
    ):
        by_service[key, name].append(text)
    for (key, name), texts in by_service.items():
        if len(texts) >= FEWEST:
            yield CommentLine(key, name, len(texts), tuple(themes_of(texts)), tuple(praise_in(texts)))


def complaint_line(unit, quarter):
    """What is published of the complaints to the unit's agency; None while nothing is told."""
    agency, tables = agency_of(unit), published_tables(quarter)
    if agency is None or tables is None:
        return None
    row = next((row for row in tables["agencies"] if row.label == agency.name), None)
    if row is None or row.received is None:
        return None
    return ComplaintLine(
        quarter=str(quarter),
        code=quarter.code,
        agency=agency.name,
        received=row.received,
        answered=row.answered,
        in_time_share=row.in_time_share if row.answered else None,
        satisfaction=row.satisfaction,
    )


def counter_lines_of(employee, start, end):
    """The intervals at the employee's counters, in locked quarters, as far as the room of results tells them."""
    for quarter in quarters_in(start, end):
        span = (quarter.start, quarter.following().start)
        duties = CounterDuty.objects.filter(employee=employee, term__overlap=span)
        services = Service.objects.filter(pk__in=duties.order_by().values("counter__service"))
        for service in services.order_by("name", "pk"):
            for line in counter_lines(service, quarter):
                if line.duty.employee_id == employee.pk and line.low is not None:
                    yield CounterLine(
                        key=line.duty.pk,
                        service=service.name,
                        counter=line.counter.name,
                        quarter=quarter,
                        low=line.low,
                        high=line.high,
                    )
