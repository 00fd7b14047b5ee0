"""Whoever is not to be appraised is not shown as one whose appraiser is missing."""

from datetime import date

import pytest
import time_machine

from agencies.people.assigning import end_assignment, enter_state
from agencies.people.models import Employee, ServiceState
from agencies.people.orphans import owe_appraisal_on, why_free
from agencies.people.tests.organisation import START, make_employee

from .scene import account, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel("2026-05-04T09:00:00+09:00"):
        yield


@pytest.fixture
def maria(city):
    return city[2]["Maria Bidan"]


def leave_office(person, kind="retired", start=date(2026, 4, 1)):
    end_assignment(person.assignments.get(), last_day=date(2026, 3, 31), by="test", reason="Pensiun")
    enter_state(person, kind=kind, start=start, by="test")


def page_of(client, city, person):
    client.force_login(with_role(city[0]["root"]))
    return client.get(f"/pegawai/{person.pk}/")


def rows(page):
    year = page.context["year"]
    return [(each.first_day.month, each.first_day in year["free"]) for each in year["stretches"]]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("retired", "Tidak perlu: tidak lagi bertugas"),
        ("left", "Tidak perlu: tidak lagi bertugas"),
        ("cltn", "Tidak perlu dalam keadaan ini"),
    ],
)
def test_who_has_left_or_is_freed_is_not_warned_of(client, city, maria, kind, words):
    leave_office(maria, kind)

    page = page_of(client, city, maria)

    assert f"<dd>{words}</dd>" in page.text
    assert 'class="status warn"' not in page.text
    assert "jadi tidak ada pejabat penilai" in page.text
    assert rows(page) == [(1, False), (4, True)]


def test_who_is_in_service_without_a_post_is_warned_of(client, city, maria):
    end_assignment(maria.assignments.get(), last_day=date(2026, 3, 31), by="test", reason="Dibebaskan")

    page = page_of(client, city, maria)

    assert page.context["free"] == ""
    assert page.text.count('class="status warn"') == 2  # today and in the year
    assert rows(page) == [(1, False), (4, False)]


def test_days_in_service_without_an_appraiser_before_he_retired_stay_a_warning(client, city, maria):
    leave_office(maria, start=date(2026, 5, 1))

    page = page_of(client, city, maria)

    assert "<dd>Tidak perlu: tidak lagi bertugas</dd>" in page.text
    assert rows(page) == [(1, False), (4, False)]


def test_one_state_after_the_other_without_a_gap_frees_all_the_days(client, city, maria):
    end_assignment(maria.assignments.get(), last_day=date(2026, 3, 31), by="test", reason="Pensiun")
    enter_state(maria, kind="mpp", start=date(2026, 4, 1), end=date(2026, 5, 1), by="test")
    enter_state(maria, kind="retired", start=date(2026, 5, 1), by="test")

    assert rows(page_of(client, city, maria)) == [(1, False), (4, True)]


def test_a_day_before_he_retired_is_shown_as_it_was(client, city, maria):
    leave_office(maria)
    client.force_login(with_role(city[0]["root"]))

    page = client.get(f"/pegawai/{maria.pk}/", {"tanggal": "01-02-2026"})

    assert (page.context["free"], page.context["appraiser"]) == ("", city[2]["Hanna Kepala"])


def test_the_mayor_needs_no_appraiser(client, city):
    page = page_of(client, city, city[2]["Wali"])

    assert "Tidak perlu: pejabat negara tidak dinilai" in page.text
    assert 'class="status warn"' not in page.text


def test_ones_own_page_says_the_same(client, city, maria):
    leave_office(maria)
    client.force_login(account(maria, "m"))

    page = client.get("/akun/penilai/")

    assert "Tidak perlu: tidak lagi bertugas." in page.text
    assert "Belum ada penilai" not in page.text


def test_one_rule_says_who_is_free_of_one_and_of_all(city):
    for kind in ServiceState.Kind:
        enter_state(make_employee(f"Orang {kind}"), kind=kind, start=START, by="test")
    day = date(2026, 5, 4)
    owing = set(owe_appraisal_on(day).values_list("pk", flat=True))

    for person in Employee.objects.all():
        state = ServiceState.objects.on(day).filter(employee=person).first()
        assert (person.pk in owing) is (why_free(person, state) == ""), person
