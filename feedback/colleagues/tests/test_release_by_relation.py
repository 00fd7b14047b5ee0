"""The attacker of test_release.py once more where peers and subordinates answer, and may be told apart."""

import random
from collections import Counter
from itertools import product

import pytest

from feedback.colleagues.release import Earlier, Limits, release_value

from .test_release import CELLS, OFF, multisets

PARTS = ("peer", "subordinate")


class World:
    """`groups`: {(relation, rounds in which they answer): what each of them thinks}."""

    def __init__(self, luck):
        weights = luck.choice(((0, 1, 2, 6, 8), (0, 0, 1, 1, 9), (1, 4, 4, 4, 4)))
        both, first, second = frozenset((0, 1)), frozenset((0,)), frozenset((1,))
        sizes = {("peer", both): luck.randint(3, 6), ("subordinate", both): luck.randint(4, 6)}
        if luck.random() < 0.7:
            sizes[luck.choice(PARTS), luck.choice((first, second))] = luck.choice((1, 1, 2))
        self.groups = {key: luck.choices(CELLS, weights, k=size) for key, size in sizes.items()}

    def counts(self):
        return {key: tuple(Counter(own)[cell] for cell in CELLS) for key, own in self.groups.items()}


def tables_of(counts):
    """[{relation: table}] of both rounds."""
    tables = [{part: (0,) * len(CELLS) for part in PARTS} for _ in range(2)]
    for (part, rounds), own in counts.items():
        for number in rounds:
            tables[number][part] = tuple(map(sum, zip(tables[number][part], own, strict=True)))
    return tables


def visible(counts, limits):
    """[(size or None, table or None, {relation: table})] of both rounds, made by the program under test."""
    seen = []
    for number, parts in enumerate(tables_of(counts)):
        earlier = {part: [] for part in (None, *PARTS)}
        for then, (size, table, by_relation) in enumerate(seen):
            for part in earlier:
                shown = by_relation.get(part) if part else table
                known = (sum(shown) if shown else None) if part else size
                if size is None:
                    continue
                earlier[part].append(
                    Earlier(
                        shown, known, changed(counts, part, number, then), changed(counts, part, then, number)
                    )
                )
        table, by_relation = release_value(parts, earlier, limits)
        size = sum(map(sum, parts.values()))
        seen.append((size if size >= limits.minimum else None, table, by_relation))
    return seen


def changed(counts, part, there, not_there):
    """How many could be asked in one round and not in the other."""
    return sum(
        sum(own)
        for (who, rounds), own in counts.items()
        if part in (None, who) and there in rounds and not_there not in rounds
    )


def attack(world, limits):
    """The groups of which he finds what somebody in them answered; he knows who could be asked and who answered."""
    truth = world.counts()
    seen = visible(truth, limits)
    if all(table is None for _, table, _ in seen):
        return []
    possible = {key: set() for key in truth}
    for counts in guesses(truth, seen):
        if visible(counts, limits) == seen:
            for key, own in counts.items():
                possible[key] |= {cell for cell in CELLS if own[cell]}
            if all(len(cells) > 1 for cells in possible.values()):
                return []
    return [key for key, cells in possible.items() if len(cells) == 1]


def guesses(truth, seen):
    """Every way in which the groups may have answered that adds up to the first table shown."""
    number, table = next((number, table) for number, (_, table, _) in enumerate(seen) if table)
    *others, last = sorted(truth, key=lambda key: len(key[1]))  # one of those who answered in both comes last
    for chosen in product(*(list(multisets(sum(truth[key]))) for key in others)):
        counts = dict(zip(others, chosen, strict=True))
        there = [own for key, own in counts.items() if number in key[1]]
        rest = tuple(all_of - sum(cell) for all_of, *cell in zip(table, *there, strict=True))
        if min(rest) >= 0:
            yield counts | {last: rest}


def attacks(number_of_worlds, limits, seed=26):
    """(how many groups are found, how many tables by relation are shown) of every attack on random worlds."""
    luck = random.Random(seed)
    for _ in range(number_of_worlds):
        world = World(luck)
        shown = sum(bool(parts) for _, _, parts in visible(world.counts(), limits))
        yield len(attack(world, limits)), shown


def test_nobody_is_found_where_peers_and_subordinates_are_told_apart():
    told = list(attacks(40, Limits()))

    assert sum(found for found, _ in told) == 0
    assert sum(shown for _, shown in told) > 0


@pytest.mark.measure
def test_nobody_is_found_by_relation_in_two_hundred_organisations():
    told = list(attacks(200, Limits()))

    found, shown = map(sum, zip(*told, strict=True))
    print(f"200 organisations by relation, {shown} times told apart: {found} found")
    assert found == 0
    assert shown > 10


@pytest.mark.parametrize("weakened", [OFF, Limits(dissent=0), Limits(looks_back=False)])
def test_by_relation_too_he_succeeds_when_a_rule_is_switched_off(weakened):
    assert any(found for found, _ in attacks(60, weakened))
