"""Charts drawn on the server: plain geometry for templates/components/*.svg, axis from zero, labels in words."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.formats import number_format

BAR_STEP, BAR_HEIGHT, BAR_ROOM = 60, 24, 520
LINE_WIDTH, LINE_HEIGHT, LEFT, TOP, BOTTOM = 640, 300, 52, 24, 44
SIDE = 40
COLOURS = ("#12436d", "#28a197", "#801650", "#f46a25")
MARKS = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True)
class Bar:
    """`kind` names a predikat ("baik") or "series-1" … "series-4"; coordinates are strings, so no locale touches them."""

    label: str
    value: Decimal
    text: str
    kind: str
    width: str
    text_y: str
    bar_y: str
    value_x: str
    value_y: str


@dataclass(frozen=True)
class BarChart:
    title: str
    subject: str
    unit: str
    bars: list[Bar]
    height: str


def bar_chart(rows, *, title, unit, subject="", top=None):
    """Horizontal bars. rows: (label, value, kind) tuples, at least one; `top` the full width's value (default: the largest)."""
    full = Decimal(top or max(value for _, value, _ in rows) or 1)
    bars = []
    for index, (label, value, kind) in enumerate(rows):
        width = BAR_ROOM * Decimal(value) / full
        base = index * BAR_STEP
        bars.append(
            Bar(
                label=label,
                value=value,
                text=f"{in_words(value)} {unit}".strip(),
                kind=kind,
                width=coordinate(width),
                text_y=str(base + 18),
                bar_y=str(base + 26),
                value_x=coordinate(width + 10),
                value_y=str(base + 44),
            )
        )
    return BarChart(title, subject, unit, bars, str(len(rows) * BAR_STEP))


@dataclass(frozen=True)
class Point:
    label: str
    text: str
    x: str
    y: str
    text_y: str


@dataclass(frozen=True)
class Line:
    label: str
    colour: str
    mark: str
    path: str
    points: list[Point]
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class LineChart:
    title: str
    subject: str
    unit: str
    labels: list[tuple[str, str]]
    ticks: list[tuple[str, str]]
    lines: list[Line] = field(default_factory=list)


def line_chart(labels, series, *, title, unit, top, subject=""):
    """Lines over time. labels: the periods; series: (name, values) pairs, at most four; a missing value is None and a gap."""
    if len(series) > len(COLOURS):
        raise ValueError("At most four lines can be told apart.")
    room = LINE_WIDTH - LEFT - SIDE
    across = [LEFT + SIDE + Decimal(room - SIDE) * i / max(len(labels) - 1, 1) for i in range(len(labels))]
    floor = LINE_HEIGHT - BOTTOM

    def height(value):
        return floor - (floor - TOP) * Decimal(value) / Decimal(top)

    lines = []
    for number, (name, values) in enumerate(series):
        points = [
            Point(label, in_words(value), coordinate(x), coordinate(height(value)), coordinate(height(value) - 14))
            for label, value, x in zip(labels, values, across, strict=True)
            if value is not None
        ]
        lines.append(
            Line(
                name,
                COLOURS[number],
                MARKS[number],
                path_through(values, across, height),
                points,
                [
                    (label, in_words(value) if value is not None else "tidak ada data")
                    for label, value in zip(labels, values, strict=True)
                ],
            )
        )
    ticks = [(in_words(Decimal(top) * part / 4), coordinate(height(Decimal(top) * part / 4))) for part in range(5)]
    return LineChart(
        title, subject, unit, list(zip(labels, map(coordinate, across), strict=True)), ticks, lines
    )


def path_through(values, across, height):
    """SVG path data; the pen is lifted over a missing value."""
    path = []
    for (before, value), x in zip(pairwise([None, *values]), across, strict=True):
        if value is not None:
            path.append(f"{'M' if before is None else 'L'}{coordinate(x)} {coordinate(height(value))}")
    return " ".join(path)


def coordinate(number):
    return str(Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP))


def in_words(value):
    """1234.5 → "1.234,5", without idle zeros."""
    plain = format(Decimal(value).normalize(), "f")
    decimals = len(plain.partition(".")[2])
    return number_format(plain, decimals, use_l10n=True, force_grouping=True)
