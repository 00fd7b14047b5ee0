from decimal import Decimal

import pytest

from feedback.results.disclosure import Disclosure, may_show, shrunk_mean


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (0, Disclosure.NOTHING),
        (4, Disclosure.NOTHING),
        (5, Disclosure.COUNT),
        (9, Disclosure.COUNT),
        (10, Disclosure.ESTIMATE),
        (29, Disclosure.ESTIMATE),
        (30, Disclosure.GRADE),
        (5000, Disclosure.GRADE),
    ],
)
def test_few_voices_show_little(count, level):
    assert may_show(count) is level


def test_each_level_includes_the_ones_below_it():
    assert list(Disclosure) == sorted(Disclosure)
    assert may_show(29) < Disclosure.GRADE <= may_show(30)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="Jumlah responden"):
        may_show(-1)


@pytest.mark.parametrize(
    ("values_sum", "n", "unit_mean", "shrunk"),
    [
        pytest.param(12, 3, "3.4", "3.48", id="three fours"),
        pytest.param(6, 3, "3.4", "3.22", id="three twos"),
        pytest.param(0, 0, "3.4", "3.40", id="nobody: the unit's mean"),
        pytest.param(4000, 1000, "3.4", "3.99", id="many voices prevail"),
        pytest.param(Decimal("3.5"), 1, "3.605", "3.60", id="half up once"),
    ],
)
def test_few_voices_are_drawn_towards_the_unit(values_sum, n, unit_mean, shrunk):
    assert shrunk_mean(values_sum, n, unit_mean) == Decimal(shrunk)


@pytest.mark.parametrize(("n", "k"), [(-1, 20), (1, -20), (0, 0)])
def test_impossible_counts_are_refused(n, k):
    with pytest.raises(ValueError, match="Jumlah responden"):
        shrunk_mean(0, n, "3.4", k=k)


def test_a_float_is_not_exact_enough():
    with pytest.raises(TypeError):
        shrunk_mean(12, 3, 3.4)
