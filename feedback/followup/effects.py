"""What the index of an element was before and after a solution was tried. Pure but for its caller's counts.

Whole quarters only, the same that the public pages show: a window of one's own choosing, taken from a published one,
would tell what a few people answered.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from math import floor

from feedback.results.disclosure import Disclosure, may_show
from feedback.results.periods import quarter_of
from feedback.results.sample import NORMAL_95

CENT = Decimal("0.01")
LOWEST, HIGHEST = Decimal(25), Decimal(100)
MOST_QUARTERS = 4
TOO_FEW = "Belum cukup jawaban"
WAITING = "Belum ada triwulan yang selesai sesudah solusi dimulai."
UNKNOWN = "Perubahan belum dapat dibandingkan: jawaban pada salah satu triwulan belum cukup."
OVERLAP = "Selang kedua triwulan bertumpang. Perbedaannya dapat terjadi karena kebetulan, maka belum dapat disebut perubahan."
NO_PROOF = (
    " Ini tidak membuktikan bahwa solusinya yang menyebabkannya: hal lain dapat berubah pada waktu yang sama."
)
RISEN = "Indeks sesudahnya lebih tinggi dan selangnya tidak bertumpang." + NO_PROOF
FALLEN = "Indeks sesudahnya lebih rendah dan selangnya tidak bertumpang." + NO_PROOF


@dataclass(frozen=True)
class Figure:
    """The element in one quarter; without enough answers `index`, `low` and `high` are None, `count` 0 below 5."""

    quarter: object
    count: int
    index: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def words(self):
        return "" if self.index is not None else TOO_FEW


def mean_and_interval(counts):
    """(index, low, high) of {1: n, … 4: n} on 25–100, with the 95 % interval rounded outwards; two answers at least."""
    n = sum(counts.values())
    mean = Fraction(sum(value * count for value, count in counts.items()), n)
    spread = sum((value - mean) ** 2 * count for value, count in counts.items()) / (n - 1)
    variance = Decimal(spread.numerator) / Decimal(spread.denominator) / n
    half = NORMAL_95 * variance.sqrt() * 25
    index = Decimal(floor(mean * 2500 + Fraction(1, 2))).scaleb(-2)
    exact = Decimal(mean.numerator * 25) / Decimal(mean.denominator)
    return (
        index,
        max(LOWEST, (exact - half).quantize(CENT, ROUND_FLOOR)),
        min(HIGHEST, (exact + half).quantize(CENT, ROUND_CEILING)),
    )


def figure_of(quarter, counts):
    n = sum(counts.values())
    level = may_show(n)
    if level < Disclosure.ESTIMATE:
        return Figure(quarter, n if level == Disclosure.COUNT else 0)
    return Figure(quarter, n, *mean_and_interval(counts))


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
