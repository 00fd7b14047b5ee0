import json
from decimal import Decimal

import pytest

from appraisal.scoring.matrix import Rating
from appraisal.scoring.receipt import (
    canonical_text,
    evaluation_receipt,
    receipt_for,
    sha256_of,
)
from appraisal.scoring.suggestion import suggested_rating
from appraisal.scoring.tests.sample_receipts import example, indicator, result


def test_the_receipt_of_an_evaluation_lists_inputs_steps_and_result():
    receipt = evaluation_receipt(**example())

    assert receipt["version"] == "2"
    assert receipt["subject"] == {
        "employee": "pegawai-7f3a",
        "period": "Triwulan III 2026",
    }
    assert receipt["result"] == {
        "suggestion": "meets",
        "work_rating": "meets",
        "behaviour_rating": "meets",
        "predikat": "baik",
    }
    assert [(step["id"], step["result"]) for step in receipt["steps"]] == [
        ("R1.I1.percent", "94.71"),
        ("R1.I2.percent", "112.50"),
        ("R2.I1.percent", None),
        ("R3.I1.percent", "120.00"),
        ("coverage", "33"),
        ("suggestion", "meets"),
        ("predikat", "baik"),
    ]


def test_an_input_says_what_it_is_and_where_it_comes_from():
    receipt = evaluation_receipt(**example())
    inputs = {row["id"]: row for row in receipt["inputs"]}

    assert inputs["R1.I2.target"] == {
        "id": "R1.I2.target",
        "label": "Target indikator 1.2",
        "value": "7 s.d. 8",
        "unit": "persen",
        "source": "SKP",
        "sha256": None,
    }
    assert inputs["R1.E1"] == {
        "id": "R1.E1",
        "label": "Bukti: Register",
        "value": "2026-09-30",
        "unit": None,
        "source": "Pegawai",
        "sha256": "ab" * 32,
    }
    assert inputs["R2.I1.realised"]["value"] is None


def test_a_step_names_its_article_version_and_formula():
    step = evaluation_receipt(**example())["steps"][-1]

    assert step == {
        "id": "predikat",
        "name": "Predikat kinerja",
        "rule": "matrix",
        "article": "PermenPANRB 6/2022 halaman 99–100",
        "rule_version": "2022-02-07",
        "uses": {"work": "work.rating", "behaviour": "behaviour.rating"},
        "formula": "Hasil kerja sesuai ekspektasi dan perilaku kerja sesuai ekspektasi: Baik.",
        "result": "baik",
        "rounding": "Tanpa pembulatan",
    }


def test_the_same_evaluation_gives_the_same_bytes():
    first = canonical_text(evaluation_receipt(**example()))
    again = canonical_text(json.loads(json.dumps(evaluation_receipt(**example()), indent=4)))

    assert first == again
    assert "“berisiko”" in first
    assert sha256_of("ok") == ("2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df")


@pytest.mark.parametrize("value", [1.5, True, object(), Decimal("NaN")])
def test_what_is_not_exact_text_stays_out_of_a_receipt(value):
    row = {"id": "a", "label": "A", "value": value}

    with pytest.raises(TypeError):
        receipt_for(subject={}, inputs=[row], steps=[], result={})


@pytest.mark.parametrize("receipt", [{"a": 1.5}, {"a": [1]}, {1: "a"}, {"a": {"b": True}}])
def test_only_text_has_a_canonical_form(receipt):
    with pytest.raises(TypeError):
        canonical_text(receipt)


def test_a_step_may_use_only_what_is_on_the_receipt():
    step = {"id": "s", "name": "", "rule": "", "article": "", "rule_version": ""}
    step |= {"uses": {"target": ["missing"]}, "formula": "", "result": ""}

    with pytest.raises(ValueError, match="memakai masukan yang tidak ada: missing"):
        receipt_for(subject={}, inputs=[], steps=[step], result={})


def test_no_key_is_used_twice_on_a_receipt():
    row = {"id": "a", "label": "A", "value": "1"}

    with pytest.raises(ValueError, match="dipakai dua kali: a"):
        receipt_for(subject={}, inputs=[row, row], steps=[], result={})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"predikat": "sangat_baik"}, "Predikat berbeda"),
        ({"suggestion": suggested_rating(main=[Rating.ABOVE])}, "Usulan rating berbeda"),
        ({"behaviour_rating": None}, "Rating belum diisi"),
        ({"results": [result(kind="penting")]}, "Jenis hasil kerja tidak dikenal"),
        (
            {"results": [result(indicator("10", "9") | {"direction": "naik"})]},
            "Arah indikator tidak dikenal",
        ),
        (
            {"results": [result(indicator("10", "9") | {"percent": Decimal("95")})]},
            "Capaian indikator 1.1 berbeda",
        ),
        (
            {"results": [result(indicator("10", None) | {"percent": Decimal("0")})]},
            "Capaian indikator 1.1 berbeda",
        ),
    ],
)
def test_a_receipt_never_explains_another_number_than_the_one_shown(changed, reason):
    with pytest.raises(ValueError, match=reason):
        evaluation_receipt(**example() | changed)
