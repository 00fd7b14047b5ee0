"""What may be released of counted answers so that nobody's answer can be worked out. Pure; docs/adr/0026 says why.

A table is a tuple of five counts: how many could not observe, then how many chose 1, 2, 3, 4. One value of one person
is shown when

1. at least `minimum` answered at all, and at least `minimum` of them observed the behaviour;
2. at least `dissent` of those chose something else than most: where (nearly) all agree, each answer is known;
3. no earlier round of the same person, taken together with it, tells what somebody answered who has come or gone.

The tables of peers and of subordinates are shown both or not at all, each by the same three rules.
"""

from dataclasses import dataclass

from .values import CELLS, NOT_SEEN

TOO_FEW, UNSEEN, ALIKE, BEFORE = "too_few", "unseen", "alike", "before"
# Told to nobody which of them it is: "hidden because of the round before" and "hidden because all agree" would
# each narrow down what was answered.
HIDDEN = (
    "Tidak ditampilkan: terlalu sedikit yang sempat mengamati, jawabannya hampir seragam, atau perbandingan dengan"
    " putaran lain dapat membuka jawaban seseorang."
)


@dataclass(frozen=True)
class Limits:
    minimum: int = 5
    dissent: int = 2
    texts: int = 3
    looks_back: bool = True


@dataclass(frozen=True)
class Earlier:
    """An earlier round of the same person, one value: its table or None, and how those who could be asked have changed.

    `size` is the number of answers there (None: not told); `joined` and `left` count who can be asked now and could not
    then, and the other way round.
    """

    table: tuple | None
    size: int | None
    joined: int
    left: int


def observed(table):
    return sum(table) - table[NOT_SEEN]


def outside_the_largest(table):
    return sum(table) - max(table)


def why_hidden(table, earlier=(), limits=Limits()):
    """The reason for which a table is not shown; "" when it is."""
    if sum(table) < limits.minimum:
        return TOO_FEW
    if observed(table) < limits.minimum:
        return UNSEEN
    if outside_the_largest(table[1:]) < limits.dissent:
        return ALIKE
    if limits.looks_back and any(tells_somebody(table, before, limits) for before in earlier):
        return BEFORE
    return ""


def tells_somebody(table, before, limits):
    """Could the difference to an earlier round be exactly what those who came, or went, have answered?

    It is, when everybody else answered as before. Where that cannot be, the difference tells nothing. An answer more
    than can be explained counts as somebody who came, though he could have been asked before: a late answer shows like
    a new one; and one that lacks as somebody who went.
    """
    more = 0 if before.size is None else sum(table) - before.size
    joined = max(before.joined, before.left + more)
    left = max(before.left, joined - more)
    if joined == left == 0:
        return False
    return any(explains(table, candidate, joined, left, limits) for candidate in candidates(before, limits))


def candidates(before, limits):
    """The tables an earlier round may have had, as far as its result says so.

    What is hidden may have been nearly alike. Where it was hidden for another reason, less is known of it.
    """
    if before.table is not None:
        yield before.table
    elif before.size is not None:
        yield from nearly_alike(before.size, limits)


def nearly_alike(size, limits):
    """Every table of `size` answers in which all but a few of those who observed chose the same."""
    for unseen in range(size - limits.minimum + 1):
        seen = size - unseen
        for cell in range(1, CELLS):
            for others in range(limits.dissent):
                for spread in spreads(others, cell):
                    table = [unseen, *spread]
                    table[cell] += seen - others
                    yield tuple(table)


def spreads(others, besides):
    """The ways in which `others` answers fall on the four levels without `besides`; `others` is 0 or small."""
    if others == 0:
        yield (0, 0, 0, 0)
        return
    for level in range(1, CELLS):
        if level != besides:
            for rest in spreads(others - 1, besides):
                yield tuple(count + (place == level) for place, count in enumerate(rest, start=1))


def explains(table, candidate, joined, left, limits):
    gained = [max(0, now - then) for now, then in zip(table, candidate, strict=True)]
    lost = [max(0, then - now) for now, then in zip(table, candidate, strict=True)]
    if sum(gained) > joined or sum(lost) > left:
        return False  # somebody else has changed his mind too
    return not (hides_each(gained, joined, limits) and hides_each(lost, left, limits))


def hides_each(part, people, limits):
    """Nobody has come (or gone), or so many that their answers together hide each one's."""
    return people == 0 or (sum(part) >= limits.minimum and outside_the_largest(part) >= limits.dissent)


def release_value(parts, earlier, limits=Limits()):
    """One value of one person: (table or None, {relation: table} or {}).

    `parts`: {relation: table}; `earlier`: {relation, and None for the whole: [Earlier]}.
    """
    table = tuple(map(sum, zip(*parts.values(), strict=True)))
    if why_hidden(table, earlier.get(None, ()), limits):
        return None, {}
    if any(why_hidden(part, earlier.get(relation, ()), limits) for relation, part in parts.items()):
        return table, {}
    return table, dict(parts)


def texts_to_release(texts, answers, limits=Limits()):
    """All of them or none: a batch of too few would point to its writers."""
    enough = answers >= limits.minimum and len(texts) >= limits.texts
    return list(texts) if enough else []
