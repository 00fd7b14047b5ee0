"""Quarters, the periods in which everything about citizens is published: indices, plans, complaints. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @property
    def start(self):
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self):
        following = self.following()
        return following.start - timedelta(days=1)

    @property
    def code(self):
        """As it stands in an address, "2026-3"."""
        return f"{self.year}-{self.number}"

    def following(self):
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def preceding(self):
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def __str__(self):
        return f"Triwulan {ROMAN[self.number - 1]} {self.year}"


def quarter_of(day):
    return Quarter(day.year, (day.month + 2) // 3)


def last_finished(today):
    """The newest quarter that is over."""
    return quarter_of(today).preceding()


def of_quarters(quarters, prefix=""):
    """The rows of a table with a year and a quarter that lie in these; of none, none."""
    wanted = Q(pk__in=[])
    for quarter in quarters:
        wanted |= Q(**{f"{prefix}year": quarter.year, f"{prefix}quarter": quarter.number})
    return wanted


def read_quarter(text):
    """The quarter of a code such as "2026-3"; ValueError for anything else."""
    year, separator, number = text.partition("-")
    if not (
        separator and year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")
    ):
        raise ValueError(f"bukan triwulan: {text[:20]}")
    if not 2017 <= int(year) <= 2200:
        raise ValueError(f"bukan triwulan: {text[:20]}")
    return Quarter(int(year), int(number))
