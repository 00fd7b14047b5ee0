"""Done when 1 of the cycle: the worked examples are typed into the pages whole, and read back equal."""

from datetime import date

import pytest

from appraisal.demo.examples import central, regional
from appraisal.planning.models import Indicator, IndicatorManual, Skp, WorkResult
from appraisal.planning.models.results import Control
from appraisal.planning.tests.plans import YEAR

from .printed_examples import as_printed, told
from .reading_pages import (
    expectations_of,
    identities_of,
    manual_of,
    narrative_of,
    printed_parts,
    results_of,
    tree_of,
)
from .typing_examples import (
    add_result,
    agree,
    begin_plan,
    expected_of,
    page,
    people_of,
    write_annex,
    write_manual,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLANS = {**regional().plans, **central().plans}
MANUALS = {manual.owner: manual for manual in (*regional().manuals, *central().manuals)}
each_plan = pytest.mark.parametrize("name", PLANS)


def enter(client, plan):
    """The plan typed by its owner, expected and agreed by its appraiser; returns the people and the stored plan."""
    people = people_of(client, plan)
    agree_above(people, plan)
    skp = begin_plan(people, plan.post, is_qualitative=plan.approach == "qualitative")
    owner = people.as_holder_of(plan.post)
    for result in plan.results:
        add_result(owner, skp, result)
    if plan.annex:
        write_annex(owner, skp, plan.annex)
    if plan.post in MANUALS:
        write_manual(owner, skp, MANUALS[plan.post])
    agree(people, skp, plan.post, plan.appraiser_post, expected_of(plan))
    return people, Skp.objects.get(pk=skp.pk)


def agree_above(people, plan):
    """The results of the superior that a plan names, worded as this plan words them."""
    above = dict.fromkeys((one.superior_result, one.superior_indicator) for one in plan.results)
    above.pop(("", ""), None)
    if not above:
        return
    employee, unit = people.users[plan.appraiser_post].employee, people.unit(plan.appraiser_unit)
    # The superior is a leader where the form names his indicator too (page 59).
    audience = "leader" if any(indicator for _, indicator in above) else "staff"
    skp = Skp.objects.create(
        employee=employee,
        year=YEAR,
        starts_on=date(YEAR, 1, 1),
        ends_on=date(YEAR, 12, 31),
        audience=audience,
        unit=unit,
        post_name=plan.appraiser_post,
        state="submitted",
    )
    for position, (statement, indicator) in enumerate(above, start=1):
        result = WorkResult.objects.create(skp=skp, kind="main", position=position, statement=statement)
        if indicator:
            Indicator.objects.create(result=result, position=1, statement=indicator)


@each_plan
def test_a_plan_is_typed_whole_agreed_and_read_back_equal(client, name):
    plan = PLANS[name]

    people, skp = enter(client, plan)

    assert skp.state == Skp.State.AGREED
    assert skp.form_code == plan.form
    owner = people.as_holder_of(plan.post)
    read = tree_of(owner.get(page("skp-detail", skp.pk)))
    printed = tree_of(owner.get(page("skp-print", skp.pk)))
    expected = {value.lower(): list(lines) for value, lines in expected_of(plan).items()}
    for tree in (read, printed):
        assert expectations_of(tree) == expected
        assert identities_of(tree) == [(plan.post, plan.unit), (plan.appraiser_post, plan.appraiser_unit)]
    assert results_of(read) == as_printed(plan)
    if plan.approach == "qualitative":
        assert narrative_of(printed) == told(plan)
    else:
        assert results_of(printed) == as_printed(plan)
    if plan.annex:
        check_annex(printed_parts(tree_of(owner.get(page("annex-print", skp.pk)))), plan.annex)
    if plan.post in MANUALS:
        check_manual(manual_of(tree_of(owner.get(page("manual-print", skp.pk)))), MANUALS[plan.post])


def check_annex(parts, annex):
    resources, accountability, consequences = parts.values()
    assert resources == [f"{text} (sumber daya manusia)" for text in annex.resources]
    assert accountability == list(annex.accountability)
    assert consequences == [
        f"Apabila memenuhi ekspektasi pimpinan, maka: {text}" for text in annex.consequences
    ]


def check_manual(rows, manual):
    assert rows["Tujuan"] == [manual.purpose]
    assert rows["Definisi"] == list(manual.definition)
    assert rows["Formula"] == list(manual.formula)
    assert rows["Satuan pengukuran"] == [manual.unit]
    assert rows["Kualitas dan tingkat kendali"] == [Control(manual.control).label]
    assert rows["Sumber data"] == [manual.source]
    assert rows["Periode pelaporan"] == [IndicatorManual.Reporting(manual.reporting).label]
