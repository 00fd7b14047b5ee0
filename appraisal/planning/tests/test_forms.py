import pytest

from appraisal.planning.forms import indicator_formset, typed_rows

RIGHT = {
    "aspect": "quantity",
    "statement": "Jumlah ibu hamil yang terlayani",
    "direction": "higher",
    "target_low": "480",
    "target_high": "",
    "unit": "orang",
}


def sent(*rows, total=None):
    data = {
        "indikator-TOTAL_FORMS": str(len(rows) if total is None else total),
        "indikator-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(rows):
        data |= {f"indikator-{number}-{name}": value for name, value in row.items()}
    return data


@pytest.mark.parametrize("total", ["-1", "-999", "0"])
def test_a_forged_count_of_rows_is_refused_and_drops_none_in_silence(total):
    formset = indicator_formset(sent(RIGHT, total=total))

    assert not formset.is_valid()
    assert formset.non_form_errors() == ["Baris indikator tidak terbaca. Muat ulang halaman ini."]


def errors_of(row):
    return indicator_formset(sent(row)).errors[0]


def test_a_right_row_becomes_an_indicator():
    formset = indicator_formset(sent(RIGHT))

    assert formset.is_valid()
    assert [(one["target_low"], one["target_high"], one["unit"]) for one in formset.indicators()] == [
        (480, None, "orang")
    ]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"aspect": ""}, "aspect", "Pilih aspek untuk indikator 1."),
        ({"aspect": "bobot"}, "aspect", "Pilih aspek dari daftar."),
        ({"statement": "  "}, "statement", "Isi apa yang diukur untuk indikator 1."),
        ({"statement": "x" * 301}, "statement", "Indikator paling banyak 300 huruf."),
        ({"direction": ""}, "direction", "Pilih arah target untuk indikator 1."),
        ({"direction": "up"}, "direction", "Pilih arah target."),
        ({"target_low": ""}, "target_low", "Isi target untuk indikator 1."),
        ({"target_low": "-1"}, "target_low", "Isi angka 0 atau lebih."),
        ({"target_low": "1e400"}, "target_low", "Tulis angka seperti 1.234,5."),
        ({"target_low": "NaN"}, "target_low", "Tulis angka seperti 1.234,5."),
        ({"target_low": "٤٨٠"}, "target_low", "Tulis angka seperti 1.234,5."),
        ({"target_low": "1234567890123"}, "target_low", "Isi angka paling banyak 12 digit."),
        (
            {"target_low": "0"},
            "target_low",
            "Isi target lebih dari 0. Untuk target nol, pilih “Dalam rentang” dengan batas bawah 0.",
        ),
        ({"target_high": "500"}, "target_high", "Kosongkan batas atas, atau pilih “Dalam rentang”."),
        ({"direction": "range"}, "target_high", "Isi batas atas."),
        (
            {"direction": "range", "target_high": "480"},
            "target_high",
            "Batas atas harus lebih besar daripada batas bawah.",
        ),
        ({"direction": "range", "target_high": "abc"}, "target_high", "Tulis angka seperti 1.234,5."),
        ({"unit": ""}, "unit", "Isi satuan untuk indikator 1."),
        ({"unit": "", "statement": "Persentase nilai"}, "unit", "Isi satuan untuk indikator 1."),
        ({"unit": "x" * 121}, "unit", "Satuan paling banyak 120 huruf."),
    ],
)
def test_wrong_input_is_explained_at_its_field(changes, field, reason):
    assert errors_of(RIGHT | changes) == {field: [reason]}


def test_a_null_character_is_refused():
    assert list(errors_of(RIGHT | {"statement": "a\x00b"})) == ["statement"]


def test_empty_rows_are_nobodys_indicator():
    formset = indicator_formset(sent({}, RIGHT, dict.fromkeys(RIGHT, "")))

    assert formset.is_valid()
    assert len(formset.indicators()) == 1


def test_the_error_of_a_later_row_says_which_row():
    formset = indicator_formset(sent(RIGHT, RIGHT | {"unit": ""}))

    assert formset.errors == [{}, {"unit": ["Isi satuan untuk indikator 2."]}]


@pytest.mark.parametrize("total", ["11", "1000000000", "abc", ""])
def test_a_hostile_number_of_rows_is_refused_and_costs_nothing(total):
    data = sent(RIGHT, total=total)

    formset = indicator_formset(data)

    assert not formset.is_valid()
    assert len(formset.forms) <= 10
    assert len(typed_rows(data)) <= 10


def test_typed_rows_keep_what_is_wrong():
    [row] = typed_rows(sent(RIGHT | {"target_low": "sepuluh"}))

    assert {name: row[name] for name in RIGHT} == RIGHT | {"target_low": "sepuluh"}
