"""What is published of complaints, per finished quarter. What is too small to be shown is hidden so that nothing around
it gives it away: rows are hidden in twos at least, and each figure is counted by an event of that quarter, so that it
never changes afterwards and no two publications can be subtracted. The suppression is pure.
"""

from dataclasses import dataclass
from itertools import chain
from statistics import median

from agencies.structure.models import Unit
from agencies.structure.queries import agencies_of

from .models import Complaint

FEWEST = 5  # the rule of the house for small counts
# Ratings, and the points by which their sum must differ from all best or all worst.
LOWEST, HIGHEST, SLACK = 1, 4, 3


def hidden(counts):
    """(labels to hide, is the total hidden too) for {label: count}, so that no count of 1 to 4 can be worked out.

    A hidden row alone would be the total less the others; so the next smallest goes with it, until together they hold
    FEWEST as well. Where no other row is left, the total goes.
    """
    away = {label for label, count in counts.items() if 0 < count < FEWEST}
    if not away:
        return set(), 0 < sum(counts.values()) < FEWEST
    rest = sorted((count, label) for label, count in counts.items() if count >= FEWEST)
    while rest and (len(away) < 2 or sum(counts[label] for label in away) < FEWEST):
        away.add(rest.pop(0)[1])
    return away, len(away) < 2 or sum(counts[label] for label in away) < FEWEST


def says_each(number, total):
    """Whether their mean would say, or nearly say, what each of them is: too few, or (nearly) all best or worst."""
    points = total - LOWEST * number
    most = (HIGHEST - LOWEST) * number
    return 0 < number < FEWEST or (number > 0 and not SLACK <= points <= most - SLACK)


def silent(ratings):
    """(labels whose mean is hidden, is the total's hidden too) for {label: (number of ratings, their sum)}.

    Whoever takes the told means from the total has the mean of all hidden rows together: that must say nothing either.
    """
    away = {label for label, own in ratings.items() if says_each(*own)}
    rest = sorted((number, label) for label, (number, _) in ratings.items() if number and label not in away)

    def together(labels):
        return [sum(ratings[label][part] for label in labels) for part in (0, 1)]

    while away and rest and says_each(*together(away)):
        away.add(rest.pop(0)[1])
    # Where nothing is left to hide with them, the hidden rows are everybody.
    return away, says_each(*together(ratings))


@dataclass
class Row:
    """One line; None is “too few to show”. Shares and days follow `answered`, satisfaction follows `rated`."""

    label: str
    received: int | None = 0
    answered: int | None = 0
    in_time: int | None = 0
    days: object = None
    rated: int | None = 0
    satisfaction: object = None

    @property
    def in_time_share(self):
        return None if not self.answered else round(100 * self.in_time / self.answered)


def table_of(quarter, label_for):
    """[Row] of one break-down, and the Row of all together; every figure after suppression."""
    span = (quarter.start, quarter.end)
    columns = ("pk", "kind", "unit_id", "answered_in_time", "handling_days", "satisfaction")
    received = group(Complaint.objects.filter(received_on__range=span).values(*columns), label_for)
    answered = group(Complaint.objects.filter(answered_on__range=span).values(*columns), label_for)
    rated = group(Complaint.objects.filter(rated_on__range=span).values(*columns), label_for)
    labels = sorted({*received, *answered, *rated})
    rows = [
        row_of(label, received.get(label, []), answered.get(label, []), rated.get(label, []))
        for label in labels
    ]
    total = row_of("Semua", *(list(chain(*part.values())) for part in (received, answered, rated)))
    return suppressed(rows, total, {label: ratings_of(own) for label, own in rated.items()})


def suppressed(rows, total, ratings):
    """The rows and their total with what is too small, or would give it away, taken out; `ratings` as for `silent`."""
    for column, also in (("received", ()), ("answered", ("in_time", "days")), ("rated", ("satisfaction",))):
        away, total_too = hidden({row.label: getattr(row, column) for row in rows})
        for row in [row for row in rows if row.label in away] + ([total] if total_too else []):
            for name in (column, *also):
                setattr(row, name, None)
    away, total_too = silent(ratings)
    for row in [row for row in rows if row.label in away] + ([total] if total_too else []):
        row.satisfaction = None
    return rows, total


def ratings_of(rated):
    return len(rated), sum(each["satisfaction"] for each in rated)


def group(rows, label_for):
    found = {}
    for row in rows:
        found.setdefault(label_for(row), []).append(row)
    return found


def row_of(label, received, answered, rated):
    number, points = ratings_of(rated)
    days = [each["handling_days"] for each in answered if each["handling_days"] is not None]
    return Row(
        label=label,
        received=len(received),
        answered=len(answered),
        in_time=sum(bool(each["answered_in_time"]) for each in answered),
        days=median(days) if days else None,
        rated=number,
        satisfaction=round(points / number, 2) if number else None,
    )


def by_kind(row):
    return Complaint.Kind(row["kind"]).label


def by_agency():
    """A labeller by agency, with two queries for all of them."""
    units = Unit.objects.filter(pk__in=Complaint.objects.order_by().values("unit").distinct())
    names = {key: agency.name if agency else CITY for key, agency in agencies_of(units).items()}
    return lambda row: names.get(row["unit_id"], CITY)


# --- the counts by agency, within another question ---------------------------------------------------

CITY = "Pemerintah Kota"
COUNTS = """
    SELECT counted.first, coalesce(agency.name, %s), counted.event, sum(counted.letters), sum(counted.in_time),
           sum(counted.satisfaction)
    FROM (
        SELECT span.first, letter.unit_id, letter.event, count(*) AS letters,
               count(*) FILTER (WHERE letter.answered_in_time) AS in_time, sum(letter.satisfaction) AS satisfaction
        FROM unnest(%s::date[], %s::date[]) span(first, last)
        CROSS JOIN LATERAL (
            SELECT 'received' AS event, unit_id, answered_in_time, satisfaction FROM feedback_complaint
            WHERE received_on BETWEEN span.first AND span.last
            UNION ALL
            SELECT 'answered', unit_id, answered_in_time, satisfaction FROM feedback_complaint
            WHERE answered_on BETWEEN span.first AND span.last
            UNION ALL
            SELECT 'rated', unit_id, answered_in_time, satisfaction FROM feedback_complaint
            WHERE rated_on BETWEEN span.first AND span.last
        ) letter
        GROUP BY span.first, letter.unit_id, letter.event
    ) counted
    JOIN agencies_unit unit ON unit.id = counted.unit_id
    LEFT JOIN LATERAL (
        SELECT above.name FROM agencies_unit above
        WHERE above.kind = 'agency' AND above.id::text = ANY (string_to_array(unit.path, '/'))
        ORDER BY above.path DESC LIMIT 1
    ) agency ON true
    GROUP BY 1, 2, 3
"""


def counts_asked(quarters):
    """(SQL, parameters) of one value that holds the counts of these quarters by agency; no letter is in it."""
    spans = [quarter.start for quarter in quarters], [quarter.end for quarter in quarters]
    named = f"({COUNTS}) counts(first, label, event, n, in_time, satisfaction)"
    return f"(SELECT json_agg(to_json(counts))::text FROM {named})", [CITY, *spans]  # noqa: S608


def rows_counted(quarter, found):
    """[Row] by agency of a quarter out of `counts_asked`, after suppression; the days of handling are not in it."""
    rows, ratings = {}, {}
    for each in found or ():
        if each["first"] != quarter.start.isoformat():
            continue
        row = rows.setdefault(each["label"], Row(each["label"]))
        setattr(row, each["event"], each["n"])
        if each["event"] == "answered":
            row.in_time = each["in_time"]
        if each["event"] == "rated":
            ratings[row.label] = (each["n"], each["satisfaction"])
            row.satisfaction = round(each["satisfaction"] / each["n"], 2)
    rows = [rows[label] for label in sorted(rows)]
    columns = ("received", "answered", "in_time", "rated")
    total = Row("Semua", **{name: sum(getattr(row, name) for row in rows) for name in columns})
    return suppressed(rows, total, ratings)[0]
