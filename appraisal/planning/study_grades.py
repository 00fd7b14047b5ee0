"""What a grade means during a study leave: the tables of PermenPANRB 6/2022 pages 62-63. Pure.

The figures are a rule of the rulebook ("study_grades"), dated like any other; here stands how the table is read. Only
its lower bounds count: between 3,50 and 3,51 there is no grade that would belong to neither.
"""

from dataclasses import dataclass
from decimal import Decimal

ABROAD = "abroad"
# Best first; the table calls the last one "Kurang/Misconduct" and gives it everything below.
PREDIKATS = (
    ("sangat_baik", "Sangat Baik"),
    ("baik", "Baik"),
    ("butuh_perbaikan", "Butuh Perbaikan"),
    ("kurang", "Kurang/Misconduct"),
)
BEST_GRADE = Decimal("4.00")


@dataclass(frozen=True)
class Row:
    """One row of the table. `accreditation` is the university's, or "abroad"; `programme` the least it asks for."""

    level: str
    accreditation: str
    programme: str
    bounds: tuple

    @property
    def bands(self):
        """[(predikat, its words, lowest grade or None, highest grade)] as the table prints them."""
        highest, bands = BEST_GRADE, []
        for (predikat, words), lowest in zip(PREDIKATS, (*self.bounds, None), strict=True):
            bands.append((predikat, words, lowest, highest))
            if lowest is not None:
                highest = lowest - Decimal("0.01")
        return bands


def rows_of(table, level):
    """All rows of a level, the home ones first."""
    return [
        Row(level, accreditation, row["programme"], tuple(Decimal(bound) for bound in row["from"]))
        for accreditation, row in sorted(table[level].items())
    ]


def row_for(table, *, level, accreditation, programme=""):
    """The row that holds, or None: a programme accredited below what the row asks for stands in no table."""
    for row in rows_of(table, level):
        if row.accreditation == accreditation:
            too_low = bool(programme and row.programme) and programme > row.programme
            return None if too_low else row
    return None


def predikat_for_grade(*, table, level, accreditation, grade, programme=""):
    """The predikat `grade` (a Decimal of 0 to 4) guides to, or None when no row of the table holds.

    `accreditation` is the university's A, B or C, or "abroad". A guide for the appraiser, who decides (page 62 no. 5).
    """
    if not 0 <= grade <= BEST_GRADE:
        raise ValueError(f"a grade lies between 0 and 4, not at {grade}")
    row = row_for(table, level=level, accreditation=accreditation, programme=programme)
    if row is None:
        return None
    reached = (predikat for predikat, _, lowest, _ in row.bands if lowest is None or grade >= lowest)
    return next(reached)
