"""The grade-point tables of PermenPANRB 6/2022 page 63, every bound from both sides."""

from decimal import Decimal

import pytest

from appraisal.planning.study_grades import ABROAD, predikat_for_grade, row_for
from appraisal.rulebook.reference_data import RULES

TABLE = RULES["study_grades"][0]
ORDER = ("sangat_baik", "baik", "butuh_perbaikan", "kurang")
# (level, accreditation): the lowest grade of each predikat but the last, as printed
PRINTED = {
    ("s1", "A"): ("3.51", "3.01", "2.76"),
    ("s1", "B"): ("3.61", "3.10", "2.76"),
    ("s1", "C"): ("3.71", "3.20", "2.76"),
    ("s1", ABROAD): ("3.51", "3.01", "2.76"),
    ("postgraduate", "A"): ("3.51", "3.20", "3.00"),
    ("postgraduate", "B"): ("3.61", "3.25", "3.00"),
    ("postgraduate", "C"): ("3.71", "3.30", "3.00"),
    ("postgraduate", ABROAD): ("3.51", "3.20", "3.00"),
}


@pytest.mark.parametrize(("level", "accreditation"), PRINTED)
def test_every_bound_divides_two_predikats(level, accreditation):
    for place, bound in enumerate(PRINTED[level, accreditation]):
        reached, missed = (
            predikat_for_grade(table=TABLE, level=level, accreditation=accreditation, grade=grade)
            for grade in (Decimal(bound), Decimal(bound) - Decimal("0.01"))
        )
        assert (reached, missed) == (ORDER[place], ORDER[place + 1])


def test_a_programme_accredited_too_low_stands_in_no_row():
    common = {"table": TABLE, "level": "s1", "grade": Decimal("3.9")}

    assert predikat_for_grade(accreditation="A", programme="C", **common) == "sangat_baik"
    assert predikat_for_grade(accreditation="C", programme="B", **common) == "sangat_baik"
    assert predikat_for_grade(accreditation="C", programme="C", **common) is None


def test_a_grade_that_cannot_be_is_refused():
    for grade in (Decimal("4.01"), Decimal("-0.01")):
        with pytest.raises(ValueError, match="between 0 and 4"):
            predikat_for_grade(table=TABLE, level="s1", accreditation="A", grade=grade)


def test_the_bands_of_a_row_read_as_printed():
    row = row_for(TABLE, level="postgraduate", accreditation="B")

    assert [(str(lowest), str(highest)) for _, _, lowest, highest in row.bands] == [
        ("3.61", "4.00"),
        ("3.25", "3.60"),
        ("3.00", "3.24"),
        ("None", "2.99"),
    ]
