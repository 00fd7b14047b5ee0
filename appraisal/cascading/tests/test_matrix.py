"""Who may fill a matrix, what a row keeps, and who is asked first."""

import pytest
from django.db import IntegrityError, transaction

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.cascading import actions
from appraisal.cascading.grid import grid_of, leader_columns
from appraisal.cascading.models import MatrixRole, MatrixRow, RoleMatrix
from appraisal.cascading.queries import roles_for
from appraisal.goals.actions import Conflict
from appraisal.planning.actions import save_result, withdraw_skp
from appraisal.planning.tests.plans import an_indicator

from .matrices import a_row


def grid(plan):
    return grid_of(plan.pk, plan.employee, RoleMatrix.objects.filter(plan=plan).first())


def statements(row):
    return [role.statement for role in row.roles.all()]


def test_rows_are_the_subordinates_of_the_day_and_columns_the_indicators(cast, plan):
    found = grid(plan)

    assert [line.employee for line in found.lines] == [cast["peer"].employee, cast["self"].employee]
    assert [column.heading for column in found.columns] == ["Jumlah ibu hamil yang terlayani"] * 2
    assert found.columns[0].target == "480 orang"
    assert len(found.gaps) == len(found.idle) == 2


def test_a_cell_holds_several_roles_and_an_empty_one_means_no_role(cast, plan):
    row = a_row(cast, plan, "Ibu hamil terlayani", " ", "Rekam medis lengkap", "Rekam medis lengkap")

    assert statements(row) == ["Ibu hamil terlayani", "Rekam medis lengkap"]
    found = grid(plan)
    assert [column.key for column in found.gaps] == [found.columns[1].key]
    assert [line.employee for line in found.idle] == [cast["peer"].employee]


def test_only_the_owner_of_the_plan_fills_its_matrix(cast, plan):
    for name in ("self", "superior", "personnel_office"):
        with pytest.raises(NotAllowed):
            a_row(cast, plan, "Peran", by=name)
    with pytest.raises(StepRefused):
        a_row(cast, plan, "Peran", person="stranger")


def test_the_second_window_is_told_and_the_same_text_twice_is_harmless(cast, plan):
    key = leader_columns(plan.pk)[0].key
    person, by = cast["self"].employee, cast["appraiser"]
    actions.save_row(plan, person, by=by, roles={key: ["Satu"]}, version=0)
    actions.save_row(plan, person, by=by, roles={key: ["Satu"]}, version=0)

    with pytest.raises(Conflict) as told:
        actions.save_row(plan, person, by=by, roles={key: ["Dua"]}, version=0)

    assert statements(told.value.stored) == ["Satu"]
    assert MatrixRow.objects.get().version == 1


def test_a_changed_word_keeps_the_role_and_what_it_was_taken_as(cast, plan, mine):
    row = a_row(cast, plan, "Ibu hamil terlayani", "Rekam medis lengkap")
    first, second = row.roles.all()
    result = actions.take_role(second, by=cast["self"])

    row = a_row(cast, plan, "Rekam medis lengkap dan tepat waktu", "Ibu hamil terlayani")

    assert set(row.roles.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert MatrixRole.objects.get(pk=second.pk).statement == "Rekam medis lengkap dan tepat waktu"
    assert MatrixRole.objects.get(pk=second.pk).taken_as == result


def test_an_indicator_that_is_written_anew_loses_no_role(cast, plan):
    a_row(cast, plan, "Ibu hamil terlayani")
    by = cast["appraiser"]
    draft = withdraw_skp(plan, by=by)
    result = draft.results.first()

    draft.refresh_from_db()
    save_result(
        draft,
        by=by,
        version=draft.version,
        kind="main",
        statement="Hasil baru",
        result=result,
        indicators=[an_indicator(), an_indicator(statement="Lain sama sekali")],
    )

    found = grid(plan)
    cells = next(line.cells for line in found.lines if line.employee == cast["self"].employee)
    assert [role.statement for cell in cells for role in cell.roles] == ["Ibu hamil terlayani"]
    assert not any(cell.column.is_lost for cell in cells if cell.roles)


def test_roles_of_an_indicator_that_is_gone_stand_in_a_column_of_their_own(cast, plan):
    a_row(cast, plan, "Ibu hamil terlayani")
    by = cast["appraiser"]
    draft = withdraw_skp(plan, by=by)
    draft.refresh_from_db()
    save_result(
        draft,
        by=by,
        version=draft.version,
        kind="main",
        statement="Hasil baru",
        result=draft.results.first(),
        indicators=[an_indicator(statement="Lain sama sekali")],
    )

    found = grid(plan)
    lost = [column for column in found.columns if column.is_lost]
    assert [column.heading for column in lost] == ["Jumlah ibu hamil yang terlayani"]
    assert lost[0] not in found.gaps


def test_who_is_appraised_by_another_gets_roles_only_after_his_appraiser_consents(cast, plan):
    acting = cast["acting"].employee
    row = actions.add_person(plan, acting, by=cast["appraiser"])
    assert row.consent == "asked"
    key = leader_columns(plan.pk)[0].key
    actions.save_row(plan, acting, by=cast["appraiser"], roles={key: ["Data sekolah tersedia"]}, version=1)
    assert not roles_for(acting).exists()
    for name in ("appraiser", "acting", "personnel_office"):
        with pytest.raises(NotAllowed):
            actions.decide_consent(row, by=cast[name], is_given=True)

    decider = (
        cast["stranger"] if Notice.objects.filter(recipient=cast["stranger"]).exists() else cast["mayor"]
    )
    actions.decide_consent(row, by=decider, is_given=True)

    assert roles_for(acting).get().statement == "Data sekolah tersedia"


def test_refusing_needs_a_reason_and_is_decided_once(cast, plan):
    row = actions.add_person(plan, cast["acting"].employee, by=cast["appraiser"])
    decider = (
        cast["stranger"] if Notice.objects.filter(recipient=cast["stranger"]).exists() else cast["mayor"]
    )
    with pytest.raises(StepRefused):
        actions.decide_consent(row, by=decider, is_given=False)

    actions.decide_consent(row, by=decider, is_given=False, reason="Beban kerja penuh")

    with pytest.raises(StepRefused):
        actions.decide_consent(row, by=decider, is_given=True)
    assert Notice.objects.filter(recipient=cast["appraiser"], body="Beban kerja penuh").exists()


def test_a_team_leader_shares_his_roles_out_among_his_members(cast, plan):
    lead = a_row(cast, plan, "Layanan cepat", "Data mutakhir", is_team_lead=True)
    peer = cast["peer"].employee
    row = actions.add_person(None, peer, by=cast["self"], lead=lead)
    first = lead.roles.first()

    row = actions.save_row(
        None, peer, by=cast["self"], roles={f"p{first.pk}": ["Pasien diperiksa"]}, version=1, lead=lead
    )

    assert row.roles.get().above == first
    team = grid_of(plan.pk, plan.employee, lead.matrix, lead=lead)
    assert [column.heading for column in team.gaps] == ["Data mutakhir"]
    assert grid(plan).idle == []  # who has a role in a team is not without a role
    with pytest.raises(NotAllowed):
        actions.save_row(None, peer, by=cast["peer"], roles={}, version=2, lead=lead)
    with pytest.raises(StepRefused):
        a_row(cast, plan, "Layanan cepat", is_team_lead=False)


def test_the_database_keeps_two_levels_and_one_row_a_person(cast, plan):
    lead = a_row(cast, plan, "Layanan cepat", is_team_lead=True)
    member = actions.add_person(None, cast["peer"].employee, by=cast["self"], lead=lead)

    with pytest.raises(IntegrityError, match="two_levels"), transaction.atomic():
        MatrixRow.objects.filter(pk=member.pk).update(is_team_lead=True)
    with pytest.raises(IntegrityError, match="one_row_per_person"), transaction.atomic():
        MatrixRow.objects.create(matrix=lead.matrix, employee=lead.employee)


def test_who_has_taken_a_role_is_not_taken_out(cast, plan, mine):
    row = a_row(cast, plan, "Ibu hamil terlayani")
    actions.take_role(row.roles.get(), by=cast["self"])

    with pytest.raises(StepRefused):
        actions.remove_person(row, by=cast["appraiser"])
