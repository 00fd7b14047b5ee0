"""Rupiah as people write them."""

from decimal import Decimal

import pytest
from django.forms import ValidationError

from appraisal.goals.rupiah import RupiahField, written


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1250000", 1250000), ("Rp1.250.000", 1250000), ("rp 1.250.000,50", Decimal("1250000.50")), ("0", 0)],
)
def test_rupiah_are_read_as_written_here(text, amount):
    assert RupiahField().clean(text) == amount


@pytest.mark.parametrize("text", ["satu juta", "-5", "1.25", "1e9", "1,250,000", "9" * 16])
def test_what_is_no_rupiah_is_refused(text):
    with pytest.raises(ValidationError):
        RupiahField().clean(text)


def test_rupiah_are_shown_with_dots():
    assert written(Decimal("1250000000.00")) == "1.250.000.000"
    assert written(Decimal("1.5")) == "1,50"
