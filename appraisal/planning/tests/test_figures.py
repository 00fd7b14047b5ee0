from decimal import Decimal
from types import SimpleNamespace

import pytest

from appraisal.planning.figures import NotANumber, read_number, target_in_words, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("480", "480"),
        (" 480 ", "480"),
        ("95,5", "95.5"),
        ("95.5", "95.5"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1234,50", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("999999999999", "999999999999"),
        ("000123", "123"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Tulis angka seperti 1.234,5."),
        ("sepuluh", "Tulis angka seperti 1.234,5."),
        ("NaN", "Tulis angka seperti 1.234,5."),
        ("Infinity", "Tulis angka seperti 1.234,5."),
        ("1e400", "Tulis angka seperti 1.234,5."),
        ("١٢٣", "Tulis angka seperti 1.234,5."),
        ("１２", "Tulis angka seperti 1.234,5."),
        ("1,234.5", "Tulis angka seperti 1.234,5."),
        ("12.34.56", "Tulis angka seperti 1.234,5."),
        ("1.23.456", "Tulis angka seperti 1.234,5."),
        ("1 234", "Tulis angka seperti 1.234,5."),
        ("1_000", "Tulis angka seperti 1.234,5."),
        ("+5", "Tulis angka seperti 1.234,5."),
        ("5%", "Tulis angka seperti 1.234,5."),
        (",5", "Tulis angka seperti 1.234,5."),
        ("5,", "Tulis angka seperti 1.234,5."),
        ("5\n6", "Tulis angka seperti 1.234,5."),
        ("-5", "Isi angka 0 atau lebih."),
        ("−5", "Isi angka 0 atau lebih."),
        ("1234567890123", "Isi angka paling banyak 12 digit."),
        ("1,234", "Isi paling banyak 2 angka di belakang koma."),
        ("0.125", "Isi paling banyak 2 angka di belakang koma."),
    ],
)
def test_what_is_not_such_a_number_is_refused_with_a_reason(text, reason):
    with pytest.raises(NotANumber) as refusal:
        read_number(text)

    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.00", "0"), ("480.00", "480"), ("95.50", "95,5"), ("1234567.89", "1.234.567,89"), ("1E+3", "1.000")],
)
def test_a_number_is_written_without_empty_decimals_and_read_back_the_same(value, text):
    assert written(Decimal(value)) == text
    assert read_number(text) == Decimal(value)


def test_nothing_is_written_for_no_number():
    assert written(None) == ""


@pytest.mark.parametrize(
    ("direction", "low", "high", "words"),
    [
        ("higher", "480", "480", "480 orang"),
        ("lower", "8", "8", "paling banyak 8 orang"),
        ("range", "0", "1.5", "0–1,5 orang"),
    ],
)
def test_a_target_says_its_direction_in_words(direction, low, high, words):
    indicator = SimpleNamespace(
        direction=direction, target_low=Decimal(low), target_high=Decimal(high), unit="orang"
    )

    assert target_in_words(indicator) == words
