"""Local elements, asked beside the nine or in place of one of them: what is told of each by itself. Pure.

They never stand in the index under their own name: one that replaces an official element is counted in its place, a
further one nowhere. What is told of them may not be subtracted from what is told of the nine either (ADR 0024): it
counts only groups of services that no published sum of the elements takes apart, and in each of these the local
answers are a block, and so are the official ones beside them.
"""

from collections import defaultdict
from dataclasses import dataclass

from .disclosure import LEAST_ELEMENTS, Mass, mass_of
from .index import ELEMENTS, Spread, satisfaction_index

COST = "biaya"


@dataclass(frozen=True)
class LocalElement:
    key: str
    label: str
    replaces: str = ""


def number_of(values):
    return sum(values.values())


def sum_of(values):
    return sum(value * n for value, n in values.items())


def squares_of(values):
    return sum(value * value * n for value, n in values.items())


def answered(voices, asked, place):
    """{key: {1: n, …, 4: n}} of the local elements that were answered in the place of an official one."""
    return {
        key: voices.local[key]
        for key, element in asked.items()
        if element.replaces == place and number_of(voices.local.get(key, {}))
    }


def without_cost(voices, asked):
    """The Mass of the answers in the place of the cost that are not about cost: the price itself is no secret."""
    given = answered(voices, asked, COST).values()
    people = sum(map(number_of, given))
    return mass_of(people, (sum(map(sum_of, given)),), lowest=1, highest=4)


def groups_of(told):
    """Sets of leaves that every published sum counts together or not at all; `told`: {node: Published}."""
    counted_by, groups = defaultdict(set), defaultdict(set)
    for node, published in told.items():
        for leaf in published.leaves:
            counted_by[leaf].add(node)
    for leaf, nodes in counted_by.items():
        groups[frozenset(nodes)].add(leaf)
    return [frozenset(group) for group in groups.values()]


def may_be_told(voices, element, asked):
    """Whether the answers to a local element are a block, and all that is left in the place it takes as well."""
    if not element.replaces:
        return spread_out(voices.local[element.key]).is_safe(LEAST_ELEMENTS)
    given = answered(voices, asked, element.replaces).values()
    rest = {
        value: n - sum(each[value] for each in given) for value, n in voices.counts[element.replaces].items()
    }
    left = mass_of(number_of(rest), (sum_of(rest),), lowest=1, highest=4)
    if left.people and element.replaces != COST and not left.is_safe(LEAST_ELEMENTS):
        return False
    return all(spread_out(each).is_safe(LEAST_ELEMENTS) for each in given)


def spread_out(values):
    """The Mass of single answers whose sum and whose interval, that is the sum of their squares, are told."""
    people, total = number_of(values), sum_of(values)
    apart = people and squares_of(values) - total**2 // people
    return Mass(people, (total - people, apart), (4 * people - total,))


def local_line(element, values):
    spread = [Spread(1, number_of(values), sum_of(values), squares_of(values))]
    result = satisfaction_index({element.key: values}, elements={element.key: element.label}, spread=spread)
    low, high = result.interval
    return {
        "key": element.key,
        "label": element.label,
        "replaces": element.replaces and ELEMENTS[element.replaces],
        "count": result.respondents,
        "index": str(result.index),
        "low": str(low),
        "high": str(high),
    }


def label_in(place, voices, asked):
    """The name of an official element, and of what was asked in its place."""
    given = answered(voices, asked, place)
    if not given:
        return ELEMENTS[place]
    names = asked[next(iter(given))].label if len(given) == 1 else "unsur setempat"
    if sum(map(number_of, given.values())) == number_of(voices.counts[place]):
        return f"{names} (pengganti {ELEMENTS[place]})"
    return f"{ELEMENTS[place]} (sebagian diganti {names})"
