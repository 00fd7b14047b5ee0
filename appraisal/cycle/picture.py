"""The year as a picture drawn on the server: one row for each kind of window, months across, today as a line. Pure.

Places across are percentages, so that text keeps its size on a phone; they are strings, so that no locale
touches them.
"""

from dataclasses import dataclass
from datetime import date

from ambon_kinerja.charts import percent

from .calendar import MONTHS
from .queries import TITLES

ROW, BAR, TOP = 64, 18, 34
ORDER = ("planning", "documentation", "feedback", "evaluation", "annual")
COLOURS = {
    "planning": "#12436d",
    "documentation": "#28a197",
    "feedback": "#801650",
    "evaluation": "#f46a25",
    "annual": "#12436d",
}


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    y: str
    words: str


@dataclass(frozen=True)
class Row:
    label: str
    colour: str
    label_y: str
    bars: list
    note: str


@dataclass(frozen=True)
class Picture:
    title: str
    rows: list
    months: list  # (first letter, x of its line, x of its letter)
    today: str  # "" when today lies outside
    height: str
    floor: str


def picture_of(year, deadlines, today):
    """`deadlines`: the windows of the year (queries.Deadline), in any order, at least one."""
    first = date(year, 1, 1)
    last = max(date(year + 1, 1, 31), *(each.last_day for each in deadlines))
    span = (last - first).days + 1

    def place(day):
        return max(0, (day - first).days) * 100 / span

    rows = []
    for kind in ORDER:
        of_kind = [each for each in deadlines if each.kind == kind]
        if not of_kind:
            continue
        # Windows of one kind may overlap (documentation runs on after its month): each second one stands lower.
        y = TOP + len(rows) * ROW
        bars = [
            Bar(
                x=percent(place(each.first_day)),
                width=percent(max(0.6, place(each.last_day) - place(each.first_day) + 100 / span)),
                y=str(y + 24 + number % 2 * 10),
                words=f"{each.title}: {each.first_day:%d-%m-%Y} sampai {each.last_day:%d-%m-%Y}",
            )
            for number, each in enumerate(sorted(of_kind, key=lambda each: each.first_day))
        ]
        coming = next((each for each in deadlines if each.kind == kind and each.last_day >= today), None)
        note = f"berikutnya {coming.last_day:%d-%m-%Y}" if coming else "semua lewat"
        rows.append(Row(TITLES[kind], COLOURS[kind], str(y + 14), bars, note))
    months = []
    for number in range(1, 14):
        day = date(year + (number > 12), (number - 1) % 12 + 1, 1)
        months.append((MONTHS[day.month - 1][0], percent(place(day)), percent(place(day) + 50 / 13)))
    height = TOP + len(rows) * ROW
    inside = first <= today <= last
    return Picture(
        title=f"Masa dan tenggat tahun kinerja {year}",
        rows=rows,
        months=months,
        today=percent(place(today)) if inside else "",
        height=str(height),
        floor=str(height - 4),
    )
