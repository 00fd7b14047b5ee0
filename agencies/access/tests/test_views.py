from datetime import date

import pytest

from agencies.access.actions import grant_role
from agencies.access.roles import SENTENCES, Role
from agencies.people.actions import open_account
from agencies.people.tests.organisation import START, hold, make_employee, make_post, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    root = make_unit(name="Kota Ambon")
    health = make_unit(root, "agency", "Dinas Kesehatan")
    school = make_unit(root, "agency", "Dinas Pendidikan")
    clinic = make_unit(health, name="Puskesmas Hutan Contoh")
    mayor = make_post(root, name="Wali Kota")
    head = make_post(health, mayor, name="Kepala Dinas Kesehatan")
    posts = {
        "Wali": mayor,
        "Hanna Kepala": head,
        "Maria Bidan": make_post(clinic, head, name="Bidan Penyelia"),
    }
    posts["Paulus Guru"] = make_post(school, mayor, name="Kepala Dinas Pendidikan")
    people = {name: make_employee(name) for name in posts}
    for name, post in posts.items():
        hold(people[name], post)
    return {"root": root, "health": health, "school": school, "clinic": clinic}, posts, people


def account(employee=None, name="x"):
    return open_account(email=f"{name}@contoh.test", name=name, employee=employee, by="test")


def with_role(unit, role=Role.PERSONNEL_OFFICE):
    user = account(name=f"{role}-{unit.pk}")
    grant_role(user, role=role, unit=unit, start=START, by="test", reason="SK")
    return user


def test_my_account_says_who_appraises_me_and_why(client, city):
    client.force_login(account(city[2]["Maria Bidan"], "m"))

    page = client.get("/akun/")

    assert page.context["line"][-1].answered_by.employee == city[2]["Hanna Kepala"]
    assert "Mengapa beliau?" in page.text
    assert "Kepala Dinas Kesehatan" in page.text
    assert "Anda tidak memegang peran tambahan." in page.text


def test_my_account_tells_my_roles_as_sentences(client, city):
    user = with_role(city[0]["health"], Role.INSPECTOR)
    grant_role(
        user, role=Role.UNIT_ADMIN, unit=city[0]["health"], start=date(2999, 1, 1), by="test", reason="nanti"
    )
    client.force_login(user)

    page = client.get("/akun/")

    assert [grant.sentence for grant in page.context["grants"]] == [SENTENCES[Role.INSPECTOR]]
    assert SENTENCES[Role.INSPECTOR] in page.text
    assert "Dinas Kesehatan" in page.text


def test_an_account_with_neither_employee_nor_role_still_sees_itself(client):
    client.force_login(account())

    page = client.get("/akun/")

    assert page.status_code == 200
    assert "Siapa yang menilai saya" not in page.text


def test_the_account_page_answers_only_reading(client):
    client.force_login(account())

    assert client.post("/akun/").status_code == 405
