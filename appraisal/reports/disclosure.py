"""Which counts about colleagues a report may show, so that nobody can read one person's predikat out of it. Pure.

House rule, stricter than any law we know of: in a report for everybody no group is smaller than 10 people. A small
agency would then show nothing at all; its report may go down to 3 people in a level and 5 in a unit, and is
limited to those who may read it (personnel office, the agency's own admin, inspector).
"""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    OPEN = "open"
    LIMITED = "limited"


SMALLEST_TABLE = 10  # people below whom no distribution is shown to anybody
SMALLEST_GROUP = {Audience.OPEN: 10, Audience.LIMITED: 3}
SMALLEST_UNIT = {Audience.OPEN: 10, Audience.LIMITED: 5}


class Outcome(StrEnum):
    SHOWN = "shown"
    ONE_LEVEL = "one_level"  # everybody has the same: only said in words, never which
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Distribution:
    """`groups`: ((levels), count) best first; neighbours are joined until each group is large enough."""

    outcome: Outcome
    audience: Audience
    total: int
    groups: tuple = ()


def distribution_of(counts):
    """What may be shown of `counts`, {level: people} with the best level first.

    A level nobody has is a group of its own with 0: it speaks of no person.
    """
    total = sum(counts.values())
    held = [level for level, count in counts.items() if count]
    if total < SMALLEST_TABLE:
        return Distribution(Outcome.HIDDEN, Audience.OPEN, total)
    if len(held) == 1:
        return Distribution(Outcome.ONE_LEVEL, Audience.OPEN, total)
    for audience, smallest in SMALLEST_GROUP.items():
        joined = joined_levels(counts, held, smallest)
        if len(joined) > 1:
            return Distribution(Outcome.SHOWN, audience, total, with_empty_levels(counts, joined))
    return Distribution(Outcome.HIDDEN, Audience.OPEN, total)


def joined_levels(counts, held, smallest):
    """Tuples of neighbouring levels, best first, joined from the worst upwards until each has `smallest` people."""
    groups, group = [], ()
    for level in reversed(held):
        group = (level, *group)
        if sum(counts[one] for one in group) >= smallest:
            groups.insert(0, group)
            group = ()
    if group and groups:
        groups[0] = (*group, *groups[0])
    return groups


def with_empty_levels(counts, joined):
    order = list(counts)
    empty = [(level,) for level, count in counts.items() if not count]
    groups = sorted([*joined, *empty], key=lambda group: order.index(group[0]))
    return tuple((group, sum(counts[level] for level in group)) for group in groups)


def units_to_show(people, *, audience):
    """The keys of `people`, {unit: people with data}, whose mean may be shown beside the mean of all.

    When the hidden units together are too few, the smallest shown one is hidden as well: otherwise their mean
    could be worked out by subtraction.
    """
    smallest = SMALLEST_UNIT[audience]
    shown = {unit for unit, count in people.items() if count >= smallest}
    hidden = sum(count for unit, count in people.items() if unit not in shown)
    while shown and 0 < hidden < smallest:
        least = min(shown, key=lambda unit: (people[unit], str(unit)))
        shown.remove(least)
        hidden += people[least]
    return shown
