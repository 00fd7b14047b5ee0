"""Indices that were published elsewhere: each by its report's own convention, and the exact value beside it."""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from feedback.results.index import ELEMENTS, grade_for, satisfaction_index, weighted

CASES = json.loads((Path(__file__).parent / "skm_published.json").read_text(encoding="utf-8"))
HUNDREDTH = Decimal("0.01")


def rounded(number, places=HUNDREDTH):
    return number.quantize(places, ROUND_HALF_UP)


def rounded_three_times(answers):
    """The mean of each element, their mean, and the index out of the rounded mean."""
    means = [rounded(each.mean) for each in satisfaction_index(answers).by_element.values()]
    mean = rounded(sum(means) / len(means))
    return mean, mean * 25


def weighted_by_0_11(answers):
    """Each mean counts with a rounded weight; nine of them make 0.99, so that nobody reaches 4 or 100."""
    index = weighted(answers, "0.11")
    return index / 25, index


def exact(answers):
    result = satisfaction_index(answers)
    return result.index / 25, result.index


CONVENTIONS = {
    "balkesmas-2024s1-kepuasan": rounded_three_times,
    "gaspul-tw3": weighted_by_0_11,
    "tubaba-2023s1": exact,
}


def answers_of(case):
    """{element: {value: n}} in annex order; one respondent prints no counts: his answers are its means."""
    rows = case.get("freq_4_3_2_1") or [
        [int(mean == value) * case["n"] for value in (4, 3, 2, 1)] for mean in case["u"]
    ]
    by_name = dict(zip(case["order_of_elements"], rows, strict=True))
    return {key: dict(zip((4, 3, 2, 1), by_name[key], strict=True)) for key in ELEMENTS}


def test_every_case_has_the_convention_of_its_report():
    assert {case["id"] for case in CASES} == set(CONVENTIONS)
    assert len(CASES) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
class TestEveryReport:
    def test_comes_out_as_published_by_its_own_convention(self, case):
        mean, index = CONVENTIONS[case["id"]](answers_of(case))

        assert mean == Decimal(str(case["published_mean"]))
        assert index == rounded(Decimal(str(case["published_ikm"])))
        assert grade_for(index) == case["published_grade"]

    def test_has_the_exact_value_beside_it(self, case):
        result = satisfaction_index(answers_of(case))
        from_answers = case.get("recomputed_from_raw_1_9", case["recomputed_ikm_with_1_9"])

        assert result.index == rounded(Decimal(str(from_answers)))
        assert result.respondents == case["n"]
        if sums := case.get("sum_of_values"):
            told = dict(zip(case["order_of_elements"], sums, strict=True))
            assert {key: total for key, (total, _) in result.sums.items()} == told

    def test_prints_its_own_means(self, case):
        told = dict(zip(case["order_of_elements"], case["u"], strict=True))

        for key, line in satisfaction_index(answers_of(case)).by_element.items():
            printed = Decimal(str(told[key]))
            assert line.mean.quantize(printed, ROUND_HALF_UP) == printed

    def test_has_the_lines_of_the_rounded_weights_beside_it(self, case):
        """The case file reckons them from the printed means, so they agree to what these means have lost."""
        lines = dict(satisfaction_index(answers_of(case)).lines)
        lost = Decimal("0.1") if case["id"].startswith("balkesmas") else HUNDREDTH

        for weight, name in (("0.11", "recomputed_ikm_with_0_11"), ("0.111", "recomputed_ikm_with_0_111")):
            line = next(index for key, index in lines.items() if Decimal(key) == Decimal(weight))
            assert abs(line - Decimal(str(case[name]))) <= lost


def test_the_conventions_differ_where_they_should():
    """Balkesmas would print 92.11 and GASPUL 91.48: a test that mixed the conventions up would notice."""
    by_id = {case["id"]: case for case in CASES}
    for name in ("balkesmas-2024s1-kepuasan", "gaspul-tw3"):
        answers = answers_of(by_id[name])
        found = {each(answers)[1] for each in (rounded_three_times, weighted_by_0_11, exact)}
        assert len(found) == 3
