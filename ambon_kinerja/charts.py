"""Charts drawn on the server: plain geometry for templates/components/*.svg, axis from zero, labels in words.

Places across are percentages, so that text keeps its size on a phone; they are strings, so that no locale
touches them.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from textwrap import wrap

from django.utils.formats import number_format

BAR_STEP, LABEL_STEP = 62, 20
LABEL_LETTERS = 23  # as many as stand beside the number on a screen 320 px wide
LINE_TOP, LINE_FLOOR = 36, 250
FIRST, LAST = 14, 92
COLOURS = ("#12436d", "#28a197", "#801650", "#f46a25")
MARKS = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True)
class Bar:
    """`kind` names a predikat ("baik") or "series-1" … "series-4"; `lines`: (words, y) of the label."""

    label: str
    text: str
    kind: str
    width: str
    lines: list[tuple[str, str]]
    label_y: str
    bar_y: str


@dataclass(frozen=True)
class BarChart:
    title: str
    subject: str
    unit: str
    bars: list[Bar]
    height: str


def bar_chart(rows, *, title, unit, subject="", top=None):
    """Horizontal bars. rows: (label, value, kind), at least one; `top`: the full width (else the largest)."""
    full = exact(top or max(value for _, value, _ in rows) or 1)
    bars, top_y = [], 0
    for label, value, kind in rows:
        lines = [(words, str(top_y + 18 + place * LABEL_STEP)) for place, words in enumerate(split(label))]
        bars.append(
            Bar(
                label=label,
                text=f"{in_words(value)} {unit}".strip(),
                kind=kind,
                width=percent(exact(value) / full * 100),
                lines=lines,
                label_y=lines[-1][1],
                bar_y=str(int(lines[-1][1]) + 9),
            )
        )
        top_y += BAR_STEP + (len(lines) - 1) * LABEL_STEP
    return BarChart(title, subject, unit, bars, str(top_y - 8))


def split(label):
    """The lines of a label; SVG folds no text by itself."""
    return wrap(label, LABEL_LETTERS) or [""]


@dataclass(frozen=True)
class Point:
    text: str
    x: str
    y: str
    text_y: str


@dataclass(frozen=True)
class Line:
    """`strokes`: pairs of neighbouring points; `cells`: (period, words) for the table."""

    label: str
    colour: str
    mark: str
    points: list[Point]
    strokes: list[tuple[Point, Point]]
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class LineChart:
    title: str
    subject: str
    unit: str
    labels: list[tuple[str, str]]
    ticks: list[tuple[str, str]]
    lines: list[Line]


def line_chart(labels, series, *, title, unit, top, subject=""):
    """Lines over time. labels: the periods; series: (name, values), at most four; None is a gap.

    `top` is the value of the topmost grid line. Raises ValueError for a fifth line.
    """
    if len(series) > len(COLOURS):
        raise ValueError("At most four lines can be told apart.")
    step = Decimal(LAST - FIRST) / max(len(labels) - 1, 1)
    across = [percent(FIRST + step * index) for index in range(len(labels))]
    highest = [
        max((exact(value) for value in values if value is not None), default=None)
        for values in zip(*(values for _, values in series), strict=True)
    ]
    lines = []
    for (name, values), colour, mark in zip(series, COLOURS, MARKS, strict=False):
        points = [
            None if value is None else point_at(exact(value), x, top=top, below=exact(value) < most)
            for value, x, most in zip(values, across, highest, strict=True)
        ]
        strokes = [(a, b) for a, b in pairwise(points) if a and b]
        words = ["tidak ada data" if value is None else in_words(value) for value in values]
        cells = list(zip(labels, words, strict=True))
        lines.append(Line(name, colour, mark, [point for point in points if point], strokes, cells))
    ticks = [(in_words(exact(top) * part / 4), height(exact(top) * part / 4, top=top)) for part in range(5)]
    return LineChart(title, subject, unit, list(zip(labels, across, strict=True)), ticks, lines)


def point_at(value, x, *, top, below):
    y = height(value, top=top)
    return Point(in_words(value), x, y, tenth(Decimal(y) + (26 if below else -14)))


def height(value, *, top):
    return tenth(LINE_FLOOR - (LINE_FLOOR - LINE_TOP) * value / exact(top))


def percent(number):
    return f"{tenth(number)}%"


def tenth(number):
    return str(Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP))


def exact(number):
    return Decimal(str(number))


def in_words(value):
    """With the places it comes with, at most two, as a table writes it: 1234.5 → "1.234,5", "89.00" → "89,00"."""
    number = exact(value)
    places = min(max(-number.as_tuple().exponent, 0), 2)
    plain = format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return number_format(plain, places, use_l10n=True, force_grouping=True)
