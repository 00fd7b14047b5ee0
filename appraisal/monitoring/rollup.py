"""What the lines of progress add up to: a suggestion for the realisation, taken over only by a person. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from appraisal.planning.figures import written

SHARES = ("%", "persen", "persentase", "indeks", "nilai", "skor")


@dataclass(frozen=True)
class Suggestion:
    value: Decimal
    words: str


def adds_up(indicator):
    """Do amounts of several days make one sum? Pieces do; shares, grades and durations do not."""
    aspects = indicator.aspect.split("+")
    return ("quantity" in aspects or "cost" in aspects or not indicator.aspect) and not any(
        indicator.unit.strip().lower().startswith(word) for word in SHARES
    )


def suggestion_from(indicator, entries):
    """From the lines with an amount for this indicator, newest first; None when there is none."""
    counted = [entry for entry in entries if entry.indicator_id == indicator.pk and entry.amount is not None]
    if not counted:
        return None
    if adds_up(indicator):
        value = sum((entry.amount for entry in counted), Decimal(0))
        return Suggestion(value, f"{written(value)} {indicator.unit}, jumlah dari {len(counted)} catatan")
    newest = counted[0]
    return Suggestion(newest.amount, f"{written(newest.amount)} {indicator.unit}, dari catatan terakhir")
