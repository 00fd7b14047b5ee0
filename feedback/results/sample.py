"""How many people to ask: the table of Krejcie and Morgan that SKM reports use."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

CHI_SQUARE = Fraction("3.841")  # one degree of freedom, 5 %
SHARE = Fraction(1, 2)
MARGIN = Fraction("0.05")
NORMAL_95 = Decimal("1.96")


def sample_size(population):
    """Respondents needed for so many service users of the period, nearest whole number.

    0 users need nobody. A negative or broken number is refused (ValueError, Indonesian).
    """
    if not isinstance(population, int) or isinstance(population, bool) or population < 0:
        raise ValueError("Jumlah pengguna layanan harus bilangan bulat mulai dari 0.")
    spread = CHI_SQUARE * SHARE * (1 - SHARE)
    size = spread * population / (MARGIN**2 * (population - 1) + spread)
    return floor(size + Fraction(1, 2))


def half_width(values):
    """Half the 95 % interval of the mean of `values`, two places; None for fewer than two.

    `values` are the respondents' own indices (Decimal or int). The normal value 1.96 is used
    at every size, as SKM reports do.
    """
    values = [Decimal(value) for value in values]
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    width = NORMAL_95 * (variance / len(values)).sqrt()
    return width.quantize(Decimal("0.01"), ROUND_HALF_UP)
