"""Agreements, a work block and a matrix around the cast: arguments of the addresses of goals and cascading."""

from datetime import date

from appraisal.cascading.models import (
    MatrixRole,
    MatrixRow,
    RoleMatrix,
    StrategicInitiative,
)
from appraisal.goals.models import (
    AgreementVersion,
    BudgetLine,
    Goal,
    GoalIndicator,
    PerformanceAgreement,
    PriorityProgramme,
)


def build_cascade(cast, plan, year):
    """{name: key}; the strategy and the matrix are those of `plan`, whose owner is "self"."""
    return {**build_agreements(cast, year), **build_matrix(cast, plan)}


def build_agreements(cast, year):
    """Of the clinic: a draft this year, one that waits for the leader above, one that is signed."""
    clinic = cast["self"].cast_units["clinic"]
    parties = {
        "first_party": cast["appraiser"].employee,
        "second_party": cast["superior"].employee,
        "first_post": "Kepala",
        "second_post": "Kepala Dinas",
    }
    programme = PriorityProgramme.objects.create(number=1, name="Program", first_year=2020, last_year=2090)
    draft = PerformanceAgreement.objects.create(unit=clinic, year=year)
    goal = Goal.objects.create(agreement=draft, position=1, statement="Ibu hamil sehat", programme=programme)
    GoalIndicator.objects.create(
        goal=goal, position=1, statement="Ibu hamil yang dilayani", target="100 persen"
    )
    line = BudgetLine.objects.create(agreement=draft, position=1, name="Kesehatan ibu", amount=1_000_000)
    offered = PerformanceAgreement.objects.create(unit=clinic, year=year - 1, state="offered", **parties)
    signed = PerformanceAgreement.objects.create(
        unit=clinic, year=year - 2, state="signed", signed_on=date(year - 2, 1, 20), **parties
    )
    content = {"unit": clinic.name, "year": signed.year, "signed_on": None, "goals": [], "budget": []}
    person = {"name": "Orang", "nip": "", "post": "Kepala"}
    AgreementVersion.objects.create(
        agreement=signed,
        number=1,
        content=content | {"first": person, "second": person},
        sha256="0" * 64,
        signed_on=signed.signed_on,
    )
    return {
        "programme": programme.pk,
        "agreement_draft": draft.pk,
        "agreement_offered": offered.pk,
        "agreement_signed": signed.pk,
        "agreement_version": 1,
        "goal": goal.pk,
        "budget_line": line.pk,
    }


def build_matrix(cast, plan):
    """A work block; a matrix in which a subordinate leads a team, and somebody of another leader is asked for."""
    result = plan.results.first()
    indicator = result.indicators.first()
    initiative = StrategicInitiative.objects.create(
        plan=plan,
        position=1,
        title="Layanan cepat",
        owner="Bidan",
        deadline="12 bulan",
        purpose="Sehat",
        method="load",
    )
    matrix = RoleMatrix.objects.create(plan=plan, leader=plan.employee, year=plan.year)
    team_lead = cast.get("subordinate", cast["peer"]).employee
    lead = MatrixRow.objects.create(matrix=matrix, employee=team_lead, is_team_lead=True, is_filled=True)
    role = MatrixRole.objects.create(
        row=lead,
        result=result,
        indicator=indicator,
        heading=indicator.statement,
        position=1,
        statement="Pasien terdata",
    )
    member = MatrixRow.objects.create(matrix=matrix, lead=lead, employee=cast["former"].employee)
    asked = (
        MatrixRow.objects.create(matrix=matrix, employee=cast["peer"].employee, consent="asked")
        if ("subordinate" in cast)
        else lead
    )
    return {
        "initiative": initiative.pk,
        "team_lead": team_lead.pk,
        "lead_row": lead.pk,
        "role": role.pk,
        "member": member.employee_id,
        "member_row": member.pk,
        "asked_row": asked.pk,
    }
