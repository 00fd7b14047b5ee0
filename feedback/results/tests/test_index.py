import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.index import (
    COMPARISON_WEIGHTS,
    ELEMENTS,
    grade_for,
    grade_label,
    satisfaction_index,
    weighted,
)


def answers(*rows, order=tuple(ELEMENTS)):
    """Rows of (fours, threes, twos, ones), one per element in `order`."""
    return {key: dict(zip((4, 3, 2, 1), row, strict=True)) for key, row in zip(order, rows, strict=True)}


# Published answer counts. Questionnaire order asks sarana before pengaduan.
QUESTIONNAIRE = (*list(ELEMENTS)[:7], "sarana", "pengaduan")
BALKESMAS = answers(
    (141, 59, 0, 0),
    (112, 88, 0, 0),
    (141, 59, 0, 0),
    (38, 162, 0, 0),
    (150, 50, 0, 0),
    (153, 47, 0, 0),
    (167, 33, 0, 0),
    (165, 35, 0, 0),
    (165, 35, 0, 0),
)
GASPUL = answers(
    (18, 11, 0, 0),
    (14, 15, 0, 0),
    (15, 12, 2, 0),
    (29, 0, 0, 0),
    (15, 14, 0, 0),
    (18, 11, 0, 0),
    (19, 10, 0, 0),
    (18, 11, 0, 0),
    (28, 1, 0, 0),
    order=QUESTIONNAIRE,
)
TUBABA = answers(*[(1, 0, 0, 0)] * 9)


@pytest.mark.parametrize(
    ("counts", "index", "grade", "respondents"),
    [
        pytest.param(BALKESMAS, "92.11", "A", 200, id="Balkesmas Semarang 2024 sem. I"),
        pytest.param(GASPUL, "91.48", "A", 29, id="GASPUL 2025 quarter III"),
        pytest.param(TUBABA, "100.00", "A", 1, id="Tubaba 2023 sem. I, one respondent"),
        pytest.param(answers(*[(0, 0, 0, 7)] * 9), "25.00", "D", 7, id="all ones"),
    ],
)
def test_the_index_is_exact_and_rounded_once(counts, index, grade, respondents):
    result = satisfaction_index(counts)

    assert (result.index, result.grade) == (Decimal(index), grade)
    assert result.respondents == respondents
    assert result.unanswered == ()


@pytest.mark.parametrize(
    ("counts", "means"),
    [
        pytest.param(
            BALKESMAS,
            ["3.71", "3.56", "3.71", "3.19", "3.75", "3.77", "3.84", "3.83", "3.83"],
            id="Balkesmas prints two places",
        ),
        pytest.param(
            GASPUL,
            [
                "3.6207",
                "3.4828",
                "3.4483",
                "4.0",
                "3.5172",
                "3.6207",
                "3.6552",
                "3.9655",
                "3.6207",
            ],
            id="GASPUL prints four places, sarana before pengaduan",
        ),
    ],
)
def test_the_means_of_the_elements_are_the_published_ones(counts, means):
    by_element = satisfaction_index(counts).by_element

    assert list(by_element) == list(ELEMENTS)
    assert [
        result.mean.quantize(Decimal(printed), ROUND_HALF_UP)
        for result, printed in zip(by_element.values(), means, strict=True)
    ] == [Decimal(mean) for mean in means]


def test_the_published_index_of_balkesmas_comes_from_rounding_three_times():
    hundredth = Decimal("0.01")
    by_element = satisfaction_index(BALKESMAS).by_element.values()
    printed_means = [result.mean.quantize(hundredth, ROUND_HALF_UP) for result in by_element]
    printed_mean = (sum(printed_means) / 9).quantize(hundredth, ROUND_HALF_UP)

    assert printed_mean == Decimal("3.69")
    assert printed_mean * 25 == Decimal("92.25")


def test_the_published_index_of_gaspul_comes_from_the_weight_0_11():
    assert weighted(GASPUL, "0.11") == Decimal("90.56")


@pytest.mark.parametrize(
    ("counts", "with_0_11", "with_0_111"),
    [
        pytest.param(BALKESMAS, "91.19", "92.02", id="Balkesmas"),
        pytest.param(GASPUL, "90.56", "91.38", id="GASPUL"),
        pytest.param(TUBABA, "99.00", "99.90", id="a perfect result falls short of 100"),
    ],
)
def test_old_reports_can_be_reconciled(counts, with_0_11, with_0_111):
    lines = [weighted(counts, weight) for weight in COMPARISON_WEIGHTS]

    assert lines == [Decimal(with_0_11), Decimal(with_0_111)]


def test_an_element_is_divided_by_its_own_number_of_answers():
    counts = answers(*[(200, 0, 0, 0)] * 9) | {"persyaratan": {4: 100, 3: 99}}

    result = satisfaction_index(counts)

    assert result.by_element["persyaratan"].count == 199
    assert result.by_element["persyaratan"].mean == Decimal("3.5025")
    assert result.by_element["persyaratan"].index == Decimal("87.56")
    assert result.index == Decimal("98.62")
    assert result.respondents == 200


@pytest.mark.parametrize(
    "nothing",
    [{}, {key: {} for key in ELEMENTS}, answers(*[(0, 0, 0, 0)] * 9)],
    ids=["no elements", "no values", "only zeros"],
)
def test_without_answers_there_is_no_index(nothing):
    result = satisfaction_index(nothing)

    assert (result.index, result.grade, result.respondents) == (None, None, 0)
    assert result.unanswered == tuple(ELEMENTS)
    assert {(r.count, r.mean, r.index) for r in result.by_element.values()} == {(0, None, None)}
    assert weighted(nothing) is None


def test_an_unanswered_element_is_neither_zero_nor_left_out():
    counts = {key: value for key, value in BALKESMAS.items() if key != "biaya"}

    result = satisfaction_index(counts)

    assert (result.index, result.grade, result.unanswered) == (None, None, ("biaya",))
    assert result.respondents == 200
    assert result.by_element["prosedur"].mean == Decimal("3.5600")


def test_an_instrument_with_other_elements_weighs_each_the_same():
    elements = {"persyaratan": "Persyaratan", "integritas": "Integritas"}
    counts = {"persyaratan": {4: 1}, "integritas": {3: 5}}

    assert satisfaction_index(counts, elements=elements).index == Decimal("87.50")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kecepatan": {4: 1}}, "Unsur tidak dikenal: kecepatan."),
        ({8: {4: 1}}, "Unsur tidak dikenal: 8."),
        ({"waktu": {5: 1}}, "Nilai jawaban unsur Waktu penyelesaian harus 1 sampai 4; ada 5."),
        ({"waktu": {0: 1}}, "Nilai jawaban unsur Waktu penyelesaian harus 1 sampai 4; ada 0."),
        (
            {"waktu": {"4": 1}},
            "Nilai jawaban unsur Waktu penyelesaian harus 1 sampai 4; ada 4.",
        ),
        (
            {"waktu": {None: 1}},
            "Nilai jawaban unsur Waktu penyelesaian harus 1 sampai 4; ada None.",
        ),
        (
            {"waktu": {4: -1}},
            "Jumlah jawaban unsur Waktu penyelesaian harus bilangan bulat mulai dari 0; ada -1.",
        ),
        (
            {"waktu": {4: 1.5}},
            "Jumlah jawaban unsur Waktu penyelesaian harus bilangan bulat mulai dari 0; ada 1.5.",
        ),
        (
            {"waktu": [1, 2, 3, 4]},
            "Jawaban unsur Waktu penyelesaian harus dihitung per nilai.",
        ),
    ],
)
def test_answers_that_cannot_be_are_refused(changed, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        satisfaction_index(TUBABA | changed)


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        pytest.param("100", "A", id="table II highest A"),
        pytest.param("88.31", "A", id="table II lowest A"),
        pytest.param("88.305", "A", id="gap 88.30-88.31 rounds half up"),
        pytest.param("88.3049", "B", id="gap 88.30-88.31 below half"),
        pytest.param("88.30", "B", id="table II highest B"),
        pytest.param("87.56", "B", id="Ambon 2025"),
        pytest.param("76.61", "B", id="table II lowest B"),
        pytest.param("76.605", "B", id="gap 76.60-76.61 rounds half up"),
        pytest.param("76.6049", "C", id="gap 76.60-76.61 below half"),
        pytest.param("76.60", "C", id="table II highest C"),
        pytest.param("65.00", "C", id="table II lowest C"),
        pytest.param("64.995", "C", id="gap 64.99-65.00 rounds half up"),
        pytest.param("64.9949", "D", id="gap 64.99-65.00 below half"),
        pytest.param("64.99", "D", id="table II highest D"),
        pytest.param("25", "D", id="table II lowest D"),
    ],
)
def test_the_grade_follows_the_converted_index(index, grade):
    assert grade_for(Decimal(index)) == grade


def test_an_exact_fraction_is_graded_without_a_detour():
    assert grade_for(Fraction(8833, 100) - Fraction(1, 40)) == "A"
    assert grade_for(88) == "B"


@pytest.mark.parametrize("index", ["24.99", "100.01", "0", "-1"])
def test_an_index_outside_the_scale_has_no_grade(index):
    with pytest.raises(ValueError, match="antara 25 dan 100"):
        grade_for(Decimal(index))


def test_a_float_is_no_index():
    with pytest.raises(TypeError):
        grade_for(88.305)


def test_grades_have_the_words_of_the_table():
    assert [grade_label(grade) for grade in "ABCD"] == [
        "Sangat baik",
        "Baik",
        "Kurang baik",
        "Tidak baik",
    ]
    with pytest.raises(ValueError, match="Mutu pelayanan tidak dikenal: E"):
        grade_label("E")


filled = st.fixed_dictionaries(
    {
        key: st.fixed_dictionaries({v: st.integers(0, 500) for v in (1, 2, 3, 4)}).filter(
            lambda counts: sum(counts.values())
        )
        for key in ELEMENTS
    }
)


@given(counts=filled)
def test_an_index_lies_between_25_and_100_and_has_a_grade(counts):
    result = satisfaction_index(counts)

    assert 25 <= result.index <= 100
    assert result.grade == grade_for(result.index)


@given(rows=st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=60))
def test_with_complete_answers_it_is_25_times_the_sum_over_nine_n(rows):
    counts = {key: {} for key in ELEMENTS}
    for row in rows:
        for key, value in zip(ELEMENTS, row, strict=True):
            counts[key][value] = counts[key].get(value, 0) + 1

    exact = Decimal(25 * sum(map(sum, rows))) / (9 * len(rows))

    result = satisfaction_index(counts)
    assert result.index == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert result.respondents == len(rows)


@given(counts=filled, key=st.sampled_from(list(ELEMENTS)), value=st.integers(1, 3))
def test_a_better_answer_never_lowers_the_index(counts, key, value):
    counts[key][value] += 1
    better = counts | {
        key: counts[key] | {value: counts[key][value] - 1, value + 1: counts[key][value + 1] + 1}
    }

    assert satisfaction_index(better).index >= satisfaction_index(counts).index
