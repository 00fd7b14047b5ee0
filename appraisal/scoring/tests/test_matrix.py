from itertools import product

import pytest

from appraisal.scoring.matrix import PREDIKAT, Predikat, Rating, predikat_for

ABOVE, MEETS, BELOW = Rating.ABOVE, Rating.MEETS, Rating.BELOW


@pytest.mark.parametrize(
    ("work", "behaviour", "predikat"),
    [
        pytest.param(ABOVE, ABOVE, Predikat.SANGAT_BAIK, id="p.99 no 1"),
        pytest.param(ABOVE, MEETS, Predikat.BAIK, id="p.99 no 2.1"),
        pytest.param(MEETS, MEETS, Predikat.BAIK, id="p.99 no 2.2"),
        pytest.param(MEETS, ABOVE, Predikat.BAIK, id="p.99 no 2.3"),
        pytest.param(BELOW, ABOVE, Predikat.BUTUH_PERBAIKAN, id="p.99 no 3.1"),
        pytest.param(BELOW, MEETS, Predikat.BUTUH_PERBAIKAN, id="p.99 no 3.2"),
        pytest.param(ABOVE, BELOW, Predikat.KURANG, id="p.99 no 4.1"),
        pytest.param(MEETS, BELOW, Predikat.KURANG, id="p.99 no 4.2"),
        pytest.param(BELOW, BELOW, Predikat.SANGAT_KURANG, id="p.100 no 5"),
    ],
)
def test_the_quadrant_gives_the_predikat(work, behaviour, predikat):
    assert predikat_for(work=work, behaviour=behaviour) is predikat


def test_the_quadrant_has_nine_fields():
    assert set(PREDIKAT) == set(product(Rating, Rating))


def test_stored_values_of_the_ratings_are_understood():
    assert predikat_for(work="above", behaviour="below") is Predikat.KURANG


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_rating_gives_no_predikat(value):
    with pytest.raises(ValueError, match="Rating belum diisi"):
        predikat_for(work=value, behaviour=MEETS)
    with pytest.raises(ValueError, match="Rating belum diisi"):
        predikat_for(work=MEETS, behaviour=value)


def test_an_unknown_rating_gives_no_predikat():
    with pytest.raises(ValueError, match="Rating tidak dikenal: istimewa"):
        predikat_for(work="istimewa", behaviour=MEETS)


def test_labels_are_those_of_the_form():
    assert Rating.labels == [
        "Di atas ekspektasi",
        "Sesuai ekspektasi",
        "Di bawah ekspektasi",
    ]
    assert Predikat.labels == [
        "Sangat Baik",
        "Baik",
        "Butuh Perbaikan",
        "Kurang/Misconduct",
        "Sangat Kurang",
    ]
