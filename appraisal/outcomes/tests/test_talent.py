"""The nine boxes: where somebody stands, who stands nowhere, and who may look."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.people.assigning import assign
from agencies.structure.actions import add_post
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.outcomes import actions
from appraisal.outcomes.lists import LISTS
from appraisal.outcomes.lists.rows import Asked
from appraisal.outcomes.rules import may_read_talent

TALENT = LISTS["talenta"]
ASKED = Asked(year=2025)


def potential(scene, person, value, day=date(2025, 3, 1)):
    return actions.record_potential(
        person,
        unit=scene.clinic,
        by=scene.office,
        potential=value,
        source="Pusat asesmen",
        document="",
        assessed_on=day,
    )


def row_of(scene, person, **asked):
    asked = Asked(**{"year": 2025, **asked})
    with TALENT.reading():
        rows = TALENT.rows(TALENT.found(scene.office, asked), scene.office, asked)
    return next((row for row in rows if row.employee == person), None)


@pytest.mark.parametrize(
    ("predikat", "value", "box"),
    [
        ("sangat_baik", "high", 9),
        ("baik", "high", 8),
        ("sangat_baik", "medium", 7),
        ("butuh_perbaikan", "high", 6),
        ("baik", "medium", 5),
        ("sangat_baik", "low", 4),
        ("kurang", "medium", 3),
        ("baik", "low", 2),
        ("sangat_kurang", "low", 1),
    ],
)
def test_performance_and_potential_give_the_box(scene, predikat, value, box):
    scene.result(predikat)
    potential(scene, scene.me, value)

    assert row_of(scene, scene.me).cells[2] == str(box)
    assert row_of(scene, scene.me, box=box) is not None
    assert row_of(scene, scene.me, box=box % 9 + 1) is None
    boxes, _ = TALENT.boxes(scene.office, ASKED)
    assert {each.number: each.count for line in boxes for each in line if each.count} == {box: 1}


def test_what_is_missing_is_a_state_and_no_guess(scene):
    scene.result("sangat_baik")

    row = row_of(scene, scene.me)

    assert (row.cells[1:], row.missing) == (["Belum ada", "Tidak ada"], "Belum ada asesmen potensi.")
    boxes, outside = TALENT.boxes(scene.office, ASKED)
    assert sum(each.count for line in boxes for each in line) == 0
    assert outside > 0


def test_an_assessment_grows_old_and_a_wrong_one_is_taken_back(scene):
    scene.result("baik")
    potential(scene, scene.me, "low", date(2022, 12, 1))
    assert row_of(scene, scene.me).cells[1] == "Belum ada"
    newer = potential(scene, scene.me, "high")
    assert row_of(scene, scene.me).cells[1] == "Tinggi"
    with pytest.raises(StepRefused, match="sudah dicatat"):
        potential(scene, scene.me, "medium")

    actions.take_back(newer, unit=scene.clinic, reason="Laporan tertukar", by=scene.office)

    assert row_of(scene, scene.me).cells[1] == "Belum ada"


def test_only_the_office_enters_potential(scene):
    for person in ("self", "appraiser", "superior", "mayor", "inspector"):
        with pytest.raises(NotAllowed):
            actions.record_potential(
                scene.me,
                unit=scene.clinic,
                by=scene.cast[person],
                potential="high",
                source="x",
                document="",
                assessed_on=date(2025, 1, 1),
            )


def test_the_office_the_head_of_the_city_and_the_secretary_read_the_boxes(scene):
    post = add_post(
        unit=scene.units["city"],
        code="sekda",
        name="Sekretaris",
        kind="jpt",
        level="ii_a",
        by="test",
        superior=scene.posts["mayor"],
    )
    assert {name for name, user in scene.cast.items() if may_read_talent(user)} == {
        "mayor",
        "personnel_office",
    }

    assign(scene.cast["peer"].employee, post=post, start=date(2026, 1, 1), kind="plt", by="test")

    assert may_read_talent(scene.cast["peer"])


def test_the_head_of_the_city_sees_where_everybody_stands_but_opens_no_result(scene, browse):
    evaluation = scene.result("sangat_baik")
    potential(scene, scene.me, "high")

    page = browse("mayor").get(reverse("appraisal:talent"), {"kotak": "9"})

    assert scene.me.name in page.text
    assert reverse("appraisal:potential-record", args=[scene.me.pk]) not in page.text
    assert (
        browse("mayor").get(reverse("appraisal:evaluation-detail", args=[evaluation.pk])).status_code == 404
    )
