"""What a service's manager, and an officer of himself, may see of a counter: an interval, drawn to the unit's mean.

Only of locked quarters, from ten answers on three service days; and only where the rest of the service would not be
told by it (disclosure.publish). Never a grade, never an order of persons.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import JSONField, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject, Lower, Upper

from feedback.services.models import Counter, CounterDuty, Service
from feedback.services.periods import of_quarters

from ..disclosure import PRIOR_WEIGHT, Disclosure, Mass, mass_of, may_show, publish, shrunk_mean
from ..figures import apart
from ..index import ELEMENTS, HIGHEST, Spread, interval
from ..models import LockedResult
from ..rollup import IN_THE_INDEX

# As the lock froze them: what was withdrawn later is still in, what came too late is not.
ANSWERS = f"""
    SELECT response.service_id, lock.year, lock.quarter, response.counter_id, response.service_day, own.elements,
           count(*) AS respondents, sum(own.total)::bigint AS total,
           sum(own.total * own.total)::bigint AS squares
    FROM unnest(%s::date[], %s::date[]) span(first, last)
    JOIN feedback_quarterlock lock ON lock.year = extract(year FROM span.first)
        AND lock.quarter = extract(quarter FROM span.first)
    JOIN feedback_surveyresponse response ON response.answered_on BETWEEN span.first AND span.last
    LEFT JOIN feedback_changeafterlock after ON after.response_id = response.id
    JOIN LATERAL (
        SELECT count(*) AS elements, sum(value) AS total FROM feedback_surveyanswer answer
        WHERE answer.response_id = response.id AND {IN_THE_INDEX}
    ) own ON own.elements > 0
    WHERE response.service_id = ANY (ARRAY({{services}})) AND (response.with_code OR response.mode <> 'web')
      AND (response.state = 'counted' OR after.withdrawn) AND COALESCE(after.day, response.answered_on) <= span.last
    GROUP BY response.service_id, lock.year, lock.quarter, response.counter_id, response.service_day, own.elements
"""  # noqa: S608
OF_ONE = "SELECT %s::bigint"
OF_OFFICER = """
    SELECT counter.service_id FROM feedback_counterduty duty
    JOIN feedback_counter counter ON counter.id = duty.counter_id
    WHERE duty.employee_id = %s AND duty.term && daterange(%s, %s)
"""


@dataclass(frozen=True)
class CounterLine:
    """`low` and `high` are None where nothing may be told."""

    counter: object
    duty: object
    low: int | None = None
    high: int | None = None


def counter_lines(service, quarter):
    """[CounterLine] for each term of duty at the service's counters in a locked quarter; [] before the lock."""
    figure = figure_of(quarter, unit=service.unit_id)
    if figure is None:
        return []
    duties = duties_within([quarter]).filter(counter__service=service).select_related("counter", "employee")
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS.format(services=OF_ONE), [*spans_of([quarter]), service.pk])
        answers = [row[3:] for row in cursor.fetchall()]
    return lines_from(list(duties), answers, figure, figure_of(quarter, service=service))


def spans_of(quarters):
    return [quarter.start for quarter in quarters], [quarter.end for quarter in quarters]


def duties_within(quarters):
    """The terms of duty that touch the days from the first of `quarters` to the last."""
    return CounterDuty.objects.filter(term__overlap=(quarters[0].start, quarters[-1].following().start))


def lines_from(duties, answers, unit_figure, figure):
    """[CounterLine] of the terms of duty of one service in one quarter.

    `answers` are (counter, service day, number of elements, respondents, sum, sum of squares).
    """
    told = told_of_counters(cells_of(duties, answers), unit_figure, figure)
    return [
        CounterLine(duty.counter, duty, *told.get(duty.pk, (None, None)))
        for duty in sorted(duties, key=lambda each: (each.counter.name, each.term.lower))
    ]


def told_of_counters(cells, unit_figure, figure):
    """{key: (low, high)} of the cells that may be told: {key: (service days, [Spread])}. Pure."""
    if not unit_figure["index"] or not is_told_alone(figure):
        return {}
    masses = {key: cell_mass(spread) for key, (_, spread) in cells.items()}
    told = publish("service", {"service": [*masses]}, masses)
    if "service" not in told or not told["service"].is_whole:
        return {}
    return {
        key: bounds(spread, Decimal(unit_figure["index"]))
        for key, (days, spread) in cells.items()
        if key in told and may_show(masses[key].people, person=True, days=len(days)) == Disclosure.ESTIMATE
    }


def figure_of(quarter, **of):
    """What is published of the service, or of the unit to which its counters are drawn; None before the lock."""
    result = LockedResult.objects.filter(lock__year=quarter.year, lock__quarter=quarter.number, **of).first()
    return result.figure if result else None


def is_told_alone(figure):
    """Whether the exact index of the service is published, and no look at it came before.

    Were it hidden so that a small service beside it cannot be worked out, its counters would tell it after all.
    """
    if figure is None or figure["level"] != Disclosure.GRADE:
        return False
    return not (figure.get("at_least") or figure.get("looked"))


def cell_mass(spread):
    """The Mass of a counter: its points, and how far its respondents lie apart."""
    people = sum(each.respondents for each in spread)
    total = sum(each.total for each in spread)
    points = mass_of(people, (total,), lowest=len(ELEMENTS), highest=4 * len(ELEMENTS))
    return Mass(people, (*points.above, apart(spread)), points.below)


def cells_of(duties, answers):
    """{key of the duty, or None for nobody's counter: (service days, [Spread])}."""
    cells = {}
    for counter, day, *numbers in answers:
        duty = next((each for each in duties if each.counter_id == counter and day in each.term), None)
        days, spread = cells.setdefault(duty.pk if duty else None, (set(), []))
        days.add(day)
        spread.append(Spread(*numbers))
    return cells


# --- the counters of one officer, within another question -------------------------------------------


def officer_parts(employee, quarters):
    """{name: expression} of what `officer_lines` reads; nothing of a quarter that is not locked."""
    mine = duties_within(quarters).filter(employee=employee).order_by()
    services = Service.objects.filter(pk__in=mine.values("counter__service"))
    published = Q(service__in=services.values("pk")) | Q(unit__in=services.values("unit"))
    figures = LockedResult.objects.filter(of_quarters(quarters, "lock__"), published)
    duties = duties_within(quarters).filter(counter__service__in=services.values("pk")).order_by("pk")
    answers = ANSWERS.format(services=OF_OFFICER)
    first, last = quarters[0].start, quarters[-1].following().start
    return {
        "counter_services": ArraySubquery(
            services.order_by("name", "pk").values(row=JSONObject(key="pk", name="name", unit="unit"))
        ),
        "counter_figures": ArraySubquery(
            figures.values(
                row=JSONObject(
                    service="service",
                    unit="unit",
                    year="lock__year",
                    quarter="lock__quarter",
                    figure="figure",
                )
            )
        ),
        "counter_duties": ArraySubquery(
            duties.values(
                row=JSONObject(
                    key="pk",
                    service="counter__service",
                    counter="counter",
                    name="counter__name",
                    employee="employee",
                    first=Lower("term"),
                    last=Upper("term"),
                )
            )
        ),
        "counter_answers": RawSQL(  # noqa: S611
            f"(SELECT json_agg(to_json(answers))::text FROM ({answers}) answers)",  # noqa: S608
            [*spans_of(quarters), employee.pk, first, last],
            output_field=JSONField(),
        ),
    }


def officer_lines(employee, quarters, found):
    """[(quarter, name of the service, CounterLine)] of the officer's own terms of duty, from `officer_parts`."""
    duties = [duty_from(row) for row in found["counter_duties"]]
    figures = {
        (row["service"], row["unit"], row["year"], row["quarter"]): row["figure"]
        for row in found["counter_figures"]
    }
    answers = defaultdict(list)
    for row in found["counter_answers"] or ():
        service, year, number, counter, day, *numbers = row.values()
        answers[service, year, number].append((counter, date.fromisoformat(day), *numbers))
    for quarter in quarters:
        for service in found["counter_services"]:
            span = (quarter.year, quarter.number)
            unit_figure = figures.get((None, service["unit"], *span))
            if unit_figure is None:
                continue
            here = [
                duty
                for duty in duties
                if duty.counter.service_id == service["key"] and is_within(duty.term, quarter)
            ]
            figure = figures.get((service["key"], None, *span))
            for line in lines_from(here, answers[service["key"], *span], unit_figure, figure):
                if line.duty.employee_id == employee.pk and line.low is not None:
                    yield quarter, service["name"], line


def duty_from(row):
    first, last = (row[name] and date.fromisoformat(row[name]) for name in ("first", "last"))
    counter = Counter(pk=row["counter"], service_id=row["service"], name=row["name"])
    return CounterDuty(
        pk=row["key"], counter=counter, employee_id=row["employee"], term=DateRange(first, last)
    )


def is_within(term, quarter):
    return term.lower <= quarter.end and (term.upper is None or term.upper > quarter.start)


def bounds(spread, unit_index):
    """(lowest, highest) in whole numbers: the interval of the answers, drawn to the unit as by twenty more voices."""
    people = sum(each.respondents for each in spread)
    low, high = interval(spread)
    middle = shrunk_mean((low + high) / 2 * people, people, unit_index)
    half = (high - low) / 2 * people / (people + PRIOR_WEIGHT)
    return (
        int(max(middle - half, Decimal(25)).quantize(Decimal(1), ROUND_FLOOR)),
        int(min(middle + half, HIGHEST).quantize(Decimal(1), ROUND_CEILING)),
    )
