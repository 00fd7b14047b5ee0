from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.access.rules import may_oversee_jobs
from agencies.access.scope import covers, employee_of, units_of, visible_employees
from agencies.people.actions import end_assignment, open_account
from agencies.people.tests.organisation import START, hold, make_employee, make_post, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def city():
    """Two agencies; in the first a head, a chief and a clerk, in the second a head; one person without a post."""
    root = make_unit()
    units = {"city": root, "health": make_unit(root, "agency"), "school": make_unit(root, "agency")}
    units["clinic"] = make_unit(units["health"])
    mayor = make_post(root)
    head = make_post(units["health"], mayor)
    posts = {
        "mayor": mayor,
        "head": head,
        "chief": make_post(units["clinic"], head),
        "other": make_post(units["school"], mayor),
    }
    posts["clerk"] = make_post(units["clinic"], posts["chief"])
    people = {name: make_employee(name) for name in [*posts, "new"]}
    for name, post in posts.items():
        hold(people[name], post)
    return units, posts, people


def account(name="x", employee=None):
    return open_account(email=f"{name}@contoh.test", name=name, employee=employee, by="test")


def holder_of(role, unit):
    user = account("admin")
    grant_role(user, role=role, unit=unit, start=START, end=DAY + timedelta(30), by="test", reason="SK")
    return user


def names_seen(user, day=DAY):
    return {employee.name for employee in visible_employees(user, day)}


def test_somebody_without_employee_or_role_sees_nobody(city):
    assert names_seen(account()) == set()
    assert names_seen(AnonymousUser()) == set()


def test_an_employee_sees_himself(city):
    _units, _posts, people = city

    assert names_seen(account("clerk", people["clerk"])) == {"clerk"}
    assert names_seen(account("new", people["new"])) == {"new"}


def test_a_supervisor_sees_himself_and_his_own_people_only(city):
    _units, _posts, people = city

    assert names_seen(account("head", people["head"])) == {"head", "chief"}


def test_a_former_supervisor_loses_sight_on_the_day_of_the_move(city):
    _units, _posts, people = city
    user = account("chief", people["chief"])
    end_assignment(people["chief"].assignments.get(), last_day=DAY - timedelta(1), by="test")

    assert names_seen(user, DAY - timedelta(1)) == {"chief", "clerk"}
    assert names_seen(user, DAY) == {"chief"}


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.INSPECTOR, Role.PERSONNEL_OFFICE])
def test_a_role_in_an_agency_shows_its_people_and_nobody_elses(city, role):
    units, _posts, _people = city

    assert names_seen(holder_of(role, units["health"])) == {"head", "chief", "clerk"}


def test_a_role_shows_nothing_outside_its_term(city):
    user = holder_of(Role.INSPECTOR, city[0]["city"])

    assert names_seen(user, START - timedelta(1)) == set()
    assert names_seen(user, DAY + timedelta(30)) == set()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.PERSONNEL_OFFICE])
def test_a_role_over_the_city_also_shows_those_without_a_post(city, role):
    assert names_seen(holder_of(role, city[0]["city"])) == {"mayor", "head", "chief", "clerk", "other", "new"}


def test_a_system_admin_sees_no_employee(city):
    assert names_seen(holder_of(Role.SYSTEM_ADMIN, city[0]["city"])) == set()


def test_an_acting_official_is_seen_by_both_agencies(city):
    units, posts, people = city
    hold(people["other"], posts["chief"], "plt")

    assert names_seen(holder_of(Role.UNIT_ADMIN, units["clinic"])) == {"chief", "clerk", "other"}


def test_a_role_covers_its_unit_and_what_lies_below(city):
    units, _posts, _people = city
    user = holder_of(Role.UNIT_ADMIN, units["health"])

    covered = {name for name, unit in units.items() if covers(user, unit, Role.UNIT_ADMIN, day=DAY)}
    assert covered == {"health", "clinic"}
    assert set(units_of(user, Role.UNIT_ADMIN, day=DAY)) == {units["health"], units["clinic"]}
    assert not covers(user, units["health"], Role.INSPECTOR, day=DAY)


def test_a_unit_whose_number_begins_the_same_is_another_unit(city):
    """Paths are compared with their closing stroke: 1/4/ is not above 1/40/."""
    units, _posts, _people = city
    units["school"].path = units["health"].path[:-1] + "0/"
    units["school"].save()

    assert not covers(holder_of(Role.UNIT_ADMIN, units["health"]), units["school"], Role.UNIT_ADMIN, day=DAY)


@pytest.mark.parametrize(
    ("role", "jobs"),
    [
        (Role.PERSONNEL_OFFICE, True),
        (Role.UNIT_ADMIN, False),
        (Role.INSPECTOR, False),
        (Role.SYSTEM_ADMIN, True),
    ],
)
def test_roles_open_the_jobs(city, role, jobs):
    user = account()
    grant_role(user, role=role, unit=city[0]["city"], start=START, by="test", reason="SK")

    assert may_oversee_jobs(user) == jobs
    assert employee_of(user) is None


def test_the_cost_of_looking_is_the_same_for_one_and_for_many(city, django_assert_num_queries):
    units, posts, people = city
    user = account("chief", people["chief"])
    for expected in (2, 2):
        with django_assert_num_queries(expected):
            list(visible_employees(user, DAY))
        for _ in range(3):
            hold(make_employee(), make_post(units["clinic"], posts["chief"]))
