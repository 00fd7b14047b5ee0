"""The figures of a quarter that plans and the register stand on: those that everybody may be told, and no others.

What is planned is published, so nothing may stand in a plan that the public page of the same quarter hides.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from feedback.results.published.pages import shown_for

LOWEST_FOLLOWED_UP = 3


@dataclass(frozen=True)
class ElementLine:
    key: str
    label: str
    count: int
    index: Decimal


@dataclass(frozen=True)
class Told:
    """`index` is None and `elements` empty where the elements are not told; `is_final` once the quarter is locked."""

    respondents: int = 0
    index: Decimal | None = None
    elements: dict = field(default_factory=dict)  # key → ElementLine
    is_final: bool = False

    @property
    def lowest(self):
        """The three elements to mend first (PermenPANRB 14/2017)."""
        lines = sorted(self.elements.values(), key=lambda line: (line.index, line.label))
        return lines[:LOWEST_FOLLOWED_UP]


def told_in(quarter, *, service=None, unit=None):
    """What is told of a service, or of a unit with all below it, in a quarter."""
    shown = shown_for(quarter, service=service, unit=unit)
    if not shown.figure["elements"]:
        return Told(is_final=shown.is_final)
    lines = {
        line["key"]: ElementLine(line["key"], line["label"], line["count"], Decimal(line["index"]))
        for line in shown.figure["elements"]
    }
    return Told(shown.figure["respondents"], shown.index, lines, shown.is_final)
