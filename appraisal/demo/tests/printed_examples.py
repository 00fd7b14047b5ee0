"""What the pages are to show of a worked example: its words in the shape in which `reading_pages` finds them."""

from appraisal.planning.models import Indicator

from .reading_pages import loosely

HEADINGS = {"main": "A. Utama", "additional": "B. Tambahan"}


def as_printed(plan):
    """What `results_of` is to find."""
    found = []
    for result in plan.results:
        indicators = [
            (one.statement, loosely(one.target.in_words()) if one.target else "", label_of(one))
            for one in result.indicators
        ]
        above = [text for text in (result.superior_result, result.superior_indicator) if text]
        found.append((HEADINGS[result.kind], result.statement, result.assigned_by, above, indicators))
    return found


def told(plan):
    """What `narrative_of` is to find."""
    return [
        (
            HEADINGS[result.kind],
            result.statement,
            result.assigned_by,
            [
                f"{one.statement} ({label_of(one)})" if one.perspective else one.statement
                for one in result.indicators
            ],
        )
        for result in plan.results
    ]


def label_of(indicator):
    if indicator.perspective:
        return Indicator.Perspective(indicator.perspective).label
    return Indicator.Aspect(indicator.aspect).label if indicator.aspect else ""
