"""Which share of the rated results stands on evidence, and over which months it spreads. Pure.

A result without any data is counted as such: never as zero, and the share is never taken of the others alone.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from appraisal.cycle.calendar import MONTHS

STANDS, BARE, NO_DATA = "stands", "bare", "no_data"
WORDS = {
    STANDS: "Berdiri di atas bukti yang dirujuk",
    BARE: "Tanpa bukti yang dirujuk",
    NO_DATA: "Tidak ada data",
}


@dataclass(frozen=True)
class Standing:
    """One result: the hashes and days of the evidence cited for it, and whether anything at all was recorded."""

    cited: tuple = ()  # of (hash, day)
    has_data: bool = True


@dataclass(frozen=True)
class Coverage:
    states: tuple  # one of STANDS, BARE, NO_DATA for each result
    months: tuple  # ((year, month), pieces of evidence), the months of the period without any included

    @property
    def total(self):
        return len(self.states)

    def count(self, state):
        return self.states.count(state)

    @property
    def standing(self):
        return self.count(STANDS)

    @property
    def percent(self):
        return percent_of(self.standing, self.total)

    @property
    def month_words(self):
        """[("Juli", 2)]"""
        return [(MONTHS[month - 1], count) for (_, month), count in self.months]

    @property
    def parts(self):
        """[(state, words, count, percent)] of those that occur, for the bar and its table."""
        return [
            (state, words, self.count(state), percent_of(self.count(state), self.total))
            for state, words in WORDS.items()
            if self.count(state)
        ]


def percent_of(part, total):
    """Whole percents, half up; 0 of nothing."""
    return floor(Fraction(100 * part, total) + Fraction(1, 2)) if total else 0


def coverage_of(standings, *, starts_on, ends_on):
    """`standings` in the order of the results. The same hash counts once, for the first result that cites it."""
    counted, states, by_month = set(), [], Counter()
    for standing in standings:
        new = {key: day for key, day in standing.cited if key not in counted}
        counted |= set(new)
        by_month.update((day.year, day.month) for day in new.values())
        states.append(STANDS if new else BARE if standing.has_data else NO_DATA)
    months = tuple((month, by_month[month]) for month in months_between(starts_on, ends_on))
    return Coverage(tuple(states), months)


def months_between(starts_on, ends_on):
    first, last = starts_on.year * 12 + starts_on.month - 1, ends_on.year * 12 + ends_on.month - 1
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]
