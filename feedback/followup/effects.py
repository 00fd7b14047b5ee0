"""What the index of an element was before and after a solution was tried. Pure.

Whole quarters only, by the figures of the public pages: a window of one's own choosing, taken from a published one,
would tell what a few people answered. The interval is made of the published number and mean alone, with the widest
spread that such a mean can have, so that it gives nothing more away either; it is wider than need be, never narrower.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from feedback.results.sample import NORMAL_95
from feedback.services.periods import quarter_of

CENT = Decimal("0.01")
LOWEST, HIGHEST = Decimal(25), Decimal(100)
MOST_QUARTERS = 4
TOO_FEW = "Belum cukup jawaban"
WAITING = "Belum ada triwulan yang selesai sesudah solusi dimulai."
UNKNOWN = "Perubahan belum dapat dibandingkan: jawaban pada salah satu triwulan belum cukup."
OVERLAP = (
    "Selang kedua triwulan bertumpang. Perbedaannya dapat kebetulan, maka belum dapat disebut perubahan."
)
NO_PROOF = (
    " Ini tidak membuktikan bahwa solusinya yang menyebabkannya: hal lain dapat berubah pada waktu yang sama."
)
RISEN = "Indeks sesudahnya lebih tinggi dan selangnya tidak bertumpang." + NO_PROOF
FALLEN = "Indeks sesudahnya lebih rendah dan selangnya tidak bertumpang." + NO_PROOF


@dataclass(frozen=True)
class Figure:
    """The element in one quarter; `index`, `low` and `high` are None where too few answered to be told."""

    quarter: object
    count: int = 0
    index: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def words(self):
        return "" if self.index is not None else TOO_FEW


def widest_interval(index, count):
    """(low, high) on 25–100, outwards: 95 % around a mean of `count` answers, at the largest spread it allows."""
    spread = ((index - LOWEST) * (HIGHEST - index) / count).sqrt()
    half = NORMAL_95 * spread
    low, high = (index - half).quantize(CENT, ROUND_FLOOR), (index + half).quantize(CENT, ROUND_CEILING)
    return max(LOWEST, low), min(HIGHEST, high)


def figure_of(quarter, line):
    """`line` is the published line of the element (count, index), or None."""
    if line is None or line.index is None:
        return Figure(quarter)
    return Figure(quarter, line.count, line.index, *widest_interval(line.index, line.count))


def quarters_around(starts_on, today):
    """(the last whole quarter before the solution, the finished whole quarters since it began, four at most)."""
    first = quarter_of(starts_on)
    before = first.preceding()
    quarter = first if first.start == starts_on else first.following()
    after = []
    while quarter.end < today and len(after) < MOST_QUARTERS:
        after.append(quarter)
        quarter = quarter.following()
    return before, after


@dataclass(frozen=True)
class Effect:
    before: Figure
    after: tuple

    @property
    def figures(self):
        return (self.before, *self.after)

    @property
    def verdict(self):
        """What the figures allow to say, never more."""
        if not self.after:
            return WAITING
        last = self.after[-1]
        if self.before.index is None or last.index is None:
            return UNKNOWN
        if last.low > self.before.high:
            return RISEN
        return FALLEN if last.high < self.before.low else OVERLAP
