"""Who is asked about whom, drawn by lot. Pure: the same pots and the same seed always give the same draw.

Each pot holds the colleagues who may be asked about one person, by relation. The lot goes round: everybody gets one
rater, then everybody a second one, and so on; each time from those who have the fewest tasks so far. So nobody's
friends come first, the work is spread, and no rater gets more than `most` tasks.
"""

import hashlib
import hmac
import json
from collections import Counter
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
    return hmac.digest(seed.encode(), ":".join(map(str, parts)).encode(), "sha256")


def draw(pots, seed, plan=Plan()):
    """`pots`: {person: {colleague: relation}} by keys."""
    not_drawn = {person: SMALL for person, pot in pots.items() if len(pot) < plan.minimum}
    order = sorted(pots.keys() - not_drawn.keys(), key=lambda person: lot(seed, "turn", person))
    loads, raters = Counter(), {person: {} for person in order}
    waiting = {person: by_relation(pots[person], person, seed) for person in order}
    for _ in range(2 * plan.each):
        for person in order:
            take_one(raters[person], waiting[person], loads, plan)
    for person in order:
        if len(raters[person]) < plan.minimum:
            not_drawn[person] = BUSY
            del raters[person]
    return Draw(raters, not_drawn)


def by_relation(pot, person, seed):
    """{relation: [colleague]}, in the order of the lots."""
    lots = sorted((lot(seed, person, colleague), colleague) for colleague in pot)
    found = {relation: [] for relation in sorted(set(pot.values()))}
    for _, colleague in lots:
        found[pot[colleague]].append(colleague)
    return found


def take_one(raters, waiting, loads, plan):
    """One more rater, of the relations in turn, from those with the fewest tasks; the lot decides among equals."""
    chosen = Counter(raters.values())
    for relation in sorted(waiting, key=lambda name: (chosen[name], name)):
        if chosen[relation] == plan.each or not waiting[relation]:
            continue
        # The first of the least: they stand in the order of their lots.
        picked = min(waiting[relation], key=loads.__getitem__)
        if loads[picked] < plan.most:
            waiting[relation].remove(picked)
            raters[picked] = relation
            loads[picked] += 1
            return
