"""Achievement of an indicator in percent: help for the appraiser, never the predikat itself.

The formulas are those of PermenPANRB 8/2021 pages 99-110, which practice still uses beside
PermenPANRB 6/2022: higher is better r/t, lower is better 2 - r/t, and for a target range the
bound that was missed or passed.
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor

LARGEST_EXPONENT = 15
SMALLEST_EXPONENT = -12


def achievement(*, target, realised, lower_is_better=False):
    """Percent as a Decimal with two places, rounded half up; None while nothing is realised.

    `target` is one figure or a (low, high) pair; anywhere inside the pair, its bounds
    included, is 100. Figures are Decimal, int or text that reads as a Decimal; a float is
    refused because it is not the number that was typed. The result never falls below 0:
    with lower-is-better, twice the target and more is 0.

    A target of 0 has no ratio. When lower is better it is met (100) by 0 or less and missed
    (0) by anything more. When higher is better it is refused. All refusals are ValueError
    with the reason in Indonesian.
    """
    low, high = _bounds(target)
    if not lower_is_better and high == 0:
        raise ValueError("Target 0 hanya dapat dipakai bila makin rendah makin baik.")
    if realised is None:
        return None
    reached = _figure(realised, "Realisasi")
    if low <= reached <= high:
        return _two_places(Fraction(100))
    bound = high if reached > high else low
    return _two_places(max(_ratio(bound, reached, lower_is_better), Fraction(0)) * 100)


def formula_in_words(*, target, realised, lower_is_better=False):
    """How the percent of these figures comes about, in Indonesian."""
    low, high = _bounds(target)
    if realised is None:
        return "Realisasi belum ada, maka capaian belum dihitung."
    reached = _figure(realised, "Realisasi")
    if low < high and low <= reached <= high:
        return f"Realisasi {realised} berada dalam rentang target, maka capaian 100%."
    bound = high if reached > high else low
    if bound == 0:
        return "Target 0: terpenuhi berarti 100%, terlampaui berarti 0%."
    name = "target"
    if low < high:
        name = "batas atas target" if reached > high else "batas bawah target"
    if lower_is_better:
        return f"Makin rendah makin baik: (2 − realisasi ÷ {name}) × 100%, paling rendah 0%."
    return f"Makin tinggi makin baik: realisasi ÷ {name} × 100%."


def _ratio(bound, reached, lower_is_better):
    if bound == 0:
        return Fraction(1 if lower_is_better and reached < 0 else 0)
    return 2 - reached / bound if lower_is_better else reached / bound


def _bounds(target):
    if not isinstance(target, tuple | list):
        target = (target, target)
    if len(target) != 2:
        raise ValueError("Rentang target harus berisi batas bawah dan batas atas.")
    low, high = (_figure(bound, "Target") for bound in target)
    if low < 0:
        raise ValueError("Target tidak boleh kurang dari 0.")
    if low > high:
        raise ValueError("Batas bawah target tidak boleh melebihi batas atasnya.")
    return low, high


def _figure(value, name):
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ValueError(f"{name} harus berupa bilangan.")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{name} harus berupa bilangan; yang tertulis “{value}”.") from None
    if not number.is_finite():
        raise ValueError(f"{name} harus berupa bilangan biasa.")
    exponent = number.as_tuple().exponent
    if number.adjusted() > LARGEST_EXPONENT or exponent < SMALLEST_EXPONENT:
        raise ValueError(f"{name} terlalu besar atau terlalu panjang.")
    return Fraction(number)


def _two_places(number):
    """Half up, from the exact fraction: one rounding only."""
    return Decimal(f"{floor(number * 100 + Fraction(1, 2))}E-2")
