"""The satisfaction index (IKM) of a service: PermenPANRB 14/2017, annex.

Index = 25 x the mean over the elements of the mean answer of each element. Whole numbers and
fractions all the way, one rounding (half up, two places) at the very end, then the grade.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt

from feedback.citizens.elements import Element

# The nine elements (unsur) in the order of the annex. Answers are kept by key, never by
# position: the printed questionnaire asks about sarana before pengaduan.
ELEMENTS = dict(Element.choices)
ANSWERS = (1, 2, 3, 4)
TO_HUNDRED = 25

# Table II of the annex: lowest converted index (NIK) of each grade, best first.
GRADES = (
    (Decimal("88.31"), "A", "Sangat baik"),
    (Decimal("76.61"), "B", "Baik"),
    (Decimal("65.00"), "C", "Kurang baik"),
    (Decimal("25.00"), "D", "Tidak baik"),
)
HIGHEST = Decimal("100.00")

# Weights printed on many old reports in place of 1/9; only for comparing with those.
COMPARISON_WEIGHTS = (Decimal("0.11"), Decimal("0.111"))
NORMAL_95 = Fraction("1.96")


@dataclass(frozen=True)
class Spread:
    """Respondents who answered `elements` questions: how many, the sum of their totals and of the squares of these."""

    elements: int
    respondents: int
    total: int
    squares: int


@dataclass(frozen=True)
class ElementResult:
    """`mean` on 1-4 with four places, `index` = 25 x the exact mean with two places."""

    count: int
    mean: Decimal | None
    index: Decimal | None


@dataclass(frozen=True)
class SatisfactionIndex:
    """`index` and `grade` are None unless every element has an answer.

    `respondents` is the largest number of answers to any one element. `unanswered` names
    the elements nobody answered. `interval` is (lowest, highest) at 95 %, or None where the
    spread of the respondents was not given or fewer than two answered.
    """

    index: Decimal | None
    grade: str | None
    by_element: dict[str, ElementResult]
    respondents: int
    unanswered: tuple[str, ...]
    interval: tuple[Decimal, Decimal] | None = None
    sums: dict = field(default_factory=dict, repr=False, compare=False)

    def without(self, element):
        """The same answers as if `element` had not been asked; for looking inside, never the official index."""
        if element not in self.sums:
            raise ValueError(f"Unsur tidak dikenal: {element}.")
        return _result({key: each for key, each in self.sums.items() if key != element}, None)

    @property
    def lines(self):
        """[(weight, index)] as reports with a rounded weight would print it; empty without an index."""
        if self.index is None:
            return []
        total = sum(Fraction(total, count) for total, count in self.sums.values())
        return [(weight, _rounded(total * Fraction(weight) * TO_HUNDRED, 2)) for weight in COMPARISON_WEIGHTS]


def satisfaction_index(answers, *, elements=ELEMENTS, spread=()):
    """`answers` is {element: {1: n, 2: n, 3: n, 4: n}}; a value not given counts 0.

    Each element is divided by its own number of answers, each weighs 1/len(elements). An
    element without a single answer gives no index at all: neither a zero nor a silent
    re-weighting. Unknown elements, values outside 1-4 and counts that are not whole numbers
    from 0 on are refused (ValueError with the reason in Indonesian). `elements` is what the
    questionnaire asked, {key: label}; `spread`, as Spread by number of questions, gives the
    interval.
    """
    return _result(_sums(answers, elements), interval(spread))


def _result(sums, bounds):
    by_element = {key: _element_result(*sums[key]) for key in sums}
    unanswered = tuple(key for key in sums if not sums[key][1])
    index = None if unanswered else _rounded(_mean(sums) * TO_HUNDRED, 2)
    return SatisfactionIndex(
        index=index,
        grade=None if unanswered else grade_for(index),
        by_element=by_element,
        respondents=max(count for _, count in sums.values()),
        unanswered=unanswered,
        interval=None if unanswered else bounds,
        sums=sums,
    )


def interval(spread):
    """(lowest, highest) of the mean of the respondents' own indices at 95 %, or None for fewer than two.

    A respondent's index is 25 x the mean of his answers. Exact up to the one rounding of the half width (half up, two
    places); the normal value 1.96 is used at every size, as SKM reports do.
    """
    people = sum(each.respondents for each in spread)
    if people < 2:
        return None
    total = sum(Fraction(TO_HUNDRED * each.total, each.elements) for each in spread if each.respondents)
    squares = sum(
        Fraction(TO_HUNDRED**2 * each.squares, each.elements**2) for each in spread if each.respondents
    )
    mean = total / people
    variance = (squares - people * mean**2) / (people - 1)
    width = _root(NORMAL_95**2 * variance / people)
    middle = _rounded(mean, 2)
    return max(middle - width, Decimal("25.00")), min(middle + width, HIGHEST)


def _root(square):
    """The square root with two places, half up, in whole numbers."""
    return Decimal(f"{(isqrt(floor(square * 40_000)) + 1) // 2}E-2")


def grade_for(index):
    """A to D for an index of 25 to 100 (Decimal, Fraction, int or text).

    Rounded half up to two places first, so that no index falls between the printed bounds
    (88,30 and 88,31). Raises ValueError outside 25 to 100.
    """
    if isinstance(index, float):
        raise TypeError("expected an exact number, got a float")
    rounded = _rounded(Fraction(index), 2)
    if rounded <= HIGHEST:
        for lowest, grade, _ in GRADES:
            if rounded >= lowest:
                return grade
    raise ValueError("Indeks harus antara 25 dan 100.")


def grade_label(grade):
    """The words of table II: "Sangat baik" for A to "Tidak baik" for D."""
    labels = {letter: label for _, letter, label in GRADES}
    if grade not in labels:
        raise ValueError(f"Mutu pelayanan tidak dikenal: {grade}.")
    return labels[grade]


def weighted(answers, weight="0.11", *, elements=ELEMENTS):
    """What a report with a rounded weight in place of 1/9 would print, or None.

    For reconciling old reports only: with 0.11 a perfect result is 99, not 100.
    """
    sums = _sums(answers, elements)
    if not all(count for _, count in sums.values()):
        return None
    total = sum(Fraction(total, count) for total, count in sums.values())
    return _rounded(total * Fraction(weight) * TO_HUNDRED, 2)


def _sums(answers, elements):
    """{element: (sum of the values, number of answers)}, checked."""
    unknown = sorted(str(key) for key in answers if key not in elements)
    if unknown:
        raise ValueError(f"Unsur tidak dikenal: {', '.join(unknown)}.")
    return {key: _sum(elements[key], answers.get(key, {})) for key in elements}


def _sum(label, counts):
    if not isinstance(counts, Mapping):
        raise ValueError(f"Jawaban unsur {label} harus dihitung per nilai.")
    for value, count in counts.items():
        if not _is_whole(value) or value not in ANSWERS:
            raise ValueError(f"Nilai jawaban unsur {label} harus 1 sampai 4; ada {value}.")
        if not _is_whole(count) or count < 0:
            raise ValueError(f"Jumlah jawaban unsur {label} harus bilangan bulat mulai dari 0; ada {count}.")
    return sum(value * count for value, count in counts.items()), sum(counts.values())


def _is_whole(number):
    return isinstance(number, int) and not isinstance(number, bool)


def _mean(sums):
    return sum(Fraction(total, count) for total, count in sums.values()) / len(sums)


def _element_result(total, count):
    if not count:
        return ElementResult(count=0, mean=None, index=None)
    mean = Fraction(total, count)
    return ElementResult(count, _rounded(mean, 4), _rounded(mean * TO_HUNDRED, 2))


def _rounded(number, places):
    """Half up, from the exact fraction."""
    return Decimal(f"{floor(number * 10**places + Fraction(1, 2))}E-{places}")
