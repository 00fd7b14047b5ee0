"""Service states, and who appraises instead of whom the posts name."""

from datetime import date

import pytest

from agencies.access.roles import Role
from agencies.people.assigning import enter_state
from agencies.people.models import AppraiserException, ServiceState
from agencies.people.reporting_line import appraiser_on
from agencies.people.tests.organisation import START
from ambon_kinerja.audit.models import AuditEvent

from .scene import account, with_role
from .test_recording import DECREE, at, pick

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, city):
    user = with_role(city[0]["root"])
    client.force_login(user)
    return user


def test_a_leave_without_pay_is_entered_and_ended(client, city, office):
    hanna, maria = city[2]["Hanna Kepala"], city[2]["Maria Bidan"]

    client.post(at("state", hanna.pk), {"kind": "cltn", "start": "2026-02-01", "last_day": "", **DECREE})
    state = ServiceState.objects.known().get()
    during = appraiser_on(maria, date(2026, 4, 1))
    client.post(at("end-state", state.pk), {"last_day": "2026-03-31", "reason": "Kembali"})

    assert during == city[2]["Wali"]
    assert appraiser_on(maria, date(2026, 4, 1)) == hanna


def test_two_states_at_a_time_are_refused_in_words(client, city, office):
    hanna = city[2]["Hanna Kepala"]
    enter_state(hanna, kind="study", start=START, by="test")

    page = client.post(at("state", hanna.pk), {"kind": "mpp", "start": "2026-02-01", **DECREE})

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "Pegawai ini sudah tercatat dalam keadaan lain pada masa itu."
    ]


def test_retirement_ends_the_sessions_of_the_person(client, city, office):
    hanna = account(city[2]["Hanna Kepala"], "hanna")

    client.post(at("state", city[2]["Hanna Kepala"].pk), {"kind": "retired", "start": "2026-02-01", **DECREE})

    ended = AuditEvent.objects.filter(action="account.end_sessions", target=f"agencies.User:{hanna.pk}")
    assert ended.count() == 1


def test_a_delegation_for_one_employee_and_a_post_that_is_passed_over(client, city, office):
    _units, posts, people = city
    maria, paulus = people["Maria Bidan"], people["Paulus Guru"]
    term = {"start": "2026-02-01", "last_day": "2026-02-28", **DECREE}

    client.post(
        at("exception") + f"?pegawai={maria.pk}", pick(paulus, "appraiser") | {"kind": "delegated"} | term
    )
    client.post(at("exception") + f"?jabatan={posts['Hanna Kepala'].pk}", {"kind": "unable"} | term)

    assert appraiser_on(maria, date(2026, 2, 1)) == paulus
    assert appraiser_on(maria, date(2026, 3, 1)) == people["Hanna Kepala"]
    listed = [str(rule) for rule in AppraiserException.objects.known().order_by("pk")]
    assert listed == ["Maria Bidan: Paulus Guru", "Kepala Dinas Kesehatan — Dinas Kesehatan: dilewati"]


def test_a_delegation_names_somebody_else(client, city, office):
    maria = city[2]["Maria Bidan"]
    address = at("exception") + f"?pegawai={maria.pk}"
    facts = {"kind": "delegated", "start": "2026-02-01", **DECREE}

    nobody = client.post(address, facts)
    himself = client.post(address, facts | pick(maria, "appraiser"))
    passed_over = client.post(address, facts | {"kind": "unable"})

    assert nobody.context["form"].errors == {"appraiser": ["Isi yang menilai."]}
    assert himself.context["form"].errors == {"appraiser": ["Pegawai tidak boleh menilai dirinya sendiri."]}
    assert passed_over.context["form"].errors["kind"] == ["Pilih dasarnya."]


def test_an_exception_is_listed_and_ended(client, city, office):
    maria = city[2]["Maria Bidan"]
    client.post(
        at("exception") + f"?pegawai={maria.pk}",
        pick(city[2]["Paulus Guru"], "appraiser") | {"kind": "delegated", "start": "2026-02-01", **DECREE},
    )
    rule = AppraiserException.objects.known().get()

    listed = client.get("/penilai/khusus/")
    client.post(at("end-exception", rule.pk), {"last_day": "2026-01-31", "reason": "Tidak jadi"})

    assert "Paulus Guru" in listed.text
    assert not AppraiserException.objects.known().exists()


@pytest.mark.parametrize(
    "query", ["", "?pegawai=abc", "?pegawai=999999", "?jabatan=٣", "?pegawai=" + "9" * 50]
)
def test_an_exception_for_nobody_is_not_found(client, city, office, query):
    assert client.get(at("exception") + query).status_code == 404


def test_exceptions_are_no_business_of_unit_admins(client, city):
    client.force_login(with_role(city[0]["root"], Role.UNIT_ADMIN))

    assert client.get("/penilai/khusus/").status_code == 404
    assert client.get(at("exception") + f"?pegawai={city[2]['Maria Bidan'].pk}").status_code == 404
