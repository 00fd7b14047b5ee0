"""What is published of complaints, per finished quarter. What is too small to be shown is hidden so that nothing around
it gives it away: rows are hidden in twos at least. The suppression is pure.

A quarter is counted once, by its events, and kept as it was published (actions/publishing.py): letters that are rated
anew, opened again, led on or deleted later move nothing, and no two publications can be subtracted.
"""

from dataclasses import dataclass
from itertools import chain
from statistics import median

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from agencies.structure.models import Unit, UnitVersion
from agencies.structure.queries import agencies_of
from feedback.services.periods import Quarter, of_quarters, quarter_of

from .models import Complaint, PublishedFigures

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


def says_each(values):
    """Whether their mean would say, or nearly say, what each of them is: too few, or (nearly) all best or worst."""
    points = sum(values) - LOWEST * len(values)
    most = (HIGHEST - LOWEST) * len(values)
    return 0 < len(values) < FEWEST or (bool(values) and not SLACK <= points <= most - SLACK)


def silent(ratings):
    """(labels whose mean is hidden, is the total's hidden too) for {label: [ratings]}.

    Whoever takes the told means from the total has the mean of all hidden rows together: that must say nothing either.
    """
    away = {label for label, values in ratings.items() if says_each(values)}
    rest = sorted((len(values), label) for label, values in ratings.items() if values and label not in away)

    def together():
        return [value for label in away for value in ratings[label]]

    while away and rest and says_each(together()):
        away.add(rest.pop(0)[1])
    # Where nothing is left to hide with them, the hidden rows are everybody.
    return away, says_each([value for values in ratings.values() for value in values])


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
    unit: int | None = None  # the key of the agency, which outlives its name

    @property
    def line(self):
        return self.label, self.unit

    @property
    def in_time_share(self):
        return None if not self.answered else round(100 * self.in_time / self.answered)


def published_tables(quarter):
    """{"kinds": [Row], "agencies": [Row], "total": Row} as they were published; None where nothing was yet."""
    kept = PublishedFigures.objects.filter(year=quarter.year, quarter=quarter.number).first()
    if kept is None:
        return None
    return {
        "kinds": [Row(**row) for row in kept.tables["kinds"]],
        "agencies": [Row(**row) for row in kept.tables["agencies"]],
        "total": Row(**kept.tables["total"]),
    }


def published_rows(agency, quarters):
    """What was published by agency in these quarters, as rows of JSON to be asked for within another question.

    With what the agency whose key is the expression `agency` was called when they were published.
    """
    names = UnitVersion.objects.filter(unit=agency, term__contains=OuterRef("published_on")).values("name")
    told = PublishedFigures.objects.filter(of_quarters(quarters)).order_by("year", "quarter")
    return told.values(
        row=JSONObject(
            year="year", quarter="quarter", agencies="tables__agencies", names=ArraySubquery(names)
        )
    )


def published_of(agency, quarter, rows):
    """The Row of an agency by its key out of `published_rows`; None where nothing was published of it.

    The oldest publications kept no key: there it is known by what it was called on the day.
    """
    for told in rows:
        if Quarter(told["year"], told["quarter"]) == quarter:
            found = [Row(**row) for row in told["agencies"]]
            by_name = (row for row in found if row.unit is None and row.label in told["names"])
            return next((row for row in found if agency and row.unit == agency), None) or next(by_name, None)
    return None


def newest_published():
    pair = PublishedFigures.objects.order_by("-year", "-quarter").values_list("year", "quarter").first()
    return pair and Quarter(*pair)


def tables_of(quarter):
    """What there is to be published of a quarter now, after suppression; all of it counts the same letters."""
    letters = letters_of(quarter)
    kinds, total = table_of(letters, quarter, by_kind)
    agencies, _ = table_of(letters, quarter, by_agency(letters))
    for row in kinds:  # by agency alone: two break-downs of the same ratings could be taken from each other
        row.satisfaction = None
    return {"kinds": kinds, "agencies": agencies, "total": total}


EVENTS = ("received_on", "answered_on", "rated_on")


def letters_of(quarter):
    """What is counted of the letters to which something of this happened in the quarter; one statement."""
    span = (quarter.start, quarter.end)
    happened = Q(received_on__range=span) | Q(answered_on__range=span) | Q(rated_on__range=span)
    columns = ("kind", "unit_id", "answered_in_time", "handling_days", "satisfaction", *EVENTS)
    return list(Complaint.objects.order_by().filter(happened).values(*columns))


def table_of(letters, quarter, line_for):
    """[Row] of one break-down, and the Row of all together; every figure after suppression.

    `line_for` says of a letter in which line it stands: (label, key of the agency or None).
    """
    received, answered, rated = (
        group([each for each in letters if each[event] and quarter_of(each[event]) == quarter], line_for)
        for event in EVENTS
    )
    lines = sorted({*received, *answered, *rated}, key=lambda line: (line[0], line[1] or 0))
    rows = [row_of(line, *(part.get(line, []) for part in (received, answered, rated))) for line in lines]
    total = row_of(("Semua", None), *(list(chain(*part.values())) for part in (received, answered, rated)))
    for column, also in (("received", ()), ("answered", ("in_time", "days")), ("rated", ("satisfaction",))):
        away, total_too = hidden({row.line: getattr(row, column) for row in rows})
        for row in [row for row in rows if row.line in away] + ([total] if total_too else []):
            for name in (column, *also):
                setattr(row, name, None)
    hide_ratings(rows, total, {line: ratings_of(own) for line, own in rated.items()})
    return rows, total


def hide_ratings(rows, total, ratings):
    away, total_too = silent(ratings)
    for row in [row for row in rows if row.line in away] + ([total] if total_too else []):
        row.satisfaction = None


def ratings_of(rated):
    return [each["satisfaction"] for each in rated]


def group(rows, line_for):
    found = {}
    for row in rows:
        found.setdefault(line_for(row), []).append(row)
    return found


def row_of(line, received, answered, rated):
    values = ratings_of(rated)
    days = [each["handling_days"] for each in answered if each["handling_days"] is not None]
    return Row(
        label=line[0],
        unit=line[1],
        received=len(received),
        answered=len(answered),
        in_time=sum(bool(each["answered_in_time"]) for each in answered),
        days=median(days) if days else None,
        rated=len(rated),
        satisfaction=round(sum(values) / len(values), 2) if values else None,
    )


def by_kind(row):
    return Complaint.Kind(row["kind"]).label, None


def by_agency(letters):
    """Says of a letter to which agency it went, with two queries for all of them."""
    units = Unit.objects.filter(pk__in={each["unit_id"] for each in letters})
    city = ("Pemerintah Kota", None)
    lines = {key: (agency.name, agency.pk) if agency else city for key, agency in agencies_of(units).items()}
    return lambda row: lines.get(row["unit_id"], city)
