"""The two questions that an appraisal may ask. This room knows neither plans nor ratings, and never asks for them.

Figures are told by whole quarters, as on the public pages; nothing is told that too few people said. Each question, and
both together, is one statement, however many services, quarters and voices there are: the rooms before this one give
the parts of it and read what came.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils import timezone

from agencies.structure.models import Unit
from feedback.citizens.models import ReleasedComment
from feedback.colleagues.queries import name_rows, names_from, released_from, released_rows
from feedback.complaints.figures import published_of, published_rows
from feedback.complaints.restricted.queries import outcomes_asked, outcomes_from
from feedback.results.published.counters import officer_lines, officer_parts
from feedback.results.published.spans import lock_rows, quarters_from, shown_from, told_rows
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


@dataclass(frozen=True)
class Span:
    """The days a question is about."""

    start: date
    end: date

    @property
    def quarters(self):
        return quarters_in(self.start, self.end)


def service_evidence(unit, start, end):
    """What citizens said of the services of `unit` and of all below it, in the whole quarters from `start` to `end`."""
    span = Span(start, end)
    return services_from(asked_at_once(unit, service_parts(unit, span)), span)


def about_person(employee, start, end):
    """What was said of `employee` himself, as far as it may be told: counters, colleagues, outcomes."""
    span = Span(start, end)
    return person_from(asked_at_once(None, person_parts(employee, span)), employee, span)


def both(unit, start, end, employee, own_start, own_end):
    """(service_evidence, about_person) for a page that counts its queries."""
    span, own = Span(start, end), Span(own_start, own_end)
    found = asked_at_once(unit, service_parts(unit, span) | person_parts(employee, own))
    return services_from(found, span), person_from(found, employee, own)


def asked_at_once(unit, parts):
    """{name: what came} of all the parts, in one statement; it hangs on the row of a unit, of which nothing is read."""
    rows = Unit.objects.filter(pk=unit.pk) if unit else Unit.objects.filter(parent=None)
    names = {f"told_{name}": part for name, part in parts.items()}
    [found] = rows.annotate(**names).order_by("pk").values(*names)[:1]
    return {name.removeprefix("told_"): value for name, value in found.items()}


def one_value(sql, parameters):
    return RawSQL(sql, parameters, output_field=JSONField())  # noqa: S611


def service_parts(unit, span):
    quarters = span.quarters
    comments = ReleasedComment.objects.filter(
        batch__service__unit__path__startswith=unit.path,
        batch__first_day__gte=span.start,
        batch__last_day__lte=span.end,
    ).order_by("batch__service", "pk")
    agency = Unit.objects.agencies().filter(pk__in=unit.path_keys).order_by("-path").values("pk")[:1]
    return {
        "services": ArraySubquery(told_rows(unit, quarters)),
        "locks": ArraySubquery(lock_rows(quarters)),
        "comments": ArraySubquery(
            comments.values(row=JSONObject(key="batch__service", name="batch__service__name", text="text"))
        ),
        "agency": Subquery(agency),
        "complaints": ArraySubquery(published_rows(Subquery(agency), quarters)),
    }


def services_from(found, span):
    quarters, locked = span.quarters, quarters_from(found["locks"])
    return ServiceEvidence(
        services=tuple(
            service_line(row, quarter, locked) for quarter in quarters for row in found["services"]
        ),
        comments=tuple(comment_lines(found["comments"])),
        complaints=tuple(
            line
            for quarter in quarters
            if (line := complaint_line(found["agency"], quarter, found["complaints"]))
        ),
    )


def person_parts(employee, span):
    quarters = span.quarters
    return {
        "colleagues": ArraySubquery(released_rows(employee, span.start, span.end)),
        "values": ArraySubquery(name_rows()),
        "outcomes": one_value(*outcomes_asked(employee, span.start, span.end)),
        **(officer_parts(employee, quarters) if quarters else {}),
    }


def person_from(found, employee, span):
    counters = officer_lines(employee, span.quarters, found) if span.quarters else ()
    return PersonEvidence(
        counters=tuple(
            CounterLine(
                key=line.duty.pk,
                service=service,
                counter=line.counter.name,
                quarter=quarter,
                low=line.low,
                high=line.high,
            )
            for quarter, service, line in counters
        ),
        colleagues=tuple(released_from(found["colleagues"], names_from(found["values"]))),
        outcomes=tuple(
            Outcome(row.text, row.decided_on, row.reply) for row in outcomes_from(found["outcomes"])
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


def service_line(row, quarter, locked):
    """As on the public pages: final where the quarter is locked, else the estimate in steps."""
    shown = shown_from(row, quarter, locked)
    low, high = shown.interval or (None, None)
    return ServiceLine(
        key=row["key"],
        slug=row["slug"],
        name=row["name"],
        unit=row["unit"],
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


def comment_lines(rows):
    """One line for each service of which enough comments were released in batches of these days."""
    by_service = defaultdict(list)
    for row in rows:
        by_service[row["key"], row["name"]].append(row["text"])
    for (key, name), texts in by_service.items():
        if len(texts) >= FEWEST:
            yield CommentLine(key, name, len(texts), tuple(themes_of(texts)), tuple(praise_in(texts)))


def complaint_line(agency, quarter, published):
    """What is published of the complaints to the unit's agency, by its name of then; None where nothing is told."""
    row = published_of(agency, quarter, published)
    if row is None or row.received is None:
        return None
    return ComplaintLine(
        quarter=str(quarter),
        code=quarter.code,
        agency=row.label,
        received=row.received,
        answered=row.answered,
        in_time_share=row.in_time_share if row.answered else None,
        satisfaction=row.satisfaction,
    )
