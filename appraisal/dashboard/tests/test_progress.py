"""How far each unit is: who sees which, what is counted, and how much it asks."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.people.actions import open_account
from agencies.people.assigning import enter_state
from agencies.people.models import Assignment, Employee
from agencies.structure.models import Post, Unit
from appraisal.monitoring.models import Feedback
from appraisal.rulebook.models import BehaviourValue
from appraisal.rulebook.reference_data import fill

pytestmark = pytest.mark.django_db
TOP = reverse("appraisal:unit-progress")
LONG_AGO = date(2020, 1, 1)


def of(unit):
    return reverse("appraisal:unit-progress-of", args=[unit.pk])


def cells(answer):
    return {row.name: [value for _, value in row.cells] for row in answer.context["page"]}


@pytest.fixture
def filled(city):
    """An agency of eight: of each state one plan, one evaluated, one on unpaid leave who does not count."""
    fill()
    city.evaluated("baik", 100, post=city.unit_post)
    recorded = city.plan(city.employee(), 90)
    Feedback.objects.create(
        skp=recorded,
        period=city.period,
        value=BehaviourValue.objects.first(),
        giver="leader",
        tone="positive",
        text="Rahasia",
        given_on=date(2026, 9, 1),
        given_by=city.user("system_admin"),
    )
    for state in ("draft", "returned", "submitted"):
        city.plan(city.employee(), state=state)
    city.employee()
    away = city.employee()
    enter_state(away, kind="cltn", start=LONG_AGO, by="test")
    city.plan(city.employee(city.office_post), None)
    return city


def test_each_step_is_counted_once_and_who_owes_nothing_is_not(client, filled):
    client.force_login(filled.user("unit_admin", filled.agency))

    answer = client.get(TOP)

    #                      owing, none, draft, submitted, agreed, progress, feedback, evaluated
    assert cells(answer) == {
        "Langsung di Dinas Kesehatan": [1, 0, 0, 0, 1, 0, 0, 0],
        "Puskesmas Teluk": [6, 1, 2, 1, 2, 2, 1, 1],
    }
    assert answer.context["total"].owing == 7
    assert "3 dari 7 pegawai sudah menyepakati SKP" in answer.content.decode()


def test_the_city_leads_down_to_the_agency_and_the_agency_to_its_units(client, filled):
    client.force_login(filled.user("personnel_office"))

    city, agency = client.get(TOP), client.get(of(filled.agency))

    assert cells(city) == {"Dinas Kesehatan": [7, 1, 2, 1, 3, 2, 1, 1]}
    assert of(filled.agency) in city.content.decode()
    assert "Puskesmas Teluk" in cells(agency)
    assert client.get(of(filled.unit)).status_code == 200


def test_a_head_follows_his_own_unit_and_nobody_elses(client, filled):
    elsewhere = filled.add_agency("DISDIK", "Dinas Pendidikan")
    head = filled.employee(filled.head_post)
    account = open_account(email="kepala@contoh.test", name="Kepala", by="test", employee=head)
    client.force_login(account)

    assert [client.get(of(unit)).status_code for unit in (filled.agency, filled.unit, elsewhere)] == [
        200,
        200,
        404,
    ]
    assert "Puskesmas Teluk" in cells(client.get(TOP))


def test_who_leads_no_unit_is_told_so_and_finds_none(client, filled):
    account = open_account(email="staf@contoh.test", name="Staf", by="test", employee=filled.employee())
    client.force_login(account)

    assert "Tidak ada unit untuk Anda" in client.get(TOP).content.decode()
    assert client.get(of(filled.unit)).status_code == 404


def test_a_column_sorts_both_ways(client, filled):
    client.force_login(filled.user("unit_admin", filled.agency))

    found = [list(cells(client.get(TOP, {"urut": by}))) for by in ("owing", "-owing", "name", "<x>")]

    small, large = "Langsung di Dinas Kesehatan", "Puskesmas Teluk"
    assert found == [[small, large], [large, small], [small, large], [small, large]]


def test_the_file_holds_the_same_numbers_and_no_formula(client, filled):
    filled.unit.name = "=1+1"
    filled.unit.save(update_fields=["name"])
    client.force_login(filled.user("inspector"))

    answer = client.get(reverse("appraisal:unit-progress-data", args=[filled.agency.pk]))

    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=1+1,Triwulan III 2026,6,1,2,1,2,2,1,1\r\n" in text
    assert text.endswith("Seluruh Dinas Kesehatan,Triwulan III 2026,7,1,2,1,3,2,1,1\r\n")


def test_no_name_and_no_words_of_anybody_stand_there(client, filled):
    client.force_login(filled.user("unit_admin", filled.agency))

    page = client.get(TOP).content.decode()

    assert "Rahasia" not in page
    assert "Pegawai 1" not in page


def test_eighty_six_units_ask_no_more_than_one(client, filled):
    client.force_login(filled.user("personnel_office"))
    with CaptureQueriesContext(connection) as few:
        client.get(TOP)
    lay_down_agencies(filled, 85)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(TOP)

    assert (len(many), answer.context["page"].paginator.count) == (len(few), 86)
    assert len(few) <= 10


def lay_down_agencies(city, count):
    """So many agencies with one employee each, as rows: made by the acts they take half a minute."""
    units = Unit.objects.bulk_create(
        Unit(
            parent=city.city,
            kind="agency",
            code=f"A{n}",
            name=f"Dinas {n}",
            path=f"x{n}/",
            valid_from=LONG_AGO,
        )
        for n in range(count)
    )
    for unit in units:
        unit.path = f"{city.city.path}{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"])
    posts = Post.objects.bulk_create(
        Post(unit=unit, code=f"P{unit.pk}", name="Staf", kind="pelaksana", superior=city.mayor_post)
        for unit in units
    )
    people = Employee.objects.bulk_create(
        Employee(name=f"Orang {n}", nip=f"19800101200502{1000 + n}", kind="pns") for n in range(count)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=person, post=post, term=DateRange(LONG_AGO, None))
        for person, post in zip(people, posts, strict=True)
    )
