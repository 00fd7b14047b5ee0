"""The forms of the law as tables: what they ask, what is missing, what is kept."""

import pytest

from appraisal.guidance.boxes import BOXES, boxes_of, gaps_in, is_shared, tidy, wants_adjustment
from appraisal.guidance.competences import SCALE, fixed_rows
from appraisal.guidance.statements import STATEMENTS, as_kept, by_subject

from .records import FILLED


@pytest.mark.parametrize(
    ("kind", "headings", "columns"),
    [
        ("coaching", 4, [4, 4, 0, 3]),
        ("mentoring", 3, [0, 4, 4]),
        ("formal", 2, [0, 4]),
        ("informal", 2, [0, 4]),
    ],
)
def test_each_form_has_its_boxes_and_columns(kind, headings, columns):
    boxes = boxes_of(kind)

    assert len(boxes) == headings
    assert [len(box.columns) for box in boxes] == columns


def test_only_the_journal_and_the_record_of_a_training_are_written_by_both():
    shared = {kind for kind in BOXES if is_shared(kind, "guide")}

    assert shared == {"mentoring", "formal", "informal"}
    assert not any(is_shared(kind, "employee") for kind in BOXES)


def test_a_complete_form_lacks_nothing_and_each_empty_cell_is_named():
    assert gaps_in("coaching", FILLED["employee_part"], FILLED["guide_part"]) == []

    lacking = {"langkah": [{"indikator": "A", "strategi": "", "penyesuaian": "ya"}]}

    assert gaps_in("coaching", {}, lacking) == [
        "“Tujuan: apa yang ingin saya capai?” belum diisi.",
        "“Fakta: di mana saya sekarang?” belum diisi.",
        "“Peluang: apa yang dapat saya lakukan?” belum diisi.",
        "“Langkah ke depan: apa yang akan saya lakukan ke depan?” baris 1:"
        " strategi untuk mengatasi masalah atau hambatan belum diisi.",
    ]


def test_what_is_kept_has_the_keys_of_the_form_and_no_empty_rows():
    sent = {"langkah": [{"indikator": " A ", "asing": "x"}, {"indikator": " "}], "lain": "x"}

    assert tidy("coaching", "guide", sent) == {
        "langkah": [{"indikator": "A", "strategi": "", "penyesuaian": ""}]
    }


@pytest.mark.parametrize(("answer", "wanted"), [("ya", True), ("tidak", False), ("", False)])
def test_one_yes_asks_for_an_adjustment(answer, wanted):
    assert wants_adjustment({"langkah": [{"penyesuaian": "tidak"}, {"penyesuaian": answer}]}) is wanted


def test_form_b_1_8_has_nine_statements_about_three_subjects():
    assert [len(statements) for _, statements in by_subject()] == [3, 3, 3]
    kept = as_kept(dict.fromkeys(range(1, 10), ("sebagian", " x ")))
    assert kept[0] == {"kriteria": STATEMENTS[0][1], "tanggapan": "Sebagian", "catatan": "x"}
    assert len(kept) == 9


def test_form_b_1_9_has_eight_managerial_rows_one_sociocultural_and_a_scale_of_five():
    groups = [group for group, *_ in fixed_rows()]

    assert (groups.count("managerial"), groups.count("sociocultural")) == (8, 1)
    assert [score for score, *_ in SCALE] == [1, 2, 3, 4, 5]
