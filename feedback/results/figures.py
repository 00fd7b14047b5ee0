"""What is published of a quarter: from the counts of the services to one figure for each service and unit. Pure.

A figure is a dict of plain values, so that it can be frozen as it is:
    level        0 nothing, 1 count, 2 estimate, 3 index and grade (disclosure.Disclosure)
    reason       why nothing is told: "none", "few", "others" (it would tell of others), "running"
    respondents  those the figure counts; rounded to five below level 3
    whole        False when rests too small to be told do not count in it
    at_least     True where nearly all gave the highest answer: then `index` is a bound
    index, low, high, grade, comparison ([weight, index]), mean_of_units, units
    elements     [{key, label, count, index}] in annex order, or None; elements_count: those of the index
    looked       True where the running figures of the service were shown before the lock
    local        [{key, label, replaces, count, index, low, high}] of local elements (local_elements.py)
    without_cost the index without biaya; missing where something else was asked in its place
    controlled_share  share of controlled answers in per cent, to five
    open         {respondents, index} of the open link, rounded, or None
"""

from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType

from .disclosure import (
    AGAIN,
    LEAST_ELEMENTS,
    LEAST_PEOPLE,
    SLACK,
    Disclosure,
    Mass,
    mass_of,
    may_show,
    publish,
    rounded_count,
)
from .index import ELEMENTS, HIGHEST, grade_for, satisfaction_index
from .local_elements import COST, answered, groups_of, label_in, local_line, may_be_told, without_cost

NOTHING_LOCAL = MappingProxyType({})
LOWEST_SHOWN = 3
LEAST_WIDTH = 1  # points by which an estimate's interval reaches beyond it, at the least
LOWEST = Decimal(25)


def added(counts, others):
    """The sum of two {element: {1: n, …, 4: n}}."""
    return {
        key: {
            value: counts.get(key, {}).get(value, 0) + others.get(key, {}).get(value, 0)
            for value in (1, 2, 3, 4)
        }
        for key in [*counts, *(key for key in others if key not in counts)]
    }


@dataclass
class Voices:
    """The answers of one service in a period: {element: {1: n, …, 4: n}} of the nine, and the respondents' spread."""

    counts: dict = field(default_factory=lambda: {key: {} for key in ELEMENTS})
    spread: list = field(default_factory=list)
    local: dict = field(default_factory=dict)

    def __add__(self, other):
        return Voices(
            added(self.counts, other.counts),
            [*self.spread, *other.spread],
            added(self.local, other.local),
        )

    @property
    def people(self):
        """The respondents of whom every element is answered as often (they always are: a form is whole or refused)."""
        return min(sum(values.values()) for values in self.counts.values())

    def sums(self, keys=tuple(ELEMENTS)):
        return tuple(sum(value * n for value, n in self.counts[key].items()) for key in keys)

    def result(self):
        return satisfaction_index(self.counts, spread=self.spread)


@dataclass
class Leaf:
    """A service: its controlled answers, those of the open link, and whether it fell below the threshold before.

    `since`: the Mass of those who came since the last look at it while the quarter ran; None without such a look.
    """

    controlled: Voices = field(default_factory=Voices)
    open: Voices = field(default_factory=Voices)
    was_hidden: bool = False
    since: Mass | None = None

    @property
    def must_hide(self):
        """The final figure, less the last look, would tell what came between the two."""
        return self.since is not None and not self.since.is_safe(LEAST_PEOPLE)

    @property
    def all(self):
        return self.controlled + self.open


def total_mass(voices):
    nine = len(ELEMENTS)
    return mass_of(voices.people, (sum(voices.sums()),), lowest=nine, highest=4 * nine)


def since(now, before):
    """The Mass of those who came between two looks."""
    return Mass(
        now.people - before.people,
        tuple(a - b for a, b in zip(now.above, before.above, strict=True)),
        tuple(a - b for a, b in zip(now.below, before.below, strict=True)),
    )


def element_mass(voices, asked):
    """Without the cost: that a service is free is no secret, and where it is everybody answers the same.

    What is asked in its place is one: it remains when the known cost is taken away.
    """
    keys = tuple(key for key in ELEMENTS if key != COST)
    mass = mass_of(voices.people, voices.sums(keys), lowest=1, highest=4)
    return replace(mass, part=without_cost(voices, asked))


def apart(spread):
    """How far the respondents' totals lie apart, in squared points: an interval without width says that all agree."""
    sums = {}
    for each in spread:
        people, total, squares = sums.get(each.elements, (0, 0, 0))
        sums[each.elements] = people + each.respondents, total + each.total, squares + each.squares
    return floor(sum(squares - Fraction(total**2, n) for n, total, squares in sums.values() if n))


def spread_mass(voices):
    """Taken together, groups lie apart at least as far as each of them does, so this may be added like points."""
    return Mass(voices.people, (apart(voices.spread),), ())


def figures(root, children, leaves, asked=NOTHING_LOCAL):
    """{node: figure} for every inner node of `children` and every Leaf of `leaves` (by node).

    `asked`: {key: LocalElement} of the local elements that some of the answers are to.
    """
    layers = Layers(root, children, leaves, asked)
    shown = {node: layers.figure(node) for node in (*children, *leaves)}
    for node, leaf in leaves.items():
        if leaf.since is not None:
            shown[node]["looked"] = True
    surveyed = [node for node, below in children.items() if any(child in leaves for child in below)]
    for node in children:
        add_mean_of_units(shown, node, descendants(node, children, surveyed))
    return shown


def descendants(node, children, wanted):
    below, waiting = [], list(children.get(node, ()))
    while waiting:
        each = waiting.pop()
        below.append(each)
        waiting += children.get(each, ())
    return [each for each in wanted if each in below]


def add_mean_of_units(shown, node, units):
    """The plain mean of the units' own indices, as rounded and published: anybody can recompute it."""
    indices = [Decimal(shown[unit]["index"]) for unit in units if shown[unit]["level"] == Disclosure.GRADE]
    if len(indices) > 1 and shown[node]["level"] == Disclosure.GRADE:
        mean = (sum(indices) / len(indices)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        shown[node] |= {"mean_of_units": str(mean), "units": len(indices)}


class Layers:
    """Who is told what, in four layers of which each is safe in itself and none undoes another (ADR 0024)."""

    def __init__(self, root, children, leaves, asked=NOTHING_LOCAL):
        self.leaves, self.asked = leaves, asked
        self.below = {}
        self.collect(root, children)
        # Neither may the unit's figure, less those of the services beside it, be the final figure of a hidden one.
        hiding = {node: leaf.since for node, leaf in leaves.items() if leaf.must_hide}
        again = {node for node, leaf in leaves.items() if leaf.was_hidden}
        controlled = {node: total_mass(leaf.controlled) for node, leaf in leaves.items()}
        self.controlled = publish(
            root,
            children,
            controlled,
            allowed=lambda leaf: (
                leaf not in hiding and (leaf not in again or controlled[leaf].people >= AGAIN)
            ),
            unknown=hiding,
        )
        pulled = {node for node, mass in controlled.items() if mass.is_safe(LEAST_PEOPLE)} - {
            *self.controlled
        }
        graded = {
            node
            for node, mass in controlled.items()
            if node in self.controlled and may_show(mass.people) == Disclosure.GRADE
        }
        everybody = {node: total_mass(leaf.all) for node, leaf in leaves.items()}
        self.all = publish(
            root,
            children,
            everybody,
            allowed=lambda leaf: (
                leaf not in (pulled | {*hiding}) and (leaf not in again or everybody[leaf].people >= AGAIN)
            ),
            unknown=hiding,
        )
        # An estimate of all answers, of a service or of a unit, holds those of the open link already: they are told
        # there and not again further up, or the controlled ones would be the difference.
        estimated = frozenset().union(
            *(told.leaves for node, told in self.all.items() if node not in self.controlled)
        )
        opened = {
            node: Mass() if node in estimated else total_mass(leaf.open) for node, leaf in leaves.items()
        }
        self.open = publish(root, children, opened, allowed=lambda leaf: leaf in graded)
        elements = {node: element_mass(leaf.controlled, asked) for node, leaf in leaves.items()}
        self.elements = publish(
            root, children, elements, least=LEAST_ELEMENTS, allowed=lambda leaf: leaf in graded
        )
        spread = {node: spread_mass(leaf.controlled) for node, leaf in leaves.items()}
        self.spread = publish(root, children, spread, allowed=lambda leaf: leaf in graded)
        self.local = self.groups_to_tell()

    def groups_to_tell(self):
        """{key of a local element: groups of leaves whose answers to it may be told}."""
        groups = [(group, self.voices(group, "controlled")) for group in groups_of(self.elements)]
        return {
            key: [
                group
                for group, voices in groups
                if key in voices.local and may_be_told(voices, element, self.asked)
            ]
            for key, element in self.asked.items()
        }

    def collect(self, node, children):
        found = {node} if node in self.leaves else set()
        for child in children.get(node, ()):
            found |= self.collect(child, children)
        self.below[node] = found
        return found

    def voices(self, nodes, part):
        return sum((getattr(self.leaves[node], part) for node in sorted(nodes, key=str)), Voices())

    def figure(self, node):
        everybody = self.voices(self.below[node], "all")
        if node in self.controlled:
            counted = self.voices(self.controlled[node].leaves, "controlled")
            if may_show(counted.people) == Disclosure.GRADE:
                return self.graded(node, counted, everybody)
            if may_show(counted.people) == Disclosure.ESTIMATE:
                # Not of all answers: beside the unit's exact figure that would single out those of the open link.
                return estimate(counted, whole=self.controlled[node].is_whole)
        if node in self.leaves and (bound := almost_all_alike(self.leaves[node].controlled)):
            return bound
        if node in self.all:
            return estimate(self.voices(self.all[node].leaves, "all"), whole=self.all[node].is_whole)
        level = min(may_show(everybody.people), Disclosure.COUNT)
        return nothing(everybody, level)

    def graded(self, node, counted, everybody):
        result = counted.result()
        figure = {
            "level": int(Disclosure.GRADE),
            "respondents": counted.people,
            "whole": self.controlled[node].is_whole,
            "index": str(result.index),
            "grade": result.grade,
            "comparison": [[str(weight), str(index)] for weight, index in result.lines],
            "controlled_share": share_of(counted.people, everybody.people),
            "elements": None,
            "open": self.open_figure(node),
        }
        if self.are_the_same(node, self.spread):
            low, high = result.interval
            figure |= {"low": str(low), "high": str(high)}
        if self.are_the_same(node, self.elements):
            figure |= {
                "elements": self.element_lines(result, counted),
                "elements_count": counted.people,
                "local": list(self.local_lines(node)),
            }
            if not answered(counted, self.asked, COST):
                figure["without_cost"] = str(result.without(COST).index)
        return figure

    def element_lines(self, result, voices):
        return [
            {
                "key": key,
                "label": label_in(key, voices, self.asked),
                "count": line.count,
                "index": str(line.index),
            }
            for key, line in result.by_element.items()
        ]

    def local_lines(self, node):
        for key, element in self.asked.items():
            told = [group for group in self.local[key] if group <= self.elements[node].leaves]
            if told:
                values = self.voices(frozenset().union(*told), "controlled").local[key]
                yield local_line(element, values)

    def are_the_same(self, node, layer):
        """Whether a layer may tell of exactly those whose index is told.

        Of others it must not: the nine elements together are a sum of all answers once more, and what it counts beyond
        the index, a single service perhaps, would be the difference of the two.
        """
        return node in layer and layer[node].leaves == self.controlled[node].leaves

    def open_figure(self, node):
        if node not in self.open:
            return None
        voices = self.voices(self.open[node].leaves, "open")
        return {"respondents": rounded_count(voices.people), "index": whole_number(voices.result().index)}


def almost_all_alike(voices):
    """A bound, where (nearly) all answers are the highest: the exact index would say how everybody answered."""
    mass = total_mass(voices)
    if may_show(mass.people) < Disclosure.GRADE or mass.below[0] >= SLACK:
        return None
    bound = 100 - Fraction(25 * SLACK, len(ELEMENTS) * mass.people)
    index = Decimal(floor(bound * 100)) / 100
    return nothing(voices, Disclosure.GRADE) | {
        "level": int(Disclosure.GRADE),
        "reason": "same",
        "respondents": rounded_count(mass.people),
        "whole": True,
        "at_least": True,
        "index": f"{index:.2f}",
        "grade": grade_for(index),
    }


def share_of(part, whole):
    return int((Decimal(20 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)) * 5


def estimate(voices, *, whole):
    """Whole numbers: few voices say no more, and decimals would let them be told apart.

    The interval never closes: without width it would say that all agree.
    """
    result = voices.result()
    low, high = result.interval
    low = max(min(low, result.index - LEAST_WIDTH), LOWEST)
    high = min(max(high, result.index + LEAST_WIDTH), HIGHEST)
    return {
        "level": int(Disclosure.ESTIMATE),
        "respondents": rounded_count(voices.people),
        "whole": whole,
        "index": whole_number(result.index),
        "low": str(low.quantize(Decimal(1), ROUND_FLOOR)),
        "high": str(high.quantize(Decimal(1), ROUND_CEILING)),
        "grade": "",
        "elements": None,
        "open": None,
    }


def nothing(voices, level):
    reason = "none" if not voices.people else "few" if voices.people < LEAST_PEOPLE else "others"
    return {
        "level": int(level if reason == "few" else Disclosure.NOTHING),
        "reason": reason,
        "respondents": 0,
        "whole": False,
        "index": None,
        "grade": "",
        "elements": None,
        "open": None,
    }


def whole_number(index):
    return str(index.quantize(Decimal(1), ROUND_HALF_UP))


def lowest_of(figure):
    """The three elements to mend first (PermenPANRB 14/2017); none where no elements are told."""
    lines = figure.get("elements") or []
    return sorted(lines, key=lambda line: (Decimal(line["index"]), line["label"]))[:LOWEST_SHOWN]
