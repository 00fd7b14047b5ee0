"""Done when 1 of the cycle: the worked examples of Anak Lampiran 2 and 3 are here whole, and as they are printed."""

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from appraisal.demo.examples import central, regional
from appraisal.demo.examples.targets import read_amount, read_target
from appraisal.planning.models import Indicator, IndicatorManual, Skp, WorkResult
from appraisal.rulebook.reference_data import BEHAVIOUR_VALUES

# Form, first and last page; results (of these additional ones), indicators, lines of special expectations.
REGIONAL_PLANS = {
    "head_of_health_office": ("A.1.1", 167, 169, 5, 1, 9, 6),
    "head_of_puskesmas": ("A.1.1", 170, 172, 9, 1, 13, 6),
    "midwife": ("A.1.6", 184, 186, 4, 1, 11, 3),
}
CENTRAL_PLANS = {
    "director_general": ("A.1.2", 131, 133, 8, 1, 9, 7),
    "director": ("A.1.2", 134, 137, 10, 1, 11, 6),
    "head_of_subdirectorate": ("A.1.7", 151, 154, 3, 0, 7, 9),
    "building_engineer": ("A.1.7", 155, 157, 4, 0, 10, 8),
}
# Table, first and last page: how many indicators stand under each goal, and how many lines the budget has.
AGREEMENTS = {
    "regional": [
        ("TABEL 1", 162, 163, [1, 1], 0),
        ("TABEL 2", 164, 164, [1], 1),
        ("TABEL 3", 165, 166, [12, 2, 2, 1, 2, 1], 3),
    ],
    "central": [
        ("TABEL 1", 126, 127, [1, 1], 0),
        ("TABEL 3", 129, 129, [2], 1),
        ("TABEL 4", 130, 130, [7], 1),
    ],
}
# Table: of each row the page and the lines under each column.
MATRICES = {
    "regional": {
        "TABEL 8": [(179, [3])],
        "TABEL 9": [
            (180, [2, 1, 0]),
            (180, [2, 1, 1]),
            (181, [2, 1, 1]),
            (181, [2, 1, 1]),
            (181, [2, 1, 0]),
            (182, [1, 1, 0]),
            (182, [0, 1, 0]),
        ],
    },
    "central": {
        "TABEL 10": [(144, [3])],
        "TABEL 11": [(145, [1, 2, 1]), (145, [4, 2, 1]), (146, [4, 1, 0]), (147, [5, 1, 2])],
    },
}
ANNEXES = {"regional": regional, "central": central}
either = pytest.mark.parametrize("name", ANNEXES)
PAGES = range(123, 188)


def texts(thing):
    """Every text in an example, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from texts(value)
    elif is_dataclass(thing):
        # How a range is joined is a sign, no text.
        for each in fields(thing):
            if each.name != "joint":
                yield from texts(getattr(thing, each.name))


def faults_of(text):
    """What a page turn or a line break leaves behind in a text."""
    if text != " ".join(text.split()):
        yield "blanks"
    if re.search(r"[A-Za-z]- [A-Za-z]", text.replace("pre- dan posttest", "")):
        yield "a word broken at its hyphen"
    if re.match(r"[-•▪] ", text):
        yield "a bullet"
    if "jdih" in text or any(int(number) in PAGES for number in re.findall(r"\d+", text)):
        yield "the foot of a page"


def plans():
    return {**regional().plans, **central().plans}


def counts(plan):
    additional = sum(result.kind == "additional" for result in plan.results)
    expectations = sum(len(lines) for lines in plan.expectations.values())
    size = (len(plan.results), additional, len(plan.indicators), expectations)
    return (plan.form, plan.first_page, plan.last_page, *size)


def test_every_plan_has_the_results_indicators_and_expectations_of_its_pages():
    assert {name: counts(plan) for name, plan in regional().plans.items()} == REGIONAL_PLANS
    assert {name: counts(plan) for name, plan in central().plans.items()} == CENTRAL_PLANS


def test_every_result_stands_on_a_page_of_its_plan():
    for plan in plans().values():
        pages = [result.page for result in plan.results]

        assert pages == sorted(pages)
        assert plan.first_page <= pages[0] <= pages[-1] <= plan.last_page


@either
def test_agreements_have_the_goals_and_budgets_of_their_pages(name):
    found = [
        (
            each.table,
            each.first_page,
            each.last_page,
            [len(goal.indicators) for goal in each.goals],
            len(each.budget),
        )
        for each in ANNEXES[name]().agreements
    ]

    assert found == AGREEMENTS[name]


@either
def test_matrices_have_the_cells_of_their_pages(name):
    matrices = ANNEXES[name]().matrices

    assert {
        each.table: [(role.page, [len(cell) for cell in role.cells]) for role in each.roles]
        for each in matrices
    } == MATRICES[name]
    assert all(len(role.cells) == len(each.columns) for each in matrices for role in each.roles)


def test_the_other_tables_are_whole():
    here, there = regional(), central()

    assert [(each.first_page, each.owner) for each in (*here.manuals, *there.manuals)] == [
        (173, "KEPALA DINAS KESEHATAN"),
        (138, "DIREKTUR JENDERAL III"),
        (139, "DIREKTUR II"),
    ]
    assert [(each.page, len(each.results)) for each in (*here.kinds, *there.kinds)] == [
        (183, 4),
        (148, 3),
        (150, 4),
    ]
    assert [block_counts(each) for each in (*here.blocks, *there.blocks)] == [
        (178, 4, 1, 2, 2),
        (143, 1, 3, 1, 3),
    ]
    assert annex_counts(here.plans["midwife"]) == (187, 3, 1, 2)
    assert annex_counts(there.plans["head_of_subdirectorate"]) == (158, 3, 2, 2)
    assert len(there.regulations.regulations) == 3


def block_counts(block):
    return (
        block.first_page,
        len(block.routine_activities),
        len(block.transformative_activities),
        len(block.routine_milestones),
        len(block.transformative_milestones),
    )


def annex_counts(plan):
    annex = plan.annex
    return annex.page, len(annex.resources), len(annex.accountability), len(annex.consequences)


@either
def test_all_eight_steps_and_the_charts_are_here(name):
    annex = ANNEXES[name]()

    assert [stage.number for stage in annex.stages] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [(each.page, len(each.boxes)) for each in annex.charts] == {
        "regional": [(160, 0), (161, 6), (175, 7), (176, 17), (177, 23)],
        "central": [(124, 24), (125, 10), (141, 7), (142, 23)],
    }[name]


@either
def test_no_text_keeps_what_a_page_turn_or_a_line_break_left(name):
    read = list(texts(ANNEXES[name]()))

    assert len(read) > 300
    assert {text: found for text in read if (found := list(faults_of(text)))} == {}


@pytest.mark.parametrize(
    "spoilt",
    [
        "dua  spasi",
        "Undang- Undang Bangunan Gedung",
        "- butir",
        "▪ butir",
        "pelayanan 167 puskesmas",
        "jdih.menpan.go.id",
    ],
)
def test_a_broken_text_would_be_seen(spoilt):
    assert list(faults_of(spoilt))


def test_every_key_is_one_of_the_models():
    for plan in plans().values():
        assert plan.audience in Skp.Audience
        assert plan.approach in Skp.Approach
        assert Skp(audience=plan.audience, approach=plan.approach).form_code == plan.form
        assert {result.kind for result in plan.results} <= set(WorkResult.Kind.values)
        for indicator in plan.indicators:
            if plan.audience == "leader":
                assert indicator.perspective in Indicator.Perspective
            elif plan.approach == "quantitative":
                assert indicator.aspect in Indicator.Aspect
    for manual in (*regional().manuals, *central().manuals):
        assert manual.control in dict(IndicatorManual._meta.get_field("control").choices)
        assert manual.reporting in IndicatorManual.Reporting


def test_expectations_are_about_the_seven_values():
    known = [name.lower() for name, _ in BEHAVIOUR_VALUES]

    for plan in plans().values():
        assert [value.lower() for value in plan.guides] == known
        assert {value.lower() for value in plan.expectations} <= set(known)
        assert all(len(lines) >= 3 for lines in plan.guides.values())


def test_only_the_midwife_has_further_guides():
    usual = plans()["director"].guides

    assert {name for name, plan in plans().items() if plan.guides != usual} == {"midwife"}
    assert len(plans()["midwife"].guides["Loyal"]) == 5


def test_each_leader_answers_for_his_budget():
    leaders = [plan for plan in plans().values() if plan.audience == "leader"]

    assert len(leaders) == 4
    for plan in leaders:
        assert "budget" in {indicator.perspective for indicator in plan.indicators}


def test_results_of_staff_in_numbers_name_the_result_of_their_leader():
    for name in ("head_of_subdirectorate", "building_engineer"):
        assert all(result.superior_result for result in central().plans[name].results)


def test_only_plans_in_numbers_have_targets_apart_and_each_of_these_is_read_back_as_printed():
    for plan in plans().values():
        for indicator in plan.indicators:
            if plan.approach == "qualitative":
                assert indicator.target is None
            else:
                assert indicator.target.is_numeric
                assert indicator.target.in_words() == indicator.target.printed


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit"),
    [
        ("61,95%", "61.95", "61.95", "%"),
        ("3,5 dari skala 5", "3.5", "3.5", "dari skala 5"),
        ("90", "90", "90", ""),
        ("3 unit", "3", "3", "unit"),
        ("80%-90% peserta puas", "80", "90", "% peserta puas"),
        ("1- 2 minggu setelah pengaduan masuk", "1", "2", "minggu setelah pengaduan masuk"),
    ],
)
def test_a_target_that_begins_with_a_number_is_read(printed, low, high, unit):
    target = read_target(printed)

    assert (target.low, target.high, target.unit) == (Decimal(low), Decimal(high), unit)
    assert target.direction == ("range" if low != high else "higher")
    assert target.target_text == ""
    assert target.in_words() == printed


@pytest.mark.parametrize("printed", ["Desember 2021", "31 Desember 2021", "31-12-2021", "setiap bulan"])
def test_words_and_dates_stay_words(printed):
    target = read_target(printed)

    assert not target.is_numeric
    assert target.target_text == target.in_words() == printed


def test_amounts_are_read_with_and_without_a_blank():
    assert read_amount("Rp.51.727.239.612") == read_amount("Rp. 51.727.239.612") == 51_727_239_612
    for annex in (regional(), central()):
        for line in (line for agreement in annex.agreements for line in agreement.budget):
            assert f"{line.amount:,}".replace(",", ".") in line.printed
