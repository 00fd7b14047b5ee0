"""The two questions that an appraisal may ask. This room knows neither plans nor ratings, and never asks for them.

Figures are told by whole quarters, as on the public pages; nothing is told that too few people said.
"""

from collections import defaultdict
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from django.db.models import Count, F, Sum
from django.utils import timezone

from agencies.structure.queries import agency_of
from feedback.citizens.elements import Element
from feedback.citizens.models import ReleasedComment, SurveyAnswer, SurveyResponse
from feedback.colleagues.queries import released_about
from feedback.complaints.figures import by_agency, table_of
from feedback.complaints.figures import read_quarter as complaint_quarter
from feedback.complaints.restricted.queries import substantiated_about
from feedback.followup.effects import widest_interval
from feedback.results.disclosure import PRIOR_WEIGHT, Disclosure, may_show, rounded_count
from feedback.results.index import satisfaction_index
from feedback.results.periods import quarter_of
from feedback.results.presenting import present
from feedback.results.queries import answer_counts_by_service

from .themes import FEWEST, praise_in, themes_of
from .words import CommentLine, ComplaintLine, CounterLine, Outcome, PersonEvidence, ServiceEvidence, ServiceLine

OF_A_PERSON = (Element.COMPETENCE, Element.BEHAVIOUR)  # the others are properties of the service, not of one officer
QUARTER_OF = Decimal(25)


def service_evidence(unit, start, end):
    """What citizens said of the services of `unit` and of all below it, in the quarters that lie in `start` to `end`."""
    quarters = quarters_in(start, end)
    return ServiceEvidence(
        services=tuple(line for quarter in quarters for line in service_lines(unit, quarter)),
        comments=tuple(comment_lines(unit, start, end)),
        complaints=tuple(line for quarter in quarters if (line := complaint_line(unit, quarter))),
    )


def about_person(employee, start, end):
    """What was said of `employee` himself, as far as it may be told: counters, colleagues, substantiated outcomes."""
    return PersonEvidence(
        counter=counter_line(employee, start, end),
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
    for service, counts in answer_counts_by_service(unit=unit, start=quarter.start, end=quarter.end):
        shown = present(satisfaction_index(counts))
        facts = {
            "key": service.pk,
            "slug": service.slug,
            "name": service.name,
            "unit": service.unit.name,
            "quarter": quarter,
            "respondents": shown.respondents,
            "headline": shown.headline,
            "explanation": shown.explanation,
        }
        if shown.level >= Disclosure.ESTIMATE and shown.index is not None:
            low, high = widest_interval(shown.index, shown.respondents)
            facts |= {"index": shown.index, "low": low, "high": high, "grade": shown.grade}
        if shown.level == Disclosure.GRADE:
            facts["lowest"] = tuple((line.label, line.index) for line in shown.lowest)
        yield ServiceLine(**facts)


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
    """What is published of the complaints to the unit's agency; None while the quarter runs or nothing is told."""
    agency = agency_of(unit)
    if agency is None or quarter.end >= timezone.localdate():
        return None
    rows, _ = table_of(complaint_quarter(quarter.code), by_agency())
    row = next((row for row in rows if row.label == agency.name), None)
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


def counter_line(employee, start, end):
    """The interval at the employee's counters on the days of his duty, or None below ten answers from three days.

    Only answers that were given with a code or in the presence of the service say which counter it was.
    """
    served = SurveyResponse.objects.filter(
        state=SurveyResponse.State.COUNTED,
        counter__duties__employee=employee,
        counter__duties__term__contains=F("service_day"),
        service_day__range=(start, end),
    )
    counted = served.aggregate(people=Count("pk", distinct=True), days=Count("service_day", distinct=True))
    if not may_show(counted["people"], person=True, days=counted["days"]):
        return None
    said = SurveyAnswer.objects.filter(element__in=OF_A_PERSON)
    own = said.filter(response__in=served.values("pk")).aggregate(total=Sum("value"), n=Count("pk"))
    beside = said.filter(
        response__state=SurveyResponse.State.COUNTED,
        response__service_day__range=(start, end),
        response__service__in=served.order_by().values("service"),
    ).aggregate(total=Sum("value"), n=Count("pk"))
    if not own["n"]:
        return None
    mean = Fraction(beside["total"], beside["n"])
    weight = PRIOR_WEIGHT * own["n"] // counted["people"]  # as if twenty average citizens had answered too
    pulled = (own["total"] + weight * mean) / (own["n"] + weight)
    index = on_hundred(pulled)
    low, high = widest_interval(index, counted["people"] + PRIOR_WEIGHT)
    return CounterLine(
        respondents=rounded_count(counted["people"]),
        days=counted["days"],
        low=int(low.to_integral_value(ROUND_FLOOR)),
        high=int(high.to_integral_value(ROUND_CEILING)),
        services=on_hundred(mean),
    )


def on_hundred(mean):
    return (Decimal(mean.numerator) / Decimal(mean.denominator) * QUARTER_OF).quantize(Decimal("0.01"))
