"""The interval of an index, the index without an element, and published reports by their own convention."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.index import ELEMENTS, Spread, interval, satisfaction_index

from .test_index import BALKESMAS, GASPUL, TUBABA

# Each report by its own convention, and the exact value beside it (sources: the head of test_index.py's counts;
# Balkesmas Wilayah Semarang 2024 sem. I, GASPUL worked sheet 2025 quarter III, e-smile.tubaba.go.id 2023 sem. 1).
HUNDREDTH = Decimal("0.01")


def twice_rounded(counts):
    """Balkesmas: means with two places, their mean with two places, times 25."""
    means = [
        line.mean.quantize(HUNDREDTH, ROUND_HALF_UP)
        for line in satisfaction_index(counts).by_element.values()
    ]
    return (sum(means) / len(means)).quantize(HUNDREDTH, ROUND_HALF_UP) * 25


def with_0_11(counts):
    return dict(satisfaction_index(counts).lines)[Decimal("0.11")]


def exact(counts):
    return satisfaction_index(counts).index


@pytest.mark.parametrize(
    ("counts", "convention", "published", "truly"),
    [
        pytest.param(BALKESMAS, twice_rounded, "92.25", "92.11", id="Balkesmas rounds three times"),
        pytest.param(GASPUL, with_0_11, "90.56", "91.48", id="GASPUL weighs 0.11"),
        pytest.param(TUBABA, exact, "100.00", "100.00", id="Tubaba publishes one respondent exactly"),
    ],
)
def test_published_reports_come_out_by_their_own_convention(counts, convention, published, truly):
    assert convention(counts) == Decimal(published)
    assert exact(counts) == Decimal(truly)


def test_the_comparison_lines_stand_beside_the_index():
    assert satisfaction_index(GASPUL).lines == [
        (Decimal("0.11"), Decimal("90.56")),
        (Decimal("0.111"), Decimal("91.38")),
    ]
    assert satisfaction_index({}).lines == []


def test_without_the_cost_the_other_eight_weigh_an_eighth():
    """Samarinda's free services give the cost only fours; Balkesmas' are the other way round."""
    without = satisfaction_index(BALKESMAS).without("biaya")

    assert list(without.by_element) == [key for key in ELEMENTS if key != "biaya"]
    assert without.index == Decimal("93.66")
    with pytest.raises(ValueError, match="Unsur tidak dikenal: parkir"):
        satisfaction_index(BALKESMAS).without("parkir")


@given(rows=st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=60))
def test_the_interval_is_the_one_of_the_respondents_own_indices(rows):
    totals = [sum(row) for row in rows]
    spread = [Spread(9, len(rows), sum(totals), sum(total * total for total in totals))]
    own = [25 * total / 9 for total in totals]
    half = 1.96 * stdev(own) / len(own) ** 0.5

    low, high = interval(spread)

    assert abs(float(low) - max(25, mean(own) - half)) < 0.02
    assert abs(float(high) - min(100, mean(own) + half)) < 0.02


def test_one_respondent_has_no_interval_and_parts_are_added():
    assert interval([Spread(9, 1, 27, 729)]) is None
    assert interval([]) is None
    parts = [Spread(9, 2, 54, 1458), Spread(9, 2, 72, 2592)]
    assert interval(parts) == interval([Spread(9, 4, 126, 4050)])


def test_respondents_of_a_longer_questionnaire_are_measured_on_the_same_scale():
    nine, ten = Spread(9, 3, 81, 2187), Spread(10, 3, 90, 2700)

    assert interval([nine]) == interval([ten]) == (Decimal("75.00"), Decimal("75.00"))
