"""Targets and amounts as the regulation prints them, and the numbers in them."""

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"\d+(?:,\d+)?"
NUMERIC = re.compile(rf"(?P<low>{NUMBER})(?:(?P<joint>%? ?[–-] ?)(?P<high>{NUMBER}))?(?P<rest>(?:%| |$).*)")
PERCENT = "%"
MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)


@dataclass(frozen=True)
class ExampleTarget:
    """A target in its printed words and, where it begins with a number, that number or range with its unit."""

    printed: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    joint: str = ""

    @property
    def is_numeric(self):
        return self.low is not None

    @property
    def is_range(self):
        return self.joint != ""

    @property
    def direction(self):
        return "range" if self.is_range else "higher"

    @property
    def target_text(self):
        """The words, when there is no number to hold the target."""
        return "" if self.is_numeric else self.printed

    def in_words(self):
        """The printed words, made again of the number and its unit."""
        if not self.is_numeric:
            return self.printed
        numbers = _printed(self.low) + (self.joint + _printed(self.high) if self.is_range else "")
        if self.unit.startswith(PERCENT):
            return f"{numbers}{self.unit}"
        return f"{numbers} {self.unit}".rstrip()


def read_target(printed):
    """What is printed in the column of targets, e.g. "61,95%", "7-8 bulan" or "3,5 dari skala 5"."""
    match = NUMERIC.fullmatch(printed)
    if match is None or match["rest"].strip().partition(" ")[0].lower() in MONTHS:
        return ExampleTarget(printed)
    rest = match["rest"]
    unit = rest.strip()
    low = _number(match["low"])
    high = low if match["high"] is None else _number(match["high"])
    return ExampleTarget(printed, low, high, unit, match["joint"] or "")


def read_amount(printed):
    """An amount in rupiah, printed with or without a blank after "Rp."."""
    return Decimal(printed.removeprefix("Rp.").strip().replace(".", ""))


def _number(words):
    return Decimal(words.replace(",", "."))


def _printed(number):
    return str(number).replace(".", ",")
