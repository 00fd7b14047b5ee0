"""The quadrant of performance: two ratings give the predikat.

PermenPANRB 6/2022, annex chapter IV, pages 99-100 (periodic) and 102-103 (annual).
"""

from django.db.models import TextChoices


class Rating(TextChoices):
    ABOVE = "above", "Di atas ekspektasi"
    MEETS = "meets", "Sesuai ekspektasi"
    BELOW = "below", "Di bawah ekspektasi"


class Predikat(TextChoices):
    """Best first."""

    SANGAT_BAIK = "sangat_baik", "Sangat Baik"
    BAIK = "baik", "Baik"
    BUTUH_PERBAIKAN = "butuh_perbaikan", "Butuh Perbaikan"
    KURANG = "kurang", "Kurang/Misconduct"
    SANGAT_KURANG = "sangat_kurang", "Sangat Kurang"


ABOVE, MEETS, BELOW = Rating.ABOVE, Rating.MEETS, Rating.BELOW

# (rating of work results, rating of behaviour), pages 99-100
PREDIKAT = {
    (ABOVE, ABOVE): Predikat.SANGAT_BAIK,
    (ABOVE, MEETS): Predikat.BAIK,
    (MEETS, ABOVE): Predikat.BAIK,
    (MEETS, MEETS): Predikat.BAIK,
    (BELOW, ABOVE): Predikat.BUTUH_PERBAIKAN,
    (BELOW, MEETS): Predikat.BUTUH_PERBAIKAN,
    (ABOVE, BELOW): Predikat.KURANG,
    (MEETS, BELOW): Predikat.KURANG,
    (BELOW, BELOW): Predikat.SANGAT_KURANG,
}

# Rating of behaviour, page 100 d and 103 d: who did not finish his study is Kurang or Sangat Kurang.
STUDY_NOT_FINISHED = {
    ABOVE: Predikat.KURANG,
    MEETS: Predikat.KURANG,
    BELOW: Predikat.SANGAT_KURANG,
}


def predikat_for(*, work, behaviour):
    """Both ratings are needed; a missing or unknown one is refused (ValueError)."""
    return PREDIKAT[known_rating(work), known_rating(behaviour)]


def known_rating(value):
    """The `Rating` that `value` names. Raises ValueError, with the reason in Indonesian."""
    if not value:
        raise ValueError("Rating belum diisi.")
    try:
        return Rating(value)
    except ValueError:
        raise ValueError(f"Rating tidak dikenal: {value}.") from None
