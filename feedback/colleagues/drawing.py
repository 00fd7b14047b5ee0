"""Who is asked about whom, drawn by lot. Pure: the same pots and the same seed always give the same draw.

Each pot holds the colleagues who may be asked about one person, by relation. The lot goes round: everybody gets one
rater, then everybody a second one, and so on; each time from those who have the fewest tasks so far. So nobody's
friends come first, the work is spread, and no rater gets more than `most` tasks.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass

SMALL, BUSY = "small", "busy"


@dataclass(frozen=True)
class Plan:
    minimum: int = 5  # raters for each person, or none
    each: int = 8  # raters of each relation, at most
    most: int = 12  # tasks for each rater, at most


@dataclass(frozen=True)
class Draw:
    """`raters`: {person: {rater: relation}}; `not_drawn`: {person: SMALL or BUSY}."""

    raters: dict
    not_drawn: dict

    @property
    def loads(self):
        loads = {}
        for raters in self.raters.values():
            for rater in raters:
                loads[rater] = loads.get(rater, 0) + 1
        return loads

    def digest(self, seed):
        """A fingerprint of the draw that says nothing to somebody without the seed."""
        pairs = sorted(
            (person, rater, relation)
            for person, raters in self.raters.items()
            for rater, relation in raters.items()
        )
        return hmac.new(seed.encode(), json.dumps(pairs).encode(), hashlib.sha256).hexdigest()


def lot(seed, *parts):
    return hmac.new(seed.encode(), ":".join(map(str, parts)).encode(), hashlib.sha256).digest()


def draw(pots, seed, plan=Plan()):
    """`pots`: {person: {colleague: relation}} by keys."""
    not_drawn = {person: SMALL for person, pot in pots.items() if len(pot) < plan.minimum}
    order = sorted(pots.keys() - not_drawn.keys(), key=lambda person: lot(seed, "turn", person))
    loads, raters = {}, {person: {} for person in order}
    waiting = {person: by_relation(pots[person], person, seed) for person in order}
    for turn in range(2 * plan.each):
        for person in order:
            take_one(raters[person], waiting[person], turn, loads, plan)
    for person in order:
        if len(raters[person]) < plan.minimum:
            not_drawn[person] = BUSY
            del raters[person]
    return Draw(raters, not_drawn)


def by_relation(pot, person, seed):
    """{relation: [(lot, colleague)]}, in the order of the lots."""
    found = {}
    for colleague, relation in pot.items():
        found.setdefault(relation, []).append((lot(seed, person, colleague), colleague))
    return {relation: sorted(lots) for relation, lots in sorted(found.items())}


def take_one(raters, waiting, turn, loads, plan):
    """One more rater, of the relations in turn, from those with the fewest tasks; the lot decides among equals."""
    relations = [relation for relation in waiting if open_lots(waiting[relation], loads, plan)]
    chosen = list(raters.values())
    relations = [relation for relation in relations if chosen.count(relation) < plan.each]
    if not relations:
        return
    relation = min(relations, key=lambda name: (chosen.count(name), name))
    picked = min(open_lots(waiting[relation], loads, plan), key=lambda pair: (loads.get(pair[1], 0), pair[0]))
    waiting[relation].remove(picked)
    raters[picked[1]] = relation
    loads[picked[1]] = loads.get(picked[1], 0) + 1


def open_lots(lots, loads, plan):
    return [pair for pair in lots if loads.get(pair[1], 0) < plan.most]
