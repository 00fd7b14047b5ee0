"""The public figures about objections: counts an agency and a year, and which of them may be shown. Pure but for rows.

The floor is that of open reports (docs/adr/0009): nothing is said of fewer than ten cases, and no part of them is
smaller than three unless it is nought. What stays hidden cannot be found by subtraction either.
"""

from dataclasses import dataclass
from statistics import median

SMALLEST_TABLE = 10
SMALLEST_PART = 3
PARTS = ("upheld", "changed", "withdrawn", "open")


@dataclass(frozen=True)
class Counts:
    """`days` are the working days until each decision."""

    upheld: int = 0
    changed: int = 0
    withdrawn: int = 0
    open: int = 0
    days: tuple = ()

    @property
    def filed(self):
        return sum(getattr(self, part) for part in PARTS)

    def plus(self, other):
        return Counts(
            *(getattr(self, part) + getattr(other, part) for part in PARTS), days=(*self.days, *other.days)
        )


@dataclass(frozen=True)
class Shown:
    """A line of the table; None stands for what may not be shown."""

    name: str
    filed: int | None = None
    upheld: int | None = None
    changed: int | None = None
    withdrawn: int | None = None
    open: int | None = None
    median_days: int | None = None


def is_fine(counts):
    return all(not getattr(counts, part) or getattr(counts, part) >= SMALLEST_PART for part in PARTS)


def line(name, counts, *, with_parts):
    if counts.filed < SMALLEST_TABLE:
        return Shown(name)
    if not with_parts:
        return Shown(name, filed=counts.filed)
    days = round(median(counts.days)) if len(counts.days) >= SMALLEST_PART else None
    parts = {part: getattr(counts, part) for part in PARTS}
    return Shown(name, filed=counts.filed, median_days=days, **parts)


def table_of(by_agency):
    """(lines by agency, the line of the city) of {name of agency: Counts}.

    The agencies that are hidden are together a group of their own: when that is too small, the smallest shown one is
    hidden as well, and the parts of the city are shown only when the hidden parts are large enough.
    """
    whole = total(by_agency.values())
    shown = {name for name, counts in by_agency.items() if counts.filed >= SMALLEST_TABLE}
    while shown and 0 < total(rest(by_agency, shown)).filed < SMALLEST_TABLE:
        shown.remove(min(shown, key=lambda name: (by_agency[name].filed, name)))
    detailed = {name for name in shown if is_fine(by_agency[name])}
    while detailed and not is_fine(total(rest(by_agency, detailed))):
        detailed.remove(min(detailed, key=lambda name: (by_agency[name].filed, name)))
    lines = [
        line(name, by_agency[name], with_parts=name in detailed) if name in shown else Shown(name)
        for name in sorted(by_agency)
    ]
    return lines, line("Kota Ambon", whole, with_parts=is_fine(whole))


def rest(by_agency, shown):
    return [counts for name, counts in by_agency.items() if name not in shown]


def total(many):
    whole = Counts()
    for counts in many:
        whole = whole.plus(counts)
    return whole
