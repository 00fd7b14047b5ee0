"""The picture of the distribution that goes with an achievement (PermenPANRB 6/2022, pages 94–97). Pure.

A curve over the five predikat, worst first, whose top lies over the one that matches the achievement: the regulation
draws it so and gives no figures.
"""

from dataclasses import dataclass
from itertools import pairwise

from ..matrix import Predikat

ORDER = tuple(reversed(Predikat))
PEAKS = {
    "istimewa": Predikat.SANGAT_BAIK,
    "baik": Predikat.BAIK,
    "butuh_perbaikan": Predikat.BUTUH_PERBAIKAN,
    "kurang": Predikat.KURANG,
    "sangat_kurang": Predikat.SANGAT_KURANG,
}
FALLS = (100, 55, 24, 10, 5)  # height over a predikat by its distance from the top
STEP, FLOOR, HEIGHT = 60, 96, 80


@dataclass(frozen=True)
class Pattern:
    """`path` is the curve for SVG; `marks` (x, words of the predikat in lines, whether the top is there)."""

    words: str
    path: str
    marks: tuple


def pattern_for(level):
    top = PEAKS[level]
    place = ORDER.index(top)
    points = [
        (STEP // 2 + STEP * number, FLOOR - FALLS[abs(number - place)] * HEIGHT // 100)
        for number in range(len(ORDER))
    ]
    marks = tuple(
        (x, predikat.label.split("/")[0], predikat == top)
        for (x, _), predikat in zip(points, ORDER, strict=True)
    )
    return Pattern(f"Idealnya sebagian besar pegawai berpredikat {top.label}.", curve(points), marks)


def curve(points):
    """A smooth line through the points: each bend leaves and enters level."""
    parts = [f"M{points[0][0]},{points[0][1]}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        middle = (x + next_x) // 2
        parts.append(f"C{middle},{y} {middle},{next_y} {next_x},{next_y}")
    return " ".join(parts)
