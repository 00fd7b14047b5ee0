"""The matrix, the roles and the tree in the browser."""

import gzip

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.tests.cast import LONG_AGO, add_person
from agencies.people.actions import assign
from agencies.structure.actions import add_post
from appraisal.cascading import actions
from appraisal.cascading.grid import leader_columns
from appraisal.cascading.models import MatrixRole, MatrixRow, RoleMatrix
from appraisal.goals.actions import save_goal, start_agreement
from appraisal.goals.models import PriorityProgramme
from appraisal.planning.models import Indicator, WorkResult
from appraisal.planning.tests.plans import a_plan, an_agreed_plan

from .matrices import a_row

YEAR = timezone.localdate().year


def matrix_address(plan):
    return reverse("appraisal:matrix", args=[plan.pk])


def row_data(plan, *texts, version=0, **more):
    keys = [column.key for column in leader_columns(plan.pk)]
    return (
        {f"peran-{key}": text for key, text in zip(keys, texts, strict=False)} | {"version": version} | more
    )


def test_the_leader_fills_a_row_and_goes_on_to_the_next_person(client, cast, plan):
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:matrix-row", args=[plan.pk, cast["peer"].employee.pk])

    answer = client.post(address, row_data(plan, "Ibu hamil terlayani\nRekam medis lengkap", berikutnya="1"))

    assert answer.url.endswith(f"/orang/{cast['self'].employee.pk}/")
    page = client.get(matrix_address(plan)).content.decode()
    assert "Rekam medis lengkap" in page
    assert "Tidak ada peran" in page


def test_an_activity_is_stored_and_advised_against(client, cast, plan):
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:matrix-row", args=[plan.pk, cast["self"].employee.pk])

    page = client.post(address, row_data(plan, "Melaksanakan pemeriksaan"), follow=True).content.decode()

    assert "terbaca seperti kegiatan" in page
    assert MatrixRole.objects.get().statement == "Melaksanakan pemeriksaan"


def test_the_second_window_reads_both_rows(client, cast, plan):
    a_row(cast, plan, "Dari jendela lain")
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:matrix-row", args=[plan.pk, cast["self"].employee.pk])

    answer = client.post(address, row_data(plan, "Tulisan saya"))

    assert answer.status_code == 409
    assert "Dari jendela lain" in answer.content.decode()
    assert "Tulisan saya" in answer.content.decode()
    assert client.post(address, row_data(plan, "Tulisan saya", version=1)).status_code == 302


def test_the_paper_has_the_columns_of_the_form(client, cast, plan):
    a_row(cast, plan, "Ibu hamil terlayani")
    client.force_login(cast["appraiser"])

    page = client.get(reverse("appraisal:matrix-print", args=[plan.pk])).content.decode()

    for words in ("Matriks Pembagian Peran dan Hasil", "Outcome Antara/ Output/ Layanan", "Tidak ada peran"):
        assert words in page


def test_the_employee_takes_his_role_and_lands_on_the_result(client, cast, plan, mine):
    role = a_row(cast, plan, "Ibu hamil terlayani").roles.get()
    client.force_login(cast["self"])
    assert "Ambil ke SKP" in client.get(reverse("appraisal:my-roles")).content.decode()

    answer = client.post(reverse("appraisal:role-take", args=[role.pk]))

    result = WorkResult.objects.get(origin="role")
    assert answer.url == reverse("appraisal:result-edit", args=[mine.pk, result.pk])
    assert client.get(answer.url).status_code == 200
    client.force_login(cast["appraiser"])
    assert "diambil ke SKP" in client.get(matrix_address(plan)).content.decode()
    WorkResult.objects.filter(pk=result.pk).update(statement="Kata lain")
    assert "diambil, lalu diubah" in client.get(matrix_address(plan)).content.decode()


def test_the_offer_on_the_plan_is_counted(cast, plan, mine):
    a_row(cast, plan, "Satu", "Dua")

    assert "Peran dari matriks pimpinan: 2" in render_to_string(
        "appraisal/cascading/offers.html", {"skp": mine}
    )
    assert "Peran" not in render_to_string("appraisal/cascading/offers.html", {"skp": plan})


def test_the_appraiser_consents_in_the_browser(client, cast, plan):
    row = actions.add_person(plan, cast["acting"].employee, by=cast["appraiser"])
    appraiser = next(
        cast[name]
        for name in ("stranger", "mayor")
        if cast[name].notices.filter(path__contains="persetujuan")
    )
    client.force_login(appraiser)
    address = reverse("appraisal:matrix-consent", args=[row.pk])

    assert client.post(address, {"decision": "tolak", "reason": ""}).status_code == 422
    client.post(address, {"decision": "setuju", "reason": ""})

    row.refresh_from_db()
    assert row.consent == "given"
    assert "Disetujui" in client.get(address).content.decode()


def test_somebody_of_another_unit_is_found_by_name_without_a_script(client, cast, plan):
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:matrix-person-add", args=[plan.pk])
    text = {"person": "stranger", "person_untuk": "", "person_pilih": ""}

    found = client.post(address, text | {"cari": "person"})
    assert "Orang Stranger" in found.content.decode()
    key = cast["stranger"].employee.pk
    client.post(address, {"person": "stranger", "person_untuk": "stranger", "person_pilih": key})

    assert MatrixRow.objects.get().consent == "asked"


def fill_matrix(cast, plan, people):
    """`people` more subordinates, each with a role in every column."""
    columns, keys = leader_columns(plan.pk), []
    post = add_post(
        unit=cast["self"].cast_units["clinic"],
        code="many",
        name="Bidan Terampil",
        kind="jf_keterampilan",
        by="test",
        superior=cast["self"].cast_posts["appraiser"],
    )
    matrix, _ = RoleMatrix.objects.get_or_create(plan=plan, leader=plan.employee, year=plan.year)
    for number in range(people):
        employee = add_person(f"bidan{number}", 40 + number).employee
        assign(employee, post=post, start=LONG_AGO, by="test")
        row = MatrixRow.objects.create(matrix=matrix, employee=employee, post_name="Bidan", is_filled=True)
        keys += [
            MatrixRole(
                row=row,
                result=column.result,
                indicator=column.indicator,
                heading=column.heading,
                position=place,
                statement=f"Ibu hamil nomor {number} mendapat pemeriksaan sesuai prosedur layanan {place}",
            )
            for place, column in enumerate(columns)
        ]
    MatrixRole.objects.bulk_create(keys)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), answer.content


@pytest.mark.slow
def test_thirty_people_and_twelve_indicators_cost_what_two_cost_and_stay_small(client, cast, plan):
    result = plan.results.first()
    Indicator.objects.bulk_create(
        Indicator(
            result=result,
            position=place,
            aspect="quantity",
            statement=f"Indikator pimpinan nomor {place}",
            target_low=1,
            target_high=1,
            unit="orang",
        )
        for place in range(2, 12)
    )
    a_row(cast, plan, "Ibu hamil terlayani")
    client.force_login(cast["appraiser"])
    client.get(matrix_address(plan))
    few, _ = queries_of(client, matrix_address(plan))

    fill_matrix(cast, plan, 28)

    many, page = queries_of(client, matrix_address(plan))
    assert page.count(b"mendapat pemeriksaan") == 28 * 12
    assert many == few
    assert len(page) <= 250_000
    assert len(gzip.compress(page)) <= 100_000


def a_cascade(cast):
    """Goal → the leader's result → a result of "self"; "peer" plans what serves nothing."""
    agreement = start_agreement(cast["self"].cast_units["clinic"], year=YEAR, by="test")
    programme = PriorityProgramme.objects.create(number=1, name="Sehat", first_year=2020, last_year=2090)
    units, above = cast["self"].cast_units, None
    for name in ("city", "health"):
        top = start_agreement(units[name], year=YEAR, by="test")
        above = save_goal(
            top,
            by="test",
            statement=f"Sasaran {name}",
            supports=above,
            programme=None if above else programme,
        )
    goal = save_goal(agreement, by="test", statement="Ibu hamil sehat", supports=above)
    save_goal(agreement, by="test", statement="Obat tersedia")
    leaders = an_agreed_plan(cast["appraiser"], cast["superior"], results=2)
    first = leaders.results.first()
    WorkResult.objects.filter(pk=first.pk).update(goal=goal)
    a_plan(cast["self"], parent=first)
    a_plan(cast["peer"])
    return leaders


def test_the_tree_shows_what_serves_what_and_the_gaps(client, cast):
    leaders = a_cascade(cast)
    client.force_login(cast["appraiser"])
    unit = cast["self"].cast_units["clinic"]

    tree = client.get(reverse("appraisal:tree-of-unit", args=[unit.pk])).context["tree"]

    first, second = leaders.results.all()
    assert tree.roots[0].record.name == "Sehat"  # through the goals of health office and city
    goal = tree.roots[0].children[0]
    assert (goal.record.statement, goal.children[0].record) == ("Ibu hamil sehat", first)
    assert [node.record.skp.employee for node in goal.children[0].children] == [cast["self"].employee]
    assert [each.statement for each in tree.unserved_goals] == ["Obat tersedia"]
    assert second in tree.unsupported
    assert first not in tree.unsupported
    assert tree.idle == [cast["peer"].employee]
    assert second in tree.orphans


def test_a_tree_holds_only_what_its_reader_may_see(client, cast):
    a_cascade(cast)
    unit = cast["self"].cast_units["clinic"]
    client.force_login(cast["inspector"])

    tree = client.get(reverse("appraisal:tree-of-unit", args=[unit.pk])).context["tree"]

    assert tree.idle == []  # drafts are not the inspector's business
    client.force_login(cast["self"])
    assert client.get(reverse("appraisal:tree-of-unit", args=[unit.pk])).status_code == 404


def test_the_tree_costs_the_same_for_few_results_and_for_many(client, cast):
    leaders = a_cascade(cast)
    client.force_login(cast["personnel_office"])
    address = reverse("appraisal:tree-of-unit", args=[cast["self"].cast_units["clinic"].pk])
    client.get(address)
    few, _ = queries_of(client, address)

    own = WorkResult.objects.get(skp__employee=cast["self"].employee)
    WorkResult.objects.bulk_create(
        WorkResult(
            skp=own.skp,
            kind="main",
            position=place,
            statement=f"Hasil {place}",
            parent=leaders.results.first(),
        )
        for place in range(2, 40)
    )

    assert queries_of(client, address)[0] == few
