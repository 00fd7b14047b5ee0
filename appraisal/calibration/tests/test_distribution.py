"""The guide on distribution: every row of the table, the published cases, and what must hold for any counts."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.calibration.distribution import CODES, bounds_for, warnings_for
from appraisal.rulebook.catalogue import ORGANISATION

CASES = json.loads((Path(__file__).parent / "distribution_cases.json").read_text(encoding="utf-8"))
LEVELS = [code for code, _ in ORGANISATION]
some_counts = st.fixed_dictionaries({code: st.integers(0, 60) for code in CODES})


def codes(counts, achievement, **how):
    return [each.code for each in warnings_for(counts, achievement=achievement, **how)]


def people(**some):
    return dict.fromkeys(CODES, 0) | some


# (achievement, people of whom 10 are counted, the warnings); the guide of SE Menteri PANRB 3/2023 row by row
ROWS = [
    ("istimewa", people(sangat_baik=7, baik=3), []),
    ("istimewa", people(sangat_baik=8, baik=2), ["sangat_baik_most"]),
    ("istimewa", people(sangat_kurang=10), []),
    ("baik", people(baik=7, sangat_baik=2, kurang=1), []),
    ("baik", people(baik=7, sangat_baik=2, butuh_perbaikan=1), []),
    ("baik", people(baik=8, sangat_baik=1, kurang=1), ["baik_most"]),
    ("baik", people(baik=7, sangat_baik=3), ["butuh_perbaikan_and_kurang_least"]),
    ("baik", people(baik=7, sangat_baik=2, sangat_kurang=1), ["butuh_perbaikan_and_kurang_least"]),
    ("butuh_perbaikan", people(sangat_baik=1, baik=3, butuh_perbaikan=6), []),
    ("butuh_perbaikan", people(sangat_baik=2, baik=2, butuh_perbaikan=6), ["sangat_baik_most"]),
    ("butuh_perbaikan", people(baik=5, butuh_perbaikan=5), ["butuh_perbaikan_least"]),
    ("kurang", people(sangat_baik=1, baik=2, butuh_perbaikan=1, kurang=6), []),
    ("kurang", people(sangat_baik=2, baik=1, butuh_perbaikan=1, kurang=6), ["sangat_baik_most"]),
    ("kurang", people(baik=4, kurang=6), ["butuh_perbaikan_least"]),
    ("kurang", people(baik=4, butuh_perbaikan=1, kurang=5), ["kurang_least"]),
    ("sangat_kurang", people(baik=3, butuh_perbaikan=1, sangat_kurang=6), []),
    ("sangat_kurang", people(baik=3, kurang=1, sangat_kurang=6), []),
    ("sangat_kurang", people(sangat_baik=1, baik=2, kurang=1, sangat_kurang=6), ["sangat_baik_most"]),
    ("sangat_kurang", people(baik=4, sangat_kurang=6), ["butuh_perbaikan_and_kurang_least"]),
    ("sangat_kurang", people(baik=4, kurang=1, sangat_kurang=5), ["sangat_kurang_least"]),
]


@pytest.mark.parametrize(("achievement", "counts", "expected"), ROWS)
def test_each_row_of_the_guide_warns_one_person_past_its_bound(achievement, counts, expected):
    assert codes(counts, achievement) == expected


def test_the_published_cases():
    fifty = {each.code: each.people for each in bounds_for(50, achievement=CASES[0]["achievement"])}
    twenty = {each.code: each.people for each in bounds_for(20, achievement=CASES[1]["achievement"])}

    assert fifty == {"baik_most": 35, "butuh_perbaikan_and_kurang_least": 1}
    assert twenty == {"butuh_perbaikan_least": 12, "sangat_baik_most": 2}
    assert len(warnings_for(CASES[2]["counts"], achievement=CASES[2]["achievement"])) == CASES[2]["warnings"]


@pytest.mark.parametrize(
    ("size", "most", "least"), [(5, 0, 3), (9, 0, 6), (10, 1, 6), (11, 1, 7), (19, 1, 12), (20, 2, 12)]
)
def test_at_most_is_rounded_down_and_at_least_up(size, most, least):
    bounds = {each.code: each.people for each in bounds_for(size, achievement="Butuh Perbaikan")}

    assert bounds == {"sangat_baik_most": most, "butuh_perbaikan_least": least}


def test_somebody_is_one_person_however_many_there_are():
    assert codes(people(baik=700, sangat_baik=299, kurang=1), "baik") == []


def test_below_the_smallest_size_nothing_is_said():
    assert codes(people(baik=4), "baik") == []
    assert codes(people(baik=5), "baik") != []
    assert codes(people(baik=5), "baik", size_minimum=6) == []


def test_the_text_says_what_there_is_and_what_the_guide_is():
    texts = [each.text for each in warnings_for({"Baik": 10}, achievement="Baik")]

    assert texts == [
        "Baik: 10 orang. Panduannya paling banyak 7 orang (70%).",
        "Butuh Perbaikan dan Kurang: tidak ada. Panduannya paling sedikit 1 orang.",
    ]


def test_labels_and_codes_name_the_same():
    by_label = {"Kurang/Misconduct": 4, "Sangat Kurang": 6}

    assert codes(by_label, "Sangat Kurang") == codes({"Kurang": 4, "sangat_kurang": 6}, "sangat_kurang")


@pytest.mark.parametrize(
    ("counts", "achievement"),
    [({"Cukup": 1}, "Baik"), ({"Baik": -1}, "Baik"), ({"Baik": 1.5}, "Baik"), ({"Baik": 9}, "Lumayan")],
)
def test_what_nobody_knows_is_refused(counts, achievement):
    with pytest.raises(ValueError, match=r"."):
        warnings_for(counts, achievement=achievement)


@given(some_counts, st.sampled_from(LEVELS))
def test_a_warning_is_there_exactly_where_a_bound_is_broken(counts, achievement):
    size = sum(counts.values())
    broken = {each.code for each in bounds_for(size, achievement=achievement) if not each.is_kept(counts)}

    assert set(codes(counts, achievement)) == (broken if size >= 5 else set())


@given(st.integers(5, 6000), st.sampled_from(LEVELS))
def test_the_guide_can_always_be_kept(size, achievement):
    bounds = bounds_for(size, achievement=achievement)
    most = {each.codes: each.people for each in bounds if each.is_most}
    least = [each for each in bounds if not each.is_most]

    assert sum(each.people for each in least) <= size
    assert all(each.people <= most.get(each.codes, size) for each in least)
