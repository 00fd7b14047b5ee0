"""The demo shows the regulation's examples to whoever may read all plans, word for word."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from appraisal.cycle.actions import plan_period
from appraisal.demo.examples import central, regional
from appraisal.demo.examples.evaluations import evaluations
from appraisal.demo.regulation import PLANS, TEAMS, show_regulation
from appraisal.demo.regulation.rating import RATED, rate_examples
from appraisal.planning.tests.conftest import cast_with_rules
from appraisal.planning.tests.plans import YEAR

from .printed_examples import as_printed
from .reading_pages import expectations_of, results_of, table_rows, texts, tree_of
from .typing_examples import expected_of, page

pytestmark = pytest.mark.django_db


def without_above(results):
    return [(*first, indicators) for *first, _, indicators in results]


@pytest.mark.slow
def test_the_inspector_opens_every_plan_block_and_matrix_of_the_examples(client):
    cast = cast_with_rules()

    plans = show_regulation(cast["self"].cast_units["city"], YEAR, cast["personnel_office"], first=62)

    client.force_login(cast["inspector"])
    examples = regional().plans | central().plans
    for shown in PLANS:
        tree = tree_of(client.get(page("skp-detail", plans[shown.post].pk)))
        example = examples[shown.plan]
        assert without_above(results_of(tree)) == without_above(as_printed(example))
        assert expectations_of(tree) == {
            value.lower(): list(lines) for value, lines in expected_of(example).items()
        }
    for annex, (leader, _, _, _) in zip((regional(), central()), TEAMS, strict=True):
        plan = plans[leader]
        block, [first, second] = annex.blocks[0], annex.matrices
        printed = texts(tree_of(client.get(page("initiative-print", plan.pk))), "//td | //li")
        assert {block.initiative, block.owner, block.parties, block.deadline, block.purpose} <= set(printed)
        assert {*block.routine_activities, *block.transformative_milestones} <= set(printed)
        lead = plan.matrix.rows.get(is_team_lead=True)
        [lead_row] = [
            row
            for row in table_rows(tree_of(client.get(page("matrix-print", plan.pk))))
            if "(ketua tim)" in row[0]
        ]
        assert lead_row[2].startswith(first.roles[0].cells[0][0])
        rows = table_rows(tree_of(client.get(page("matrix-team-print", plan.pk, lead.pk))))[2:]
        assert sorted(row[2:] for row in rows) == sorted(
            [" ".join(cell) if cell else "Tidak ada peran" for cell in role.cells] for role in second.roles
        )


@pytest.mark.slow
def test_three_of_the_examples_are_rated_in_the_demo_and_open_as_the_forms_c(client):
    cast = cast_with_rules()
    plans = show_regulation(cast["self"].cast_units["city"], YEAR, cast["personnel_office"], first=62)
    number = (timezone.localdate().month + 2) // 3
    today = timezone.now()
    period = plan_period(
        year=YEAR,
        number=number,
        opens_at=today - timedelta(minutes=1),
        closes_at=today + timedelta(days=1),
        by="test",
    )

    rate_examples(plans, period)

    client.force_login(cast["inspector"])
    for post, name in RATED.items():
        final = plans[post].evaluations.get()
        page_shown = client.get(page("evaluation-form", final.pk))
        assertContains(page_shown, f"Format {evaluations()[name].form}")
        assertContains(page_shown, 'Baik<span class="visually-hidden"> (dipilih)</span>')
