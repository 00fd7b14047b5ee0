"""The smallest changes that would have changed a predikat. Pure; it knows the ratings of one person and nothing else.

A step moves one rating one level up. Results count through the suggestion where the appraiser followed it; where he
departed from it, his own rating of the results is what moves. It explains the rules, it promises nothing.
"""

from dataclasses import dataclass
from itertools import product

from ..matrix import PREDIKAT, Predikat, Rating, predikat_for
from ..suggestion import suggested_rating

LEVELS = (Rating.BELOW, Rating.MEETS, Rating.ABOVE)
ORDER = (
    Predikat.SANGAT_KURANG,
    Predikat.KURANG,
    Predikat.BUTUH_PERBAIKAN,
    Predikat.BAIK,
    Predikat.SANGAT_BAIK,
)
MAIN, ADDITIONAL, WORK, BEHAVIOUR = "main", "additional", "work", "behaviour"
NAMES = {MAIN: "hasil kerja utama", ADDITIONAL: "hasil kerja tambahan"}


@dataclass(frozen=True)
class Move:
    """`count` ratings of one kind from one level to a higher one."""

    kind: str
    before: Rating
    after: Rating
    count: int = 1

    @property
    def words(self):
        levels = f"dari {low(self.before)} menjadi {low(self.after)}"
        if self.kind == WORK:
            return f"rating hasil kerja keseluruhan {levels}"
        if self.kind == BEHAVIOUR:
            return f"rating perilaku kerja {levels}"
        return f"{self.count} {NAMES[self.kind]} {levels}"


@dataclass(frozen=True)
class Change:
    """Moves that together change the predikat; `steps` counts levels."""

    moves: tuple
    predikat: Predikat
    steps: int

    @property
    def words(self):
        text = ", dan ".join(move.words for move in self.moves)
        return f"{text[0].upper()}{text[1:]}: predikat menjadi {self.predikat.label}."


def low(rating):
    return rating.label.lower()


def smallest_changes(*, main, additional=(), work, behaviour):
    """Every Change of fewest steps that gives a better predikat, or [] for the best; `work` is the decided rating."""
    work, behaviour = Rating(work), Rating(behaviour)
    main, additional = [Rating(each) for each in main], [Rating(each) for each in additional]
    now = predikat_for(work=work, behaviour=behaviour)
    if now == ORDER[-1]:
        return []
    follows = bool(main) and suggested_rating(main=main, additional=additional).rating == work
    ways = ways_of_results(main, additional) if follows else ways_of(WORK, [work])
    found, fewest = [], None
    for moves, steps, after in sorted(ways, key=lambda way: way[1]):
        if fewest is not None and steps > fewest:
            break
        for higher in LEVELS[LEVELS.index(behaviour) :]:
            more = LEVELS.index(higher) - LEVELS.index(behaviour)
            total = steps + more
            predikat = PREDIKAT[after, higher]
            if ORDER.index(predikat) <= ORDER.index(now) or (fewest is not None and total > fewest):
                continue
            if fewest is None or total < fewest:
                found, fewest = [], total
            extra = (Move(BEHAVIOUR, behaviour, higher),) if more else ()
            found.append(Change((*moves, *extra), predikat, total))
    return found


def ways_of_results(main, additional):
    """(moves, steps, rating of the results then) of every way to raise some of the results."""
    for on_main, on_additional in product(raises(MAIN, main), raises(ADDITIONAL, additional)):
        after = suggested_rating(main=on_main[2], additional=on_additional[2]).rating
        yield (*on_main[0], *on_additional[0]), on_main[1] + on_additional[1], after


def ways_of(kind, ratings):
    for moves, steps, after in raises(kind, ratings):
        yield moves, steps, after[0]


def raises(kind, ratings):
    """(moves, steps, ratings then) of every way to raise some of these: which ones does not matter, only how many."""
    below, meets, above = (ratings.count(level) for level in LEVELS)
    for one, two in product(range(below + 1), repeat=2):
        if one + two > below:
            continue
        for up in range(meets + 1):
            moves = (
                (Rating.BELOW, Rating.MEETS, one),
                (Rating.BELOW, Rating.ABOVE, two),
                (Rating.MEETS, Rating.ABOVE, up),
            )
            counts = (below - one - two, meets + one - up, above + two + up)
            then = [level for level, count in zip(LEVELS, counts, strict=True) for _ in range(count)]
            yield tuple(Move(kind, *move) for move in moves if move[2]), one + 2 * two + up, then
