"""The guide of SE Menteri PANRB 3/2023: for each achievement of the organisation, shares of its employees. Pure.

What the city changes is a version of the rule `distribution_guide`; this is what the system starts with.
"""

from .catalogue import ORGANISATION, SHARES


def shares(**some):
    """One row of the guide in percent: what the circular says nothing about is free (None)."""
    return dict.fromkeys(name for name, _ in SHARES) | some


DISTRIBUTION = {
    "istimewa": shares(sangat_baik_most=70),
    "baik": shares(baik_most=70),
    "butuh_perbaikan": shares(sangat_baik_most=10, butuh_perbaikan_least=60),
    "kurang": shares(sangat_baik_most=10, butuh_perbaikan_least=10, kurang_least=60),
    "sangat_kurang": shares(sangat_baik_most=0, lower_two_least=10, sangat_kurang_least=60),
}
# Where somebody must be Butuh Perbaikan or Kurang, however few the employees are.
SOMEBODY_BELOW = {code: "yes" if code == "baik" else "no" for code, _ in ORGANISATION}
GUIDE = {f"{row}.{name}": value for row, cells in DISTRIBUTION.items() for name, value in cells.items()}
SIZE_MINIMUM = 5
