"""What the value of a rule looks like: its parts, what each may be, and how it is told. Pure.

A value is stored as JSON: of a shape with one nameless part the part itself, else {name of the part: its value}.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

ONE = ""  # the name of the only part of a simple value


@dataclass(frozen=True)
class Whole:
    """A whole number with its unit; `optional` where the source sets none."""

    low: int
    high: int
    unit: str = ""
    optional: bool = False

    def fault(self, value):
        if value is None and self.optional:
            return ""
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            return f"Isi bilangan bulat antara {self.low} dan {self.high}."
        return ""

    def words(self, value):
        return "–" if value is None else f"{value} {self.unit}".strip()


AMOUNT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")


@dataclass(frozen=True)
class Amount:
    """A number with at most two decimals, kept as text ("12.5") so that it never becomes inexact."""

    low: str
    high: str
    unit: str = ""
    optional: bool = False

    def fault(self, value):
        if value is None and self.optional:
            return ""
        fits = isinstance(value, str) and AMOUNT.fullmatch(value)
        if not fits or not Decimal(self.low) <= Decimal(value) <= Decimal(self.high):
            return (
                f"Isi bilangan antara {self.low} dan {self.high}, paling banyak dua angka di belakang koma."
            )
        return ""

    def words(self, value):
        return "–" if value is None else f"{value} {self.unit}".strip().replace(".", ",")


@dataclass(frozen=True)
class Words:
    longest: int = 500

    def fault(self, value):
        if not isinstance(value, str) or not value.strip():
            return "Isi bagian ini."
        return f"Paling banyak {self.longest} huruf." if len(value) > self.longest else ""

    def words(self, value):
        return value


@dataclass(frozen=True)
class Choice:
    """One of `options`: (code, words)."""

    options: tuple

    def fault(self, value):
        return "" if value in dict(self.options) else "Pilih satu jawaban."

    def words(self, value):
        return dict(self.options).get(value, value)


@dataclass(frozen=True)
class Numbers:
    """Different whole numbers, the largest first, such as the days before a deadline."""

    low: int
    high: int
    most: int
    unit: str = ""

    def fault(self, value):
        fits = isinstance(value, list) and 1 <= len(value) <= self.most
        if not fits or any(Whole(self.low, self.high).fault(number) for number in value):
            return f"Isi 1 sampai {self.most} bilangan antara {self.low} dan {self.high}, misalnya: 7, 3, 1."
        if len(set(value)) < len(value):
            return "Tulis setiap bilangan satu kali saja."
        return "" if value == sorted(value, reverse=True) else "Urutkan dari yang terbesar."

    def words(self, value):
        return f"{', '.join(str(number) for number in value)} {self.unit}".strip()


@dataclass(frozen=True)
class Grades:
    """The lowest grade-point average of each predikat by accreditation, as form p. 63 has them (study leave)."""

    universities: tuple = ("A", "B", "C", "abroad")

    def fault(self, value):
        if not isinstance(value, dict) or set(value) != set(self.universities):
            return "Isi batas IPK untuk setiap akreditasi."
        rows = [row.get("from") if isinstance(row, dict) else None for row in value.values()]
        if any(not isinstance(row, list) or row != sorted(row, reverse=True) for row in rows):
            return "Urutkan batas IPK dari yang tertinggi."
        return ""

    def words(self, value):
        named = {"abroad": "luar negeri"}
        return "; ".join(
            f"{named.get(key, key)}: {' / '.join(row['from']).replace('.', ',')}"
            for key, row in value.items()
        )


@dataclass(frozen=True)
class Part:
    label: str
    kind: Whole | Amount | Words | Choice | Numbers | Grades
    name: str = ONE


@dataclass(frozen=True)
class Table:
    """How parts named "row.column" stand in a table: (code, words) of each row and column."""

    rows: tuple
    columns: tuple
    head: str


@dataclass(frozen=True)
class Shape:
    parts: tuple = field(default=())
    table: Table | None = None

    @property
    def is_simple(self):
        return len(self.parts) == 1 and self.parts[0].name == ONE

    def value_of(self, part, value):
        return value if self.is_simple else value.get(part.name)

    def faults(self, value):
        """{name of a part: what is wrong with it}; empty when `value` may be stored."""
        if not self.is_simple:
            known = {part.name for part in self.parts}
            if not isinstance(value, dict) or set(value) != known:
                return {ONE: "Isi semua bagian, tidak lebih."}
        found = {part.name: part.kind.fault(self.value_of(part, value)) for part in self.parts}
        return {name: words for name, words in found.items() if words}

    def told(self, value):
        """[(label, words)] of a value that was stored."""
        return [(part.label, part.kind.words(self.value_of(part, value))) for part in self.parts]

    def grid(self, value):
        """[(words of the row, [(words of the column, words of the cell)])] for a shape with a table."""
        kinds = {part.name: part.kind for part in self.parts}
        return [
            (
                row,
                [
                    (column, kinds[f"{code}.{key}"].words(value[f"{code}.{key}"]))
                    for key, column in self.table.columns
                ],
            )
            for code, row in self.table.rows
        ]


def simple(kind, label="Nilai"):
    return Shape((Part(label, kind),))


def listed(kind, *named):
    """A shape of several parts of one kind: (name, label)."""
    return Shape(tuple(Part(label, kind, name) for name, label in named))


def tabled(kind, *, rows, columns, head):
    parts = [Part(f"{row}, {column}", kind, f"{code}.{key}") for code, row in rows for key, column in columns]
    return Shape(tuple(parts), Table(tuple(rows), tuple(columns), head))
