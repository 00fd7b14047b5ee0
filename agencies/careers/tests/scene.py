"""A small city for the tests of this room: four posts in two agencies, each with its holder."""

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import open_account
from agencies.people.tests.organisation import START, hold, make_employee, make_post, make_unit


def build_city():
    """(units, posts, people) by short names."""
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
    people = {name: make_employee(name, kind="pejabat" if name == "Wali" else "pns") for name in posts}
    for name, post in posts.items():
        hold(people[name], post)
    return {"root": root, "health": health, "school": school, "clinic": clinic}, posts, people


def account(employee=None, name="x"):
    return open_account(email=f"{name}@contoh.test", name=name, employee=employee, by="test")


def with_role(unit, role=Role.PERSONNEL_OFFICE):
    user = account(name=f"{role}-{unit.pk}")
    grant_role(user, role=role, unit=unit, start=START, by="test", reason="SK")
    return user


def names_on(page):
    return [employee.name for employee in page.context["page"]]
