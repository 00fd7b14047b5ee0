"""The figures of a quarter that plans and the register stand on: those that everybody may be told, and no others.

What is planned is published, so nothing may stand in a plan that the public page of the same quarter hides.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from feedback.results.disclosure import LEAST_ELEMENTS
from feedback.results.index import ELEMENTS
from feedback.results.presenting import ElementLine
from feedback.results.queries import index_of

LOWEST_FOLLOWED_UP = 3


@dataclass(frozen=True)
class Shown:
    """`index` is None and `elements` empty where the elements may not be told."""

    respondents: int = 0
    index: Decimal | None = None
    elements: dict = field(default_factory=dict)  # key → ElementLine

    @property
    def lowest(self):
        """The three elements to mend first (PermenPANRB 14/2017)."""
        lines = sorted(self.elements.values(), key=lambda line: (line.index, line.label))
        return lines[:LOWEST_FOLLOWED_UP]


def shown_in(quarter, *, service=None, unit=None):
    """What may be told of a service, or of a unit with all below it, in a quarter."""
    result = index_of(service=service, unit=unit, start=quarter.start, end=quarter.end)
    if result.index is None or min(line.count for line in result.by_element.values()) < LEAST_ELEMENTS:
        return Shown()
    lines = {
        key: ElementLine(key, label, result.by_element[key].count, result.by_element[key].index)
        for key, label in ELEMENTS.items()
    }
    return Shown(result.respondents, result.index, lines)
