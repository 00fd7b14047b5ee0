from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.sample import half_width, sample_size

TABLE = {
    10: 10, 15: 14, 20: 19, 30: 28, 50: 44,
    75: 63, 100: 80, 150: 108, 200: 132, 300: 169,
    400: 196, 500: 217, 750: 254, 1000: 278, 2000: 322,
    3000: 341, 5000: 357, 10000: 370, 20000: 377, 75000: 382,
}  # fmt: skip


@pytest.mark.parametrize(("population", "sample"), TABLE.items())
def test_the_sample_is_the_one_of_krejcie_and_morgan(population, sample):
    assert sample_size(population) == sample


@pytest.mark.parametrize(("population", "sample"), [(0, 0), (1, 1), (2, 2), (10**9, 384)])
def test_the_ends_of_the_table(population, sample):
    assert sample_size(population) == sample


@pytest.mark.parametrize("population", [-1, 1.5, "100", None, True])
def test_a_broken_population_is_refused(population):
    with pytest.raises(ValueError, match="Jumlah pengguna layanan"):
        sample_size(population)


@given(st.integers(1, 10**7))
def test_a_sample_grows_with_the_population_and_never_exceeds_it(population):
    assert sample_size(population) <= sample_size(population + 1)
    assert 0 < sample_size(population) <= min(population, 384)


@pytest.mark.parametrize(
    ("values", "width"),
    [
        ([], None),
        ([80], None),
        ([80, 80, 80], "0.00"),
        ([75, 100], "24.50"),
        ([Decimal("75.5"), 80, 85, 90, 95], "6.79"),
    ],
)
def test_the_interval_narrows_with_agreement(values, width):
    assert half_width(values) == (None if width is None else Decimal(width))
