"""The arithmetic of angka kredit against published forms, as tables and over all inputs."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.outcomes.credit import (
    CAREERS,
    LEVEL_WORDS,
    RANKS,
    Tables,
    credit_for,
    months_served,
    next_level,
    standing,
)
from appraisal.rulebook.outcome_rules import COEFFICIENTS, NEEDED, PERCENTAGES
from appraisal.scoring.matrix import Predikat

levels, predikats = st.sampled_from(sorted(COEFFICIENTS)), st.sampled_from(sorted(PERCENTAGES))


@pytest.mark.parametrize(
    ("level", "predikat", "months", "credit"),
    [
        pytest.param("Ahli Pertama", "Sangat Baik", 12, "18.75", id="BKN slide"),
        pytest.param("Ahli Pertama", "Baik", 2, "2.08", id="BKN slide, 2 months"),
        pytest.param("Ahli Muda", "Baik", 8, "16.67", id="8 months"),
        pytest.param("Terampil", "Butuh Perbaikan", 12, "3.75", id="whole year"),
        pytest.param("Ahli Madya", "Baik", 12, "37.50", id="published form of a teacher"),
        pytest.param("Ahli Utama", "Cukup", 12, "37.50", id="Cukup is Butuh Perbaikan"),
        pytest.param("Penyelia", "Kurang/Misconduct", 12, "12.50", id="Misconduct is Kurang"),
        pytest.param("pemula", "sangat_kurang", 1, "0.08", id="by code"),
    ],
)
def test_a_predikat_becomes_credit(level, predikat, months, credit):
    assert credit_for(level=level, predikat=predikat, months=months) == Decimal(credit)


def test_half_a_hundredth_goes_up():
    tables = Tables(percentages={"baik": 100}, coefficients={"mahir": "0.06"})

    assert credit_for(level="mahir", predikat="baik", months=1, tables=tables) == Decimal("0.01")


@pytest.mark.parametrize("months", [0, 13, -1, 1.5, "12", True, None])
def test_only_whole_months_of_a_year_are_converted(months):
    with pytest.raises(ValueError, match="1 sampai 12 bulan"):
        credit_for(level="mahir", predikat="baik", months=months)


@pytest.mark.parametrize(
    ("level", "predikat"), [("Ahli", "Baik"), ("", "Baik"), ("mahir", "Bagus"), ("mahir", "")]
)
def test_what_is_unknown_is_refused_and_never_zero(level, predikat):
    with pytest.raises(ValueError, match="tidak dikenal"):
        credit_for(level=level, predikat=predikat)


@given(levels, predikats, st.integers(1, 12))
def test_credit_is_the_exact_share_rounded_once(level, predikat, months):
    exact = Fraction(months, 12) * PERCENTAGES[predikat] / 100 * Fraction(COEFFICIENTS[level])

    credit = credit_for(level=level, predikat=predikat, months=months)

    assert credit.as_tuple().exponent == -2
    assert 0 < exact - Fraction(credit) + Fraction(1, 200) <= Fraction(1, 100) or Fraction(
        credit
    ) - exact == Fraction(1, 200)


@given(levels, st.integers(1, 11))
def test_a_better_predikat_and_more_months_never_bring_less(level, months):
    by_predikat = [credit_for(level=level, predikat=each, months=months) for each in Predikat.values]

    assert by_predikat == sorted(by_predikat, reverse=True)
    assert credit_for(level=level, predikat="baik", months=months + 1) >= by_predikat[1]


@pytest.mark.parametrize(
    ("level", "rank", "total", "rank_need", "level_need", "conclusion"),
    [
        (
            "ahli_muda",
            "Penata, III/c",
            "100",
            "100",
            "200",
            "Dapat dipertimbangkan untuk kenaikan pangkat menjadi III/d."
            " Belum dapat dipertimbangkan untuk kenaikan jenjang menjadi Ahli Madya.",
        ),
        (
            "ahli_muda",
            "Penata Tk. I, III/d",
            "199.99",
            "200",
            "200",
            "Belum dapat dipertimbangkan untuk kenaikan pangkat menjadi IV/a dan kenaikan jenjang menjadi Ahli Madya.",
        ),
        (
            "ahli_madya",
            "Pembina Tk. I, IV/b",
            "300",
            "300",
            "450",
            "Dapat dipertimbangkan untuk kenaikan pangkat menjadi IV/c."
            " Belum dapat dipertimbangkan untuk kenaikan jenjang menjadi Ahli Utama.",
        ),
        (
            "terampil",
            "Pengatur Tk. I, II/d",
            "60",
            "60",
            "60",
            "Dapat dipertimbangkan untuk kenaikan pangkat menjadi III/a dan kenaikan jenjang menjadi Mahir.",
        ),
        (
            "penyelia",
            "Penata Tk. I, III/d",
            "500",
            None,
            None,
            "Jenjang dan pangkat tertinggi sudah tercapai.",
        ),
        (
            "ahli_utama",
            "Pembina Utama, IV/e",
            "0",
            None,
            None,
            "Jenjang dan pangkat tertinggi sudah tercapai.",
        ),
        (
            "ahli_pertama",
            "IX",
            "99",
            None,
            "100",
            "Belum dapat dipertimbangkan untuk kenaikan jenjang menjadi Ahli Muda.",
        ),
    ],
)
def test_credit_is_held_against_what_pangkat_and_jenjang_need(
    level, rank, total, rank_need, level_need, conclusion
):
    found = standing(level=level, rank=rank, total=Decimal(total))

    assert (found.for_rank.need, found.for_level.need) == tuple(
        None if need is None else Decimal(need) for need in (rank_need, level_need)
    )
    assert found.conclusion == conclusion


def test_a_shortage_is_counted_and_a_surplus_too():
    found = standing(level="mahir", rank="Penata Muda, III/a", total=Decimal("62.50"))

    assert (found.for_rank.surplus, found.for_level.surplus) == (Decimal("12.50"), Decimal("-37.50"))


@pytest.mark.parametrize("level", [level for career in CAREERS for level in career[:-1]])
def test_the_last_pangkat_of_a_jenjang_needs_what_the_jenjang_needs(level):
    rank, need = NEEDED[level]

    assert Decimal(rank) * len(RANKS[level]) == Decimal(need)
    assert next_level(level) in LEVEL_WORDS


JANUARY, DECEMBER = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param([("mahir", JANUARY, DECEMBER)], [("mahir", 12)], id="whole year"),
        pytest.param([("mahir", date(2025, 11, 1), DECEMBER)], [("mahir", 2)], id="from November"),
        pytest.param([("mahir", date(2025, 1, 17), DECEMBER)], [("mahir", 12)], id="15 days are a month"),
        pytest.param([("mahir", date(2025, 1, 18), DECEMBER)], [("mahir", 11)], id="14 days are none"),
        pytest.param(
            [("mahir", JANUARY, date(2025, 6, 14)), ("penyelia", date(2025, 6, 15), DECEMBER)],
            [("mahir", 5), ("penyelia", 7)],
            id="the month of a promotion counts once",
        ),
        pytest.param(
            [("mahir", JANUARY, date(2025, 3, 31)), ("mahir", date(2025, 7, 1), DECEMBER)],
            [("mahir", 9)],
            id="a gap is not counted",
        ),
        pytest.param([], [], id="never"),
    ],
)
def test_months_are_counted_by_days_on_duty(terms, expected):
    found = months_served(2025, terms, least_days=15)

    assert [(each.level, each.months) for each in found] == expected


@st.composite
def some_terms(draw):
    """Terms of a year that follow on from each other, as posts do."""
    days = sorted(draw(st.sets(st.integers(0, 364), max_size=6)))
    bounds = [0, *days, 365]
    return [
        (draw(levels), JANUARY + timedelta(days=first), JANUARY + timedelta(days=last - 1))
        for first, last in pairwise(bounds)
        if last > first and draw(st.booleans())
    ]


@given(some_terms(), st.integers(1, 28))
def test_no_month_is_counted_twice_and_none_without_days(terms, least_days):
    found = months_served(2025, terms, least_days=least_days)

    numbers = [number for part in found for number in part.numbers]
    assert numbers == sorted(set(numbers))
    assert all(1 <= part.first <= part.last <= 12 for part in found)
    covered = {first.month + step for _, first, last in terms for step in range(last.month - first.month + 1)}
    assert set(numbers) <= covered


@given(st.lists(st.tuples(st.integers(1, 12), predikats), max_size=12), levels)
def test_parts_of_a_year_never_bring_more_than_the_best_whole_year(parts, level):
    months, total = 0, Decimal(0)
    for count, predikat in parts:
        if months + count > 12:
            break
        months += count
        total += credit_for(level=level, predikat=predikat, months=count)

    # Each part is rounded for itself: at most half a hundredth each.
    assert total <= credit_for(level=level, predikat="sangat_baik") + Decimal("0.01") * 6
