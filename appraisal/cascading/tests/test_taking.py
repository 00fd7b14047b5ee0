"""A role becomes a result of the plan."""

import pytest
from django.utils import timezone

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.cascading import actions
from appraisal.cascading.queries import open_offers
from appraisal.goals.actions import save_goal, start_agreement
from appraisal.planning.models import WorkResult
from appraisal.planning.tests.plans import a_plan, a_submitted_plan

from .matrices import a_row

YEAR = timezone.localdate().year


def test_a_role_is_taken_once_and_hangs_under_the_leaders_result(cast, plan, mine):
    role = a_row(cast, plan, "Ibu hamil terlayani").roles.get()
    assert open_offers(mine) == 1

    result = actions.take_role(role, by=cast["self"])
    again = actions.take_role(role, by=cast["self"])

    assert result == again
    assert (result.origin, result.statement, result.kind) == ("role", "Ibu hamil terlayani", "main")
    assert result.parent == plan.results.first()
    assert result.assigned_by == ""
    assert open_offers(mine) == 0


def test_nobody_takes_the_role_of_another(cast, plan, mine):
    role = a_row(cast, plan, "Ibu hamil terlayani").roles.get()

    for name in ("peer", "appraiser", "personnel_office"):
        with pytest.raises(NotAllowed):
            actions.take_role(role, by=cast[name])


def test_without_an_open_plan_the_reason_is_told(cast, plan):
    role = a_row(cast, plan, "Ibu hamil terlayani").roles.get()
    with pytest.raises(StepRefused, match="Buat SKP"):
        actions.take_role(role, by=cast["self"])
    a_submitted_plan(cast["self"])

    with pytest.raises(StepRefused, match="diajukan"):
        actions.take_role(role, by=cast["self"])


def test_under_a_team_leader_the_role_hangs_under_the_result_of_the_leader_above(cast, plan, mine):
    lead = a_row(cast, plan, "Layanan cepat", person="peer", is_team_lead=True)
    member = actions.add_person(None, cast["self"].employee, by=cast["peer"], lead=lead)
    key = f"p{lead.roles.get().pk}"
    actions.save_row(
        None, member.employee, by=cast["peer"], roles={key: ["Data benar"]}, version=1, lead=lead
    )

    result = actions.take_role(member.roles.get(), by=cast["self"])

    assert result.parent == plan.results.first()
    assert result.assigned_by == "Jabatan peer"


def test_who_leads_a_unit_gets_the_goal_that_serves_the_leaders_goal(cast):
    units = cast["self"].cast_units
    above = save_goal(
        start_agreement(units["health"], year=YEAR, by="test"), by="test", statement="Warga sehat"
    )
    own = save_goal(
        start_agreement(units["clinic"], year=YEAR, by="test"),
        by="test",
        statement="Ibu sehat",
        supports=above,
    )
    leaders = a_submitted_plan(cast["superior"])
    WorkResult.objects.filter(skp=leaders).update(goal=above)
    a_plan(cast["appraiser"])
    role = a_row(cast, leaders, "Ibu hamil sehat", person="appraiser", by="superior").roles.get()

    result = actions.take_role(role, by=cast["appraiser"])

    assert result.goal == own
