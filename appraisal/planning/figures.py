"""Numbers as people here write them: 1.234,5. Pure.

A comma is always the decimal mark. Dots that part groups of three digits are thousands: 1.234 is more than a
thousand. Any other single dot is read as a decimal mark (1234.5), because the keyboards of phones offer it.
"""

import re
from decimal import Decimal

DIGITS = re.compile(r"^(\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$", re.ASCII)
DECIMAL_DOT = re.compile(r"^(\d+)\.(\d+)$", re.ASCII)


class NotANumber(ValueError):
    """`str()` is the reason in plain Indonesian."""


def read_number(text, *, most_digits=12, most_places=2):
    """The Decimal that `text` means. Raises NotANumber, also for a sign, an exponent, or digits of other scripts."""
    text = text.strip()
    if text.startswith(("-", "−")):
        raise NotANumber("Isi angka 0 atau lebih.")
    match = DIGITS.match(text) or DECIMAL_DOT.match(text)
    if match is None:
        raise NotANumber("Tulis angka seperti 1.234,5.")
    whole, places = match[1].replace(".", ""), match[2] or ""
    if len(whole.lstrip("0")) > most_digits:
        raise NotANumber(f"Isi angka paling banyak {most_digits} digit.")
    if len(places) > most_places:
        raise NotANumber(f"Isi paling banyak {most_places} angka di belakang koma.")
    return Decimal(f"{whole}.{places or 0}")


def written(value):
    """A Decimal as it is read here: "1.234,5", without empty decimals; "" for None."""
    if value is None:
        return ""
    whole, _, places = f"{abs(Decimal(value)):f}".partition(".")
    sign, places = "−" if value < 0 else "", places.rstrip("0")
    return f"{sign}{int(whole):,}".replace(",", ".") + (f",{places}" if places else "")


def target_in_words(indicator):
    """The target as a reader wants it, e.g. "480 orang", "paling banyak 8 komplain", "90–100%", or its words."""
    if indicator.target_low is None:
        return indicator.target_text
    unit = indicator.unit if indicator.unit.startswith("%") else f" {indicator.unit}".rstrip()
    if indicator.direction == "range":
        return f"{written(indicator.target_low)}–{written(indicator.target_high)}{unit}"
    amount = f"{written(indicator.target_low)}{unit}"
    return f"paling banyak {amount}" if indicator.direction == "lower" else amount
