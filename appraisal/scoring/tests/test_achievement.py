import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appraisal.scoring.achievement import achievement, formula_in_words

figures = st.decimals(0, 10**6, places=2)
targets = st.decimals("0.01", 10**6, places=2)


@pytest.mark.parametrize(
    ("target", "realised", "lower_is_better", "percent"),
    [
        pytest.param("85", "85", False, "100", id="8/2021 p.363 target met"),
        pytest.param(("80", "90"), "70", False, "87.5", id="8/2021 p.110 under the range"),
        pytest.param(("7", "8"), "9", True, "87.5", id="8/2021 p.110 lower, over the range"),
        pytest.param("95", "93", False, "97.89", id="8/2021 p.363 93 of 95"),
        pytest.param("100", "120", False, "120", id="8/2021 p.99 more than the target"),
        pytest.param("10", "8", True, "120", id="8/2021 p.99 lower is better, bettered"),
        pytest.param("10", "12", True, "80", id="8/2021 p.99 lower is better, missed"),
        pytest.param(("80", "90"), "80", False, "100", id="at the lower bound"),
        pytest.param(("80", "90"), "85", True, "100", id="inside"),
        pytest.param(("80", "90"), "90", False, "100", id="at the upper bound"),
        pytest.param(("80", "90"), "99", False, "110", id="over the range, higher is better"),
        pytest.param(("7", "8"), "6", True, "114.29", id="under the range, lower is better"),
        pytest.param("7", "0", False, "0", id="nothing achieved is 0"),
        pytest.param("5", "10", True, "0", id="twice the limit is 0"),
        pytest.param("5", "11", True, "0", id="never below 0"),
        pytest.param("5", "-1", False, "0", id="negative growth is 0"),
        pytest.param("0", "0", True, "100", id="target 0 met"),
        pytest.param("0", "1", True, "0", id="target 0 missed"),
        pytest.param("0", "-1", True, "100", id="target 0 bettered"),
        pytest.param(("0", "5"), "3", True, "100", id="range from 0"),
        pytest.param(("0", "5"), "-1", False, "0", id="under a range from 0"),
        pytest.param("8", "1", False, "12.5", id="exact"),
        pytest.param("1600", "1", False, "0.06", id="0.0625 rounds down"),
        pytest.param("800", "0.36", False, "0.05", id="0.045 rounds half up"),
        pytest.param("800", "0.2", False, "0.03", id="0.025 rounds half up, not to even"),
        pytest.param("3", "2", False, "66.67", id="two thirds"),
    ],
)
def test_achievement_follows_the_formula(target, realised, lower_is_better, percent):
    result = achievement(target=target, realised=realised, lower_is_better=lower_is_better)

    assert result == Decimal(percent)
    assert result.as_tuple().exponent == -2


@pytest.mark.parametrize("target", ["85", ("80", "90")])
def test_a_missing_realisation_is_not_zero(target):
    assert achievement(target=target, realised=None) is None
    assert achievement(target=target, realised=0) == 0


def test_figures_may_be_decimal_whole_or_text():
    assert achievement(target=Decimal("4"), realised=3) == Decimal("75.00")
    assert achievement(target=[Decimal("2.5"), 4], realised="1.25") == Decimal("50.00")


@pytest.mark.parametrize(
    ("target", "realised", "reason"),
    [
        (0, 1, "Target 0 hanya dapat dipakai bila makin rendah makin baik."),
        ((0, 0), None, "Target 0 hanya dapat dipakai bila makin rendah makin baik."),
        (-1, 1, "Target tidak boleh kurang dari 0."),
        ((9, 8), 1, "Batas bawah target tidak boleh melebihi batas atasnya."),
        ((7, 8, 9), 1, "Rentang target harus berisi batas bawah dan batas atas."),
        (None, 1, "Target harus berupa bilangan."),
        (1.5, 1, "Target harus berupa bilangan."),
        (1, 1.5, "Realisasi harus berupa bilangan."),
        (1, True, "Realisasi harus berupa bilangan."),
        (1, "3,61", "Realisasi harus berupa bilangan; yang tertulis “3,61”."),
        (1, "", "Realisasi harus berupa bilangan; yang tertulis “”."),
        (1, "NaN", "Realisasi harus berupa bilangan biasa."),
        ("Infinity", 1, "Target harus berupa bilangan biasa."),
        (1, "1E+999999999", "Realisasi terlalu besar atau terlalu panjang."),
        ("1E-999999999", 1, "Target terlalu besar atau terlalu panjang."),
    ],
)
def test_figures_that_cannot_be_compared_are_refused(target, realised, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        achievement(target=target, realised=realised)


@given(target=targets, realised=figures)
def test_rounding_happens_once_and_half_up(target, realised):
    exact = (realised * 100 / target).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert achievement(target=target, realised=realised) == exact


@given(low=targets, width=figures, less=figures, more=figures)
def test_a_better_realisation_never_lowers_the_achievement(low, width, less, more):
    assume(less <= more)
    target = (low, low + width)

    up = [achievement(target=target, realised=r) for r in (less, more)]
    down = [achievement(target=target, realised=r, lower_is_better=True) for r in (more, less)]

    assert 0 <= up[0] <= up[1]
    assert 0 <= down[0] <= down[1]


@given(target=targets, realised=figures)
def test_higher_and_lower_mirror_each_other_around_the_target(target, realised):
    higher = achievement(target=target, realised=realised)
    lower = achievement(target=target, realised=realised, lower_is_better=True)

    assert lower == 0 or abs(higher + lower - 200) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("target", "realised", "lower_is_better", "words"),
    [
        ("85", "80", False, "Makin tinggi makin baik: realisasi ÷ target × 100%."),
        (
            "5",
            "6",
            True,
            "Makin rendah makin baik: (2 − realisasi ÷ target) × 100%, paling rendah 0%.",
        ),
        (
            ("80", "90"),
            "70",
            False,
            "Makin tinggi makin baik: realisasi ÷ batas bawah target × 100%.",
        ),
        (
            ("7", "8"),
            "9",
            True,
            "Makin rendah makin baik: (2 − realisasi ÷ batas atas target) × 100%, paling rendah 0%.",
        ),
        (
            ("7", "8"),
            "8",
            True,
            "Realisasi 8 berada dalam rentang target, maka capaian 100%.",
        ),
        ("0", "0", True, "Target 0: terpenuhi berarti 100%, terlampaui berarti 0%."),
        ("85", None, False, "Realisasi belum ada, maka capaian belum dihitung."),
    ],
)
def test_the_formula_is_told_in_words(target, realised, lower_is_better, words):
    told = formula_in_words(target=target, realised=realised, lower_is_better=lower_is_better)

    assert told == words
