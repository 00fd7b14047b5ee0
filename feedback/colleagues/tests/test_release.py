"""What may be released: each rule by an example, and an attacker who knows the rules."""

import random
from collections import Counter
from itertools import product

import pytest

from feedback.colleagues.release import (
    ALIKE,
    BEFORE,
    TOO_FEW,
    UNSEEN,
    Earlier,
    Limits,
    release_value,
    texts_to_release,
    why_hidden,
)

OFF = Limits(minimum=0, dissent=0, texts=0, looks_back=False)
CELLS = range(5)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ((0, 0, 0, 2, 2), TOO_FEW),
        ((0, 0, 0, 2, 3), ""),
        ((3, 0, 0, 2, 2), UNSEEN),
        ((0, 0, 0, 0, 5), ALIKE),
        ((0, 1, 0, 0, 8), ALIKE),  # whoever is the one knows all others
        ((4, 0, 0, 0, 5), ALIKE),
        ((0, 1, 1, 0, 8), ""),
    ],
)
def test_a_table_is_shown_when_enough_answered_and_not_nearly_all_alike(table, why):
    assert why_hidden(table) == why


@pytest.mark.parametrize(
    ("before", "now", "joined", "left", "why"),
    [
        ((0, 0, 0, 2, 3), (0, 1, 0, 2, 3), 1, 0, BEFORE),  # the new one said 1
        ((0, 0, 0, 2, 3), (0, 1, 0, 2, 3), 0, 0, BEFORE),  # a late one said 1
        ((0, 0, 0, 2, 3), (0, 1, 0, 2, 2), 1, 1, BEFORE),  # one went, one came
        ((0, 0, 0, 2, 3), (0, 1, 0, 2, 2), 0, 1, BEFORE),  # one went, a late one came
        ((0, 0, 0, 2, 3), (0, 1, 0, 3, 2), 1, 0, ""),  # somebody else has changed his mind
        ((0, 0, 0, 2, 3), (0, 0, 1, 2, 2), 0, 0, ""),  # nobody came: it cannot be said who
        ((0, 0, 0, 2, 3), (0, 0, 2, 4, 4), 5, 0, ""),  # five came, and hide each other
        ((0, 0, 0, 2, 3), (0, 0, 5, 2, 3), 5, 0, BEFORE),  # five came, all alike
    ],
)
def test_two_rounds_together_do_not_tell_what_one_person_answered(before, now, joined, left, why):
    earlier = Earlier(before, sum(before), joined, left)

    assert why_hidden(now, [earlier]) == why


def test_a_value_hidden_as_alike_stays_hidden_when_a_new_one_would_tell_it():
    earlier = Earlier(None, 5, 1, 0)

    assert why_hidden((0, 0, 0, 2, 4), [earlier]) == BEFORE
    assert why_hidden((0, 1, 1, 2, 3), [earlier]) == ""


def test_relations_are_shown_both_or_not_at_all():
    peers, few = (0, 0, 1, 2, 3), (0, 0, 0, 1, 2)

    assert release_value({"peer": peers, "subordinate": peers}, {})[1] != {}
    assert release_value({"peer": peers, "subordinate": few}, {}) == ((0, 0, 1, 3, 5), {})


def test_texts_come_out_together_or_not():
    assert texts_to_release(["a", "b", "c"], 5) == ["a", "b", "c"]
    assert texts_to_release(["a", "b"], 9) == []
    assert texts_to_release(["a", "b", "c"], 4) == []


# --- the attacker ---------------------------------------------------------------------------------
#
# He knows the rules, who could be asked and who answered in each round, and all that is shown of all rounds; he may be
# one of those who answered; and he supposes that nobody has changed his mind. For everybody else he works out every
# answer that fits all of it. Where only one is left, he has found it.


class World:
    """A person and his colleagues over some rounds, one value: who could be asked and answered, and what he thinks."""

    def __init__(self, luck):
        stays, changes = luck.randint(3, 7), luck.randint(0, 2)
        rounds = luck.choice((1, 2, 2, 3))
        weights = luck.choice(((1, 1, 2, 6, 8), (0, 0, 0, 1, 9), (3, 1, 1, 3, 3), (1, 1, 1, 1, 1)))
        self.rounds = range(rounds)
        self.answered = [set(self.rounds) for _ in range(stays)]
        self.askable = [set(self.rounds) for _ in range(stays)]
        for _ in range(changes if rounds > 1 else 0):
            first, come = luck.choice(range(1, rounds)), luck.random() < 0.6
            there = set(range(first, rounds)) if come else set(range(first))
            self.answered.append(there)
            # Some only answer late: they could have been asked all the time.
            self.askable.append(set(self.rounds) if come and luck.random() < 0.3 else there)
        self.stays = stays
        self.thinks = luck.choices(CELLS, weights, k=len(self.answered))

    def table(self, number, thinks):
        counts = Counter(each for each, there in zip(thinks, self.answered, strict=True) if number in there)
        return tuple(counts[cell] for cell in CELLS)

    def visible(self, tables, limits):
        """[(size or None, table or None)] of all rounds, made by the program under test."""
        seen = []
        for number, table in enumerate(tables):
            earlier = [
                Earlier(
                    shown,
                    size,
                    sum(number in can and then not in can for can in self.askable),
                    sum(then in can and number not in can for can in self.askable),
                )
                for then, (size, shown) in enumerate(seen)
                if size is not None
            ]
            shown, _ = release_value({"peer": table}, {None: earlier}, limits)
            size = sum(table)
            seen.append((size if size >= limits.minimum else None, shown))
        return seen


def multisets(size, cells=5):
    if cells == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in multisets(size - first, cells - 1):
            yield (first, *rest)


def attack(world, limits, insider=None):
    """The people whose answer is found, out of those who are not the insider."""
    truth = [world.table(number, world.thinks) for number in world.rounds]
    seen = world.visible(truth, limits)
    changers = range(world.stays, len(world.thinks))
    possible = {person: set() for person in range(len(world.thinks)) if person != insider}
    stayers = [person for person in range(world.stays) if person != insider]
    known = {}
    for guess in product(CELLS, repeat=len(changers)):
        if insider in changers and guess[insider - world.stays] != world.thinks[insider]:
            continue
        for rest in stayers_that_fit(world, seen, guess):
            own = world.thinks[insider] if insider is not None and insider < world.stays else None
            if own is not None and rest[own] == 0:
                continue
            tables = [
                tuple(
                    rest[cell]
                    + sum(
                        what == cell and number in world.answered[person]
                        for person, what in zip(changers, guess, strict=True)
                    )
                    for cell in CELLS
                )
                for number in world.rounds
            ]
            key = tuple(tables)
            if key not in known:
                known[key] = world.visible(tables, limits) == seen
            if not known[key]:
                continue
            for person, what in zip(changers, guess, strict=True):
                if person != insider:
                    possible[person].add(what)
            others = {cell for cell in CELLS if rest[cell] - (cell == own) > 0}
            for person in stayers:
                possible[person] |= others
            if all(len(answers) > 1 for answers in possible.values()):
                return []
    return [person for person, answers in possible.items() if len(answers) == 1]


def stayers_that_fit(world, seen, guess):
    """The counts of those who were there all the time; one, when a table is shown, else every one there can be."""
    for number, (_, table) in enumerate(seen):
        if table is not None:
            rest = list(table)
            for what, there in zip(guess, world.answered[world.stays :], strict=True):
                rest[what] -= number in there
            if min(rest) >= 0:
                yield tuple(rest)
            return
    yield from multisets(world.stays)


def attacks(number_of_worlds, limits, seed=6):
    """(how many people are found, how many tables are shown) of every attack on random worlds."""
    luck = random.Random(seed)
    for _ in range(number_of_worlds):
        world = World(luck)
        truth = [world.table(number, world.thinks) for number in world.rounds]
        shown = sum(table is not None for _, table in world.visible(truth, limits))
        insiders = {
            (world.thinks[person], person >= world.stays): person for person in range(len(world.thinks))
        }
        for insider in (None, *insiders.values()):
            yield len(attack(world, limits, insider)), shown


def test_the_attacker_finds_nobody():
    told = list(attacks(15, Limits()))

    assert sum(found for found, _ in told) == 0
    assert sum(shown for _, shown in told) > 20  # and something is shown


@pytest.mark.measure
def test_the_attacker_finds_nobody_in_two_hundred_organisations():
    told = list(attacks(200, Limits()))

    found, shown = map(sum, zip(*told, strict=True))
    print(f"200 organisations, {len(told)} attacks with {shown} tables to look at: {found} answers found")
    assert found == 0
    assert shown > 200


@pytest.mark.parametrize(
    "weakened",
    [OFF, Limits(dissent=0), Limits(dissent=1), Limits(looks_back=False)],
    ids=["all off", "alike is shown", "one against all is shown", "rounds are not compared"],
)
def test_the_attacker_succeeds_when_a_rule_is_switched_off(weakened):
    assert any(found for found, _ in attacks(100, weakened))
