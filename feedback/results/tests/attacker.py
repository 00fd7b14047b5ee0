"""An attacker who knows all that is published, how it is made, and even how many answered where; he wants one answer.

Unknown to him are the sums of groups of answers: those of one service that came the same way, in the same part of the
quarter, at the same counter. Every published figure is an equation (or, rounded, two inequalities) over these sums; an
interval tells of their squares, a profile of how many are in a category. He eliminates, takes differences, and wins
when he knows the sum of fewer than five people, or that all people of a group said the same.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, gcd

FEW = 5
NEAR = 3  # a sum known to three points is known


@dataclass(frozen=True)
class Fact:
    """The sum over `groups` lies between `low` and `high`, whole numbers."""

    groups: frozenset
    low: int
    high: int


def fact(groups, index, people, questions, *, places=2, top=None):
    """What an index, rounded half up to `places`, says of the sum of the values of so many people."""
    half = Fraction(1, 2 * 10**places)
    points = Fraction(questions * people, 25)
    low, high = (Fraction(Decimal(index)) - half) * points, (Fraction(Decimal(top or index)) + half) * points
    return Fact(
        frozenset(groups), max(ceil(low), people * questions), min(floor(high), 4 * people * questions)
    )


def finds(facts, people, questions):
    """What he finds out of facts on the same question(s), or None: (groups, lowest sum, highest sum)."""
    for groups, low, high in conclusions(facts):
        number = sum(people[group] for group in groups)
        if not number:
            continue
        lowest, highest = questions * number, 4 * questions * number
        low, high = max(low, lowest), min(high, highest)
        if low >= highest or high <= lowest:
            return groups, low, high
        if number < FEW and high - low <= NEAR and highest - lowest > NEAR:
            return groups, low, high
    return None


def finds_members(facts, people):
    """The same of counts: (groups, low, high) where all of a group, or it is known who of a few, are in a category."""
    for groups, low, high in conclusions(facts):
        number = sum(people[group] for group in groups)
        if number and (low >= number or (number < FEW and (high <= 0 or low == high))):
            return groups, low, high
    return None


def finds_agreement(totals, squares, people):
    """Groups of which sum and squares together say that everybody's own sum is the same: (groups, sum), or None."""
    sums = {groups: low for groups, low, high in conclusions(totals) if low == high}
    for groups, _, high in conclusions(squares):
        number = sum(people[group] for group in groups)
        if number and groups in sums and number * high - sums[groups] ** 2 < number - 1:
            return groups, sums[groups]
    return None


def conclusions(facts):
    """Every fact, every difference of two of which one holds the other, and every row of the reduced system."""
    known = {(each.groups, each.low, each.high) for each in facts}
    while True:
        more = set()
        for (a, low_a, high_a), (b, low_b, high_b) in combinations(known, 2):
            if a < b:
                more.add((b - a, low_b - high_a, high_b - low_a))
            elif b < a:
                more.add((a - b, low_a - high_b, high_a - low_b))
        tight = {each for each in more if each[2] - each[1] <= 4 * NEAR} - known
        yield from more - known
        if not tight or len(known) > 120:
            break
        known |= tight
    yield from ((each.groups, each.low, each.high) for each in facts)
    yield from reduced([each for each in facts if each.low == each.high])


def reduced(exact):
    """The rows of the exact facts after Gauss and Jordan, over whole numbers, where all their signs agree."""
    columns = sorted({group for each in exact for group in each.groups}, key=str)
    rows = [[int(group in each.groups) for group in columns] + [each.low] for each in exact]
    done = 0
    for column in range(len(columns)):
        pivot = next((place for place in range(done, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        for place, row in enumerate(rows):
            if place != done and row[column]:
                a, b = rows[done][column], row[column]
                row = [a * x - b * y for x, y in zip(row, rows[done], strict=True)]
                shrink = gcd(*row) or 1
                rows[place] = [x // shrink for x in row]
        done += 1
    for row in rows[:done]:
        signs = {x for x in row[:-1] if x}
        if len(signs) == 1:
            (sign,) = signs
            groups = frozenset(group for group, x in zip(columns, row, strict=False) if x)
            yield groups, row[-1] // sign, row[-1] // sign
