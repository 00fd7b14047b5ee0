"""What a service's manager, and an officer of himself, may see of a counter: an interval, drawn to the unit's mean.

Only of locked quarters, from ten answers on three service days; and only where the rest of the service would not be
told by it (disclosure.publish). Never a grade, never an order of persons.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db import connection

from feedback.services.models import CounterDuty

from ..disclosure import PRIOR_WEIGHT, Disclosure, Mass, mass_of, may_show, publish, shrunk_mean
from ..figures import apart
from ..index import ELEMENTS, HIGHEST, Spread, interval
from ..models import LockedResult
from ..rollup import IN_THE_INDEX

# As the lock froze them: what was withdrawn later is still in, what came too late is not.
ANSWERS = f"""
    SELECT response.counter_id, response.service_day, own.elements, count(*), sum(own.total)::bigint,
           sum(own.total * own.total)::bigint
    FROM feedback_surveyresponse response
    LEFT JOIN feedback_changeafterlock after ON after.response_id = response.id
    JOIN LATERAL (
        SELECT count(*) AS elements, sum(value) AS total FROM feedback_surveyanswer answer
        WHERE answer.response_id = response.id AND {IN_THE_INDEX}
    ) own ON own.elements > 0
    WHERE response.service_id = %s AND (response.with_code OR response.mode <> 'web')
      AND response.answered_on BETWEEN %s AND %s
      AND (response.state = 'counted' OR after.withdrawn) AND COALESCE(after.day, response.answered_on) <= %s
    GROUP BY response.counter_id, response.service_day, own.elements
"""  # noqa: S608


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
    duties = list(
        CounterDuty.objects.filter(
            counter__service=service, term__overlap=(quarter.start, quarter.following().start)
        ).select_related("counter", "employee")
    )
    cells = cells_of(service, quarter, duties)
    told = told_of_counters(cells, figure, figure_of(quarter, service=service))
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


def cells_of(service, quarter, duties):
    """{key of the duty, or None for nobody's counter: (service days, [Spread])}."""
    cells = {}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [service.pk, quarter.start, quarter.end, quarter.end])
        for counter, day, *numbers in cursor.fetchall():
            duty = next((each for each in duties if each.counter_id == counter and day in each.term), None)
            days, spread = cells.setdefault(duty.pk if duty else None, (set(), []))
            days.add(day)
            spread.append(Spread(*numbers))
    return cells


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
