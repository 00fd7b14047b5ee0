"""The catalogue knows every rule, and every value fits what it says."""

import pytest

from appraisal.rulebook.catalogue import CATALOGUE, JUDGING, ORGANISATION, PREDIKATS, RATINGS
from appraisal.rulebook.forms import AmountField
from appraisal.rulebook.reference_data import RULES
from appraisal.rulebook.shapes import Amount, Numbers, Whole
from appraisal.scoring.matrix import PREDIKAT, Predikat, Rating
from appraisal.scoring.receipt.contents import RULES as ON_THE_RECEIPT


def test_every_rule_has_its_entry_and_every_entry_its_rule():
    assert set(CATALOGUE) == set(RULES)


@pytest.mark.parametrize("key", RULES)
def test_the_value_a_rule_starts_with_fits_its_shape(key):
    assert CATALOGUE[key].shape.faults(RULES[key][0]) == {}


def test_the_tables_say_what_the_program_does():
    cells = RULES["matrix_cells"][0]

    assert {tuple(name.split(".")): value for name, value in cells.items()} == {
        (work.value, behaviour.value): predikat.value for (work, behaviour), predikat in PREDIKAT.items()
    }
    assert dict(RATINGS) == dict(Rating.choices)
    assert dict(PREDIKATS) == dict(Predikat.choices)
    assert set(ON_THE_RECEIPT) <= set(JUDGING)


def test_the_guide_on_shares_is_that_of_the_circular():
    shares = RULES["distribution_guide"][0]

    assert {row: shares[f"{row}.sangat_baik_most"] for row, _ in ORGANISATION} == {
        "istimewa": 70,
        "baik": None,
        "butuh_perbaikan": 10,
        "kurang": 10,
        "sangat_kurang": 0,
    }
    assert [shares[name] for name in ("butuh_perbaikan.butuh_perbaikan_least", "kurang.kurang_least")] == [
        60,
        60,
    ]


@pytest.mark.parametrize("value", [0, 91, 1.5, "14", True, None, [14]])
def test_a_count_of_days_is_a_whole_number_in_its_bounds(value):
    assert Whole(1, 90).fault(value) == "Isi bilangan bulat antara 1 dan 90."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "Isi 1 sampai 5 bilangan"),
        ([31], "antara 0 dan 30"),
        ([3, 7], "Urutkan dari yang terbesar."),
        ([7, 7], "satu kali saja"),
        ("7", "Isi 1 sampai 5 bilangan"),
    ],
)
def test_the_days_of_reminders_are_few_and_in_order(value, words):
    assert words in Numbers(0, 30, 5).fault(value)


@pytest.mark.parametrize("value", ["", "-1", "100.1", "1.234", "1e2", "٣", 12.5, None, ["1"]])
def test_an_amount_is_a_text_with_at_most_two_decimals_in_its_bounds(value):
    assert Amount("0", "100").fault(value) == (
        "Isi bilangan antara 0 dan 100, paling banyak dua angka di belakang koma."
    )


@pytest.mark.parametrize("typed", ["37,5", "37.5", " 37,5 "])
def test_an_amount_is_typed_with_a_comma_or_a_point_and_kept_alike(typed):
    field = AmountField(Amount("0", "100"))

    assert field.clean(typed) == "37.5"
    assert field.prepare_value("37.5") == Amount("0", "100").words("37.5") == "37,5"


def test_the_tables_of_credit_are_those_of_the_circular():
    coefficients, needs = (RULES[key][0] for key in ("credit_coefficients", "credit_needs"))

    assert (coefficients["ahli_muda"], coefficients["ahli_madya"]) == ("25", "37.5")
    assert (needs["ahli_muda.rank"], needs["ahli_muda.level"]) == ("100", "200")
    assert (needs["penyelia.level"], needs["ahli_utama.level"]) == (None, None)


def test_a_part_too_many_or_too_few_is_refused():
    shape = CATALOGUE["escalation_working_days_after"].shape

    assert (
        shape.faults({"person": 1})
        == shape.faults({"person": 1, "x": 2})
        == {"": "Isi semua bagian, tidak lebih."}
    )
