"""Everything that pages, files, reports and earlier looks say of an organisation, as equations over groups of people.

How many answered where, which way and when he is told as well: the counts of codes, of what was set aside, of the
ways of answering and of late answers, and every moment that stands on a page, say no more than that.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from feedback.results.disclosure import PRIOR_WEIGHT, Disclosure
from feedback.results.index import NORMAL_95, satisfaction_index
from feedback.results.published.counters import told_of_counters
from feedback.results.report import TOGETHER

from .attacker import Fact, fact
from .organisations import ASKED, KEYS, SEXES

COST, IN_PLACE_OF_COST = "biaya", "keadilan"
DAYS = {1, 2, 3}  # the counters are asked about on days enough, so that nothing hides them but what must


@dataclass
class Gathered:
    """Facts on the sum of all nine answers, on the squares of these sums, on each element, and on the profile.

    `local` and `local_squares` are on the local elements. Those that replace an official one are also part of what is
    told of that one.
    """

    totals: list = field(default_factory=list)
    squares: list = field(default_factory=list)
    elements: dict = field(default_factory=lambda: {key: [] for key in KEYS})
    sexes: dict = field(default_factory=lambda: {code: [] for code, _ in SEXES})
    local: dict = field(default_factory=lambda: {key: [] for key in ASKED})
    local_squares: dict = field(default_factory=lambda: {key: [] for key in ASKED})


def published_facts(city):
    """All that pages, files, reports and earlier looks say."""
    gathered, layers, shown = Gathered(), city.layers(), city.shown()
    for node, figure in shown.items():
        if figure.get("at_least"):
            groups = city.groups(layers.below[node], "controlled")
            gathered.totals.append(fact(groups, figure["index"], city.counted(groups), 9, top="100"))
        elif figure["level"] == Disclosure.GRADE:
            read_index(gathered, city, node, figure, layers)
        elif figure["level"] == Disclosure.ESTIMATE:
            groups = city.groups(layers.all[node].leaves) if node in layers.all else frozenset()
            if node in layers.controlled:
                groups = city.groups(layers.controlled[node].leaves, "controlled")
            gathered.totals.append(fact(groups, figure["index"], city.counted(groups), 9, places=0))
    for service in city.services:
        for early in city.looks(service):
            index = satisfaction_index(city.voices(early).counts).index
            whole = str(index.quantize(Decimal(1), "ROUND_HALF_UP"))
            gathered.totals.append(fact(early, whole, city.counted(early), 9, places=0))
    for unit in city.children:
        for service in city.own_services(unit):
            gathered.totals += counter_facts(city, service, shown[unit], shown[service])
        own = city.own_services(unit)
        read_profile(gathered, city, city.groups(own), city.profile(own))
    return gathered


def read_index(gathered, city, node, figure, layers):
    """An exact index with its interval, the elements and what came over the open link."""
    groups = city.groups(layers.controlled[node].leaves, "controlled")
    people = figure["respondents"]
    assert city.counted(groups) == people
    gathered.totals.append(fact(groups, figure["index"], people, 9))
    if "low" in figure:
        gathered.squares.append(squares_fact(groups, figure, people))
    if figure["elements"]:
        # Where the elements count other people than the index, he has a second equation (`elements_count` tells him).
        asked = city.groups(layers.elements[node].leaves, "controlled")
        sums = []
        for line in figure["elements"]:
            own = fact(asked, line["index"], line["count"], 1)
            gathered.elements[line["key"]].append(own)
            sums.append(own)
        gathered.totals.append(Fact(asked, sum(each.low for each in sums), sum(each.high for each in sums)))
        read_place_of_cost(gathered, city, asked, figure)
    for line in figure.get("local", ()):
        told = [group for group in layers.local[line["key"]] if group <= layers.elements[node].leaves]
        services = frozenset().union(*told)
        read_local(gathered, city, line, city.asked_of(line["key"], city.groups(services, "controlled")))
    if figure["open"]:
        opened = city.groups(layers.open[node].leaves, "open")
        gathered.totals.append(fact(opened, figure["open"]["index"], city.counted(opened), 9, places=0))


def read_place_of_cost(gathered, city, groups, figure):
    """What is told of cost, less the price that everybody knows: the answers to what is asked in its place."""
    (line,) = (line for line in figure["elements"] if line["key"] == COST)
    asked = city.asked_of(IN_PLACE_OF_COST, groups)
    place = KEYS.index(COST)
    known = sum(row[place] for group in groups - asked for row in city.answers[group])
    told = fact(groups, line["index"], line["count"], 1)
    gathered.local[IN_PLACE_OF_COST].append(Fact(asked, told.low - known, told.high - known))


def read_local(gathered, city, line, groups):
    key, people = line["key"], line["count"]
    assert city.counted(groups) == people
    told = fact(groups, line["index"], people, 1)
    gathered.local[key].append(told)
    gathered.local_squares[key].append(squares_fact(groups, line, people, questions=1))
    if (place := ASKED[key].replaces) and place != COST:
        gathered.elements[place].append(told)


def squares_fact(groups, figure, people, *, questions=9):
    """What an interval with two places says of the sum of the squares of the respondents' totals."""
    index, low, high = (Fraction(Decimal(figure[name])) for name in ("index", "low", "high"))
    total = round(index * questions * people / 25)
    width = max(index - low, high - index)
    half, normal = Fraction(1, 200), Fraction(NORMAL_95)

    def apart(width):
        """In squared points: the variance of the indices, times n - 1, an index being 25/9 of a total of nine."""
        return (width / normal) ** 2 * people * (people - 1) * Fraction(questions**2, 625)

    middle = Fraction(total**2, people)
    return Fact(groups, ceil(middle + apart(max(width - half, 0))), floor(middle + apart(width + half)))


def counter_facts(city, service, unit_figure, figure):
    """The intervals of officers, read back: the unit's index, to which they are drawn, is known."""
    cells = city.counters(service) if service in city.staffed else {}
    spreads = {counter: (DAYS, city.spread(groups)) for counter, groups in cells.items()}
    for counter, (low, high) in told_of_counters(spreads, unit_figure, figure).items():
        groups = frozenset(cells[counter])
        people, unit = city.counted(groups), Fraction(Decimal(unit_figure["index"]))
        low, high = (
            (
                (Fraction(low + high, 2) + side * Fraction("0.505")) * (people + PRIOR_WEIGHT)
                - PRIOR_WEIGHT * unit
            )
            * Fraction(9, 25)
            for side in (-1, 1)
        )
        total = city.spread(groups)[0].total
        # An interval that was cut at 25 or 100 is not in the middle any more; then he learns one side only.
        yield Fact(groups, min(ceil(low), total), max(floor(high), total))


def read_profile(gathered, city, groups, rows):
    """Rounded to five; of a unit with others below it the rows are sums of theirs and say nothing more.

    Where no small groups are put together there are none: then the rows are everybody.
    """
    told, people = dict(rows), city.counted(groups)
    for code, label in SEXES:
        if label in told:
            low, high = max(told[label] - 2, 10), told[label] + 2
            if TOGETHER not in told:
                low = max(low, people - sum(count + 2 for other, count in rows if other != label))
            gathered.sexes[code].append(Fact(groups, low, min(high, people)))


def unguarded_facts(city):
    """The same with suppression switched off: every service and unit, exact, as soon as one answered."""
    gathered, below = Gathered(), city.layers().below
    for node in (*city.children, *city.services):
        groups = city.groups(below[node])
        if number := city.counted(groups):
            result = satisfaction_index(city.voices(groups).counts)
            gathered.totals.append(fact(groups, result.index, number, 9))
            for key, line in result.by_element.items():
                gathered.elements[key].append(fact(groups, line.index, number, 1))
    return gathered
