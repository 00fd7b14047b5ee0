"""May this number be shown? A number without enough voices behind it is not.

House rule, not law: no regulation sets a minimum. One respondent with nine fours would
otherwise publish a perfect 100.
"""

from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from math import floor

PRIOR_WEIGHT = 20


class Disclosure(IntEnum):
    """How much a page may say, in growing order; each level includes the ones below it."""

    NOTHING = 0
    COUNT = 1
    ESTIMATE = 2  # shrunk mean and interval, no grade
    GRADE = 3


# Smallest number of answers for each level.
MINIMUM = (
    (30, Disclosure.GRADE),
    (10, Disclosure.ESTIMATE),
    (5, Disclosure.COUNT),
    (0, Disclosure.NOTHING),
)


def may_show(count):
    """The level for `count` respondents. A negative count is refused (ValueError)."""
    for smallest, level in MINIMUM:
        if count >= smallest:
            return level
    raise ValueError("Jumlah responden tidak boleh kurang dari 0.")


def shrunk_mean(values_sum, n, unit_mean, k=PRIOR_WEIGHT):
    """(sum + k x mean of the unit) / (n + k), two places, half up.

    As if `k` average voices of the unit had answered too. Shown beside the raw mean, never
    used for the official index. Figures are int, Decimal or text; no floats (TypeError).
    """
    if isinstance(values_sum, float) or isinstance(unit_mean, float):
        raise TypeError("expected exact numbers, got a float")
    if n < 0 or k < 0 or n + k == 0:
        raise ValueError("Jumlah responden tidak boleh kurang dari 0.")
    mean = (Fraction(values_sum) + k * Fraction(unit_mean)) / (n + k)
    return Decimal(f"{floor(mean * 100 + Fraction(1, 2))}E-2")
