"""May this number be shown? A number without enough voices behind it is not, nor one that gives such a number away.

House rules, not law: no regulation sets a minimum. One respondent with nine fours would otherwise publish a
perfect 100.

How subtraction is kept from revealing anybody (ADR 0024): all answers of a period are divided into blocks of at
least ten people whose sum could have come about in several ways, and every published figure, of a service, a unit,
the city or a year, is the sum of whole blocks. Whatever is added to and taken from published figures is then a sum of
whole blocks again.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from math import floor
from types import MappingProxyType

PRIOR_WEIGHT = 20
LEAST_PEOPLE = (
    10  # of a block, of a cell of a break-down, of an officer's figure, of a step of a running figure
)
LEAST_ELEMENTS = 30  # people behind the figures of single elements
LEAST_DAYS = 3  # service days behind an officer's figure
AGAIN = 15  # people with whom a cell comes back that fell below the threshold in the period before
SLACK = 3  # points by which a block's sum must stay away from "everybody gave the highest (lowest) answer"
ROUND_TO = 5


class Disclosure(IntEnum):
    """How much a page may say, in growing order; each level includes the ones below it."""

    NOTHING = 0
    COUNT = 1
    ESTIMATE = 2  # shrunk mean and interval, no grade
    GRADE = 3


# Smallest number of answers for each level.
MINIMUM = (
    (30, Disclosure.GRADE),
    (10, Disclosure.ESTIMATE),
    (5, Disclosure.COUNT),
    (0, Disclosure.NOTHING),
)


def may_show(count, *, person=False, days=0):
    """The level for `count` respondents. A negative count is refused (ValueError).

    Of one `person` (or counter) never more than an estimate, and only from ten respondents on three service `days`.
    """
    if count < 0:
        raise ValueError("Jumlah responden tidak boleh kurang dari 0.")
    if person:
        enough = count >= LEAST_PEOPLE and days >= LEAST_DAYS
        return Disclosure.ESTIMATE if enough else Disclosure.NOTHING
    return next(level for smallest, level in MINIMUM if count >= smallest)


def shrunk_mean(values_sum, n, unit_mean, k=PRIOR_WEIGHT):
    """(sum + k x mean of the unit) / (n + k), two places, half up.

    As if `k` average voices of the unit had answered too. Shown beside the raw mean, never
    used for the official index. Figures are int, Decimal or text; no floats (TypeError).
    """
    if isinstance(values_sum, float) or isinstance(unit_mean, float):
        raise TypeError("expected exact numbers, got a float")
    if n < 0 or k < 0 or n + k == 0:
        raise ValueError("Jumlah responden tidak boleh kurang dari 0.")
    mean = (Fraction(values_sum) + k * Fraction(unit_mean)) / (n + k)
    return Decimal(f"{floor(mean * 100 + Fraction(1, 2))}E-2")


def rounded_count(count):
    """To the nearest five, for counts that stand beside others; below ten nothing (None): the 10-5 rule."""
    return None if count < LEAST_PEOPLE else (count + ROUND_TO // 2) // ROUND_TO * ROUND_TO


@dataclass(frozen=True)
class Mass:
    """People, and for each sum that is told of them how far it lies above the lowest and below the highest possible.

    `part`: those of them whose own sum is what remains when what everybody knows is taken away; nobody, or a block too.
    """

    people: int = 0
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    part: "Mass | None" = None

    def __add__(self, other):
        if not self.people:
            return other
        if not other.people:
            return self
        return Mass(
            self.people + other.people,
            tuple(a + b for a, b in zip(self.above, other.above, strict=True)),
            tuple(a + b for a, b in zip(self.below, other.below, strict=True)),
            (self.part or Mass()) + (other.part or Mass()),
        )

    @property
    def is_mixed(self):
        return all(points >= SLACK for points in (*self.above, *self.below))

    def is_alike(self, least):
        return self.people >= least and not self.is_mixed

    def is_safe(self, least):
        part_is_safe = not self.part or not self.part.people or self.part.is_safe(least)
        return self.people >= least and self.is_mixed and part_is_safe


def mass_of(people, sums, *, lowest, highest):
    """The Mass of `people` with `sums`, each between people x lowest and people x highest."""
    return Mass(people, tuple(s - people * lowest for s in sums), tuple(people * highest - s for s in sums))


NOTHING_KNOWN = MappingProxyType({})


@dataclass(frozen=True)
class Published:
    """What may be told of a node: the leaves its figure counts, and whether that is all of them."""

    leaves: frozenset
    is_whole: bool


def publish(root, children, masses, *, least=LEAST_PEOPLE, allowed=lambda leaf: True, unknown=NOTHING_KNOWN):
    """{node: Published} for all nodes whose figure may be told.

    `children` maps an inner node to its nodes, `masses` a leaf to its Mass; `allowed` refuses single leaves beforehand.
    A leaf is told when it is a safe block. What is left over in a node has to be a safe block too: else its smallest
    told leaf is hidden with it; where there is none, the rest counts only further up, with other rests. `unknown`: the
    Mass of those of a leaf that nothing told before holds; the others cover nobody.
    """
    told, leaves_of = {}, {}

    def settle(node):
        """The leaves below `node` that are in no block yet."""
        if node in masses:
            leaves_of[node] = frozenset([node])
            if not masses[node].people:
                leaves_of[node] = frozenset()
                return frozenset()
            if allowed(node) and masses[node].is_safe(least):
                told[node] = Published(leaves_of[node], True)
                return frozenset()
            return leaves_of[node]
        rest = frozenset().union(*(settle(child) for child in children.get(node, ())))
        leaves_of[node] = frozenset().union(*(leaves_of[child] for child in children.get(node, ())))
        beside = sorted(
            (child for child in children.get(node, ()) if child in masses and child in told),
            key=lambda child: (masses[child].people, str(child)),
        )
        hidden = []
        while rest and beside and not is_block(rest | {*hidden}):
            hidden.append(beside.pop(0))
        if rest and is_block(rest | {*hidden}):
            for leaf in hidden:
                del told[leaf]
            rest = frozenset()
        counted = leaves_of[node] - rest
        if counted:
            told[node] = Published(counted, not rest)
        return rest

    def is_block(leaves):
        together = [unknown.get(leaf, masses[leaf]) for leaf in leaves]
        parts = [mass.part for mass in together if mass.part and mass.part.people]
        return are_covered(together) and (not parts or are_covered(parts))

    def are_covered(together):
        """Without those that are hidden because all answered alike: their sum is known nearly, so they cover nobody."""
        return sum((mass for mass in together if not mass.is_alike(least)), Mass()).is_safe(least)

    settle(root)
    return told
