from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.directory import shareable
from agencies.access.roles import Role
from agencies.people.assigning import end_assignment
from agencies.people.models import Assignment, Employee
from agencies.people.tests.organisation import START, hold, make_employee, make_post, vacate

from .scene import account, build_city, names_on, with_role

pytestmark = pytest.mark.django_db
LIST = "/pegawai/"


# --- the list -----------------------------------------------------------------------------------


def test_the_list_is_nothing_for_strangers_employees_supervisors_and_system_admins(client, city):
    units, _posts, people = city
    for user in (
        account(),
        account(people["Hanna Kepala"], "h"),
        with_role(units["root"], Role.SYSTEM_ADMIN),
    ):
        client.force_login(user)
        assert client.get(LIST).status_code == 404
        assert client.post("/pegawai/cari/").status_code == 404


def test_the_list_needs_a_signed_in_person(client):
    assert client.get(LIST).url == "/masuk/?next=/pegawai/"


@pytest.mark.parametrize("role", [Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR])
def test_a_role_lists_the_people_of_its_agency_with_post_and_unit(client, city, role):
    client.force_login(with_role(city[0]["health"], role))

    page = client.get(LIST)

    assert names_on(page) == ["Hanna Kepala", "Maria Bidan"]
    assert "Bidan Penyelia" in page.text
    assert "Puskesmas Hutan Contoh" in page.text
    assert "Dinas Pendidikan" not in page.text


def test_the_personnel_office_of_the_city_also_lists_who_has_no_post(client, city):
    make_employee("Zeth Baru")
    client.force_login(with_role(city[0]["root"]))

    page = client.get(LIST)

    assert names_on(page) == ["Hanna Kepala", "Maria Bidan", "Paulus Guru", "Wali", "Zeth Baru"]
    assert "Tanpa jabatan hari ini" in page.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("maria", ["Maria Bidan"]),
        ("  bidan   MARIA ", ["Maria Bidan"]),
        ("maria guru", []),
        ("a", ["Hanna Kepala", "Maria Bidan", "Paulus Guru", "Wali"]),
        ("%", []),
        ("'; --", []),
    ],
)
def test_the_list_is_searched_by_words_of_the_name(client, city, text, found):
    client.force_login(with_role(city[0]["root"]))

    assert names_on(client.get(LIST, {"cari": text})) == found


def test_the_list_is_searched_by_the_tail_of_the_nip(client, city):
    client.force_login(with_role(city[0]["root"]))
    nip = city[2]["Maria Bidan"].nip

    assert names_on(client.get(LIST, {"cari": nip[-6:]})) == ["Maria Bidan"]
    assert names_on(client.get(LIST, {"cari": nip[:6]})) == []


def test_the_list_is_filtered_by_a_unit_and_what_lies_below(client, city):
    units = city[0]
    client.force_login(with_role(units["root"]))

    assert names_on(client.get(LIST, {"unit": units["health"].pk})) == ["Hanna Kepala", "Maria Bidan"]
    assert names_on(client.get(LIST, {"unit": units["clinic"].pk})) == ["Maria Bidan"]


@pytest.mark.parametrize("unit", ["abc", "999999", "1 OR 1=1", "٣"])
def test_a_unit_that_is_not_offered_is_refused_in_words(client, city, unit):
    client.force_login(with_role(city[0]["health"]))

    page = client.get(LIST, {"unit": unit})

    assert page.context["form"].errors == {"unit": ["Pilih unit dari daftar."]}
    assert names_on(page) == ["Hanna Kepala", "Maria Bidan"]


def test_nobody_filters_by_the_units_of_others(client, city):
    units = city[0]
    client.force_login(with_role(units["health"]))

    page = client.get(LIST, {"unit": units["school"].pk})

    assert names_on(page) == ["Hanna Kepala", "Maria Bidan"]
    assert page.context["form"].errors


def test_twenty_five_people_stand_on_a_page(client, city):
    for number in range(30):
        make_employee(f"Orang {number:02}")
    client.force_login(with_role(city[0]["root"]))

    first, second, beyond = (client.get(LIST, {"halaman": n}) for n in (1, 2, 99))

    assert (len(names_on(first)), len(names_on(second)), names_on(beyond)) == (25, 9, names_on(second))
    assert "1–25 dari 34 pegawai" in first.text


def test_the_list_costs_the_same_for_few_and_for_many(client, city):
    units, posts, _people = city
    client.force_login(with_role(units["root"]))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST, {"unit": units["root"].pk}).status_code == 200
        return len(captured)

    few = cost()
    crowd = [Employee(name=f"Orang {n:04}", nip=f"{n:018}", kind="pns") for n in range(500)]
    Employee.objects.bulk_create(crowd)
    Assignment.objects.bulk_create(
        Assignment(employee=each, post=posts["Maria Bidan"], term=(START, None)) for each in crowd
    )
    assert cost() == few <= 12


# --- the search -----------------------------------------------------------------------------------


def test_a_whole_nip_leads_to_the_person_and_stands_in_no_address(client, city):
    client.force_login(with_role(city[0]["root"]))
    maria = city[2]["Maria Bidan"]

    spaced = f"{maria.nip[:8]} {maria.nip[8:14]} {maria.nip[14]} {maria.nip[15:]}"
    response = client.post("/pegawai/cari/", {"cari": spaced})

    assert response.url == f"/pegawai/{maria.pk}/"


def test_the_nip_of_a_stranger_leads_to_an_empty_list(client, city):
    client.force_login(with_role(city[0]["health"]))
    paulus = city[2]["Paulus Guru"]

    response = client.post("/pegawai/cari/", {"cari": paulus.nip})

    assert response.url == f"/pegawai/?cari={paulus.nip[-8:]}"
    assert names_on(client.get(response.url)) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("maria bidan", "maria bidan"),
        ("151001", "151001"),
        ("198609262015051001", "15051001"),
        ("19860926 201505 1 001", "15051001"),
        ("Maria 198609262015051001", "Maria 15051001"),
    ],
)
def test_an_address_never_holds_more_than_the_tail_of_a_nip(text, kept):
    assert shareable(text) == kept


def test_a_search_by_name_can_be_bookmarked(client, city):
    units = city[0]
    client.force_login(with_role(units["root"]))

    response = client.post("/pegawai/cari/", {"cari": "maria", "unit": units["health"].pk})

    assert response.url == f"/pegawai/?cari=maria&unit={units['health'].pk}"
    assert client.post("/pegawai/cari/", {}).url == LIST
    assert client.get("/pegawai/cari/").status_code == 405


# --- one employee -------------------------------------------------------------------------------


def test_a_stranger_finds_nobody(client, city):
    units, _posts, people = city
    maria = people["Maria Bidan"]
    for user in (account(), account(people["Paulus Guru"], "p"), with_role(units["school"])):
        client.force_login(user)
        assert client.get(f"/pegawai/{maria.pk}/").status_code == 404
    assert client.get("/pegawai/999999/").status_code == 404


def test_the_page_shows_work_appraiser_and_the_appraisers_superior(client, city):
    units, _posts, people = city
    for user in (
        account(people["Maria Bidan"], "m"),
        account(people["Hanna Kepala"], "h"),
        with_role(units["health"]),
    ):
        client.force_login(user)

        page = client.get(f"/pegawai/{people['Maria Bidan'].pk}/")

        assert page.status_code == 200
        assert page.context["appraiser"] == people["Hanna Kepala"]
        assert page.context["superior"] == people["Wali"]
        assert "Bidan Penyelia" in page.text
        assert "Hanna Kepala" in page.text


def test_the_page_shows_a_chosen_day(client, city):
    units, posts, people = city
    maria, move = people["Maria Bidan"], timezone.localdate() - timedelta(10)
    vacate(maria)
    hold(maria, posts["Maria Bidan"], start=START - timedelta(400), end=move)
    hold(maria, make_post(units["school"], posts["Paulus Guru"], name="Pengelola UKS"), start=move)
    client.force_login(with_role(units["root"]))

    today = client.get(f"/pegawai/{maria.pk}/")
    before = client.get(f"/pegawai/{maria.pk}/", {"tanggal": f"{move - timedelta(1):%d-%m-%Y}"})

    assert today.context["appraiser"] == people["Paulus Guru"]
    assert before.context["appraiser"] == people["Hanna Kepala"]
    assert [entry.fact.post.name for entry in today.context["posts"] if not entry.withdrawn] == [
        "Pengelola UKS",
        "Bidan Penyelia",
    ]


@pytest.mark.parametrize("day", ["kemarin", "31-02-2026", "2026-13-01", "٣", "x" * 500])
def test_an_impossible_day_is_explained_and_today_shown(client, city, day):
    client.force_login(with_role(city[0]["root"]))

    page = client.get(f"/pegawai/{city[2]['Maria Bidan'].pk}/", {"tanggal": day})

    assert page.status_code == 200
    assert page.context["form"].errors == {"tanggal": ["Isi tanggal seperti 31-12-2026."]}
    assert page.context["day"] == timezone.localdate()


def test_a_day_before_all_history_is_told_plainly(client, city):
    client.force_login(with_role(city[0]["root"]))

    page = client.get(f"/pegawai/{city[2]['Maria Bidan'].pk}/", {"tanggal": "0001-01-01"})

    assert "tidak memegang jabatan pada tanggal ini" in page.text


def test_a_name_cannot_smuggle_markup_into_the_page(client, city):
    evil = make_employee("</script><b>{{ 7 }}</b>")
    client.force_login(with_role(city[0]["root"]))

    for address in (LIST, f"/pegawai/{evil.pk}/"):
        page = client.get(address)
        assert "</script><b>" not in page.text
        assert "{{ 7 }}" in page.text


def test_pages_of_people_answer_only_reading(client, city):
    client.force_login(with_role(city[0]["root"]))

    for address in (LIST, f"/pegawai/{city[2]['Wali'].pk}/"):
        assert client.post(address).status_code == 405


# --- both clocks --------------------------------------------------------------------------------


def test_an_earlier_evening_shows_what_was_known_then(client):
    with time_machine.travel("2026-01-02T09:00:00+09:00"):
        units, posts, people = build_city()
        maria = people["Maria Bidan"]
        vacate(maria)
        hold(maria, make_post(units["school"], posts["Paulus Guru"], name="Pengelola UKS"))
    with time_machine.travel("2026-03-20T09:00:00+09:00"):
        vacate(maria)
        hold(maria, posts["Maria Bidan"])
    client.force_login(with_role(units["root"]))

    with time_machine.travel("2026-06-01T09:00:00+09:00"):
        answers = [
            client.get(f"/pegawai/{maria.pk}/", {"tanggal": "2026-02-01", "tercatat": known})
            for known in ("", "2026-03-19", "2026-03-20")
        ]

    assert ["belum mencatat apa pun" in page.text for page in answers] == [False] * 3
    assert [page.context["appraiser"] for page in answers] == [
        people["Hanna Kepala"],
        people["Paulus Guru"],
        people["Hanna Kepala"],
    ]
    assert [page.context["work"][0].post.name for page in answers] == [
        "Bidan Penyelia",
        "Pengelola UKS",
        "Bidan Penyelia",
    ]


def test_an_evening_before_the_first_record_is_not_taken_for_nobody(client, city):
    """Last March this system may not have been there; that is not the same as having had no superior."""
    client.force_login(with_role(city[0]["root"]))
    address = f"/pegawai/{city[2]['Maria Bidan'].pk}/"

    page = client.get(address, {"tanggal": "2026-03-16", "tercatat": "2020-03-20"})

    assert "belum mencatat apa pun tentang pegawai ini" in page.text


@pytest.mark.parametrize("day", ["besok", "0000-01-01", "'; --", "9" * 40])
def test_an_impossible_evening_is_explained_and_the_present_shown(client, city, day):
    client.force_login(with_role(city[0]["root"]))

    page = client.get(f"/pegawai/{city[2]['Maria Bidan'].pk}/", {"tercatat": day})

    assert page.context["form"].errors == {"tercatat": ["Isi tanggal seperti 31-12-2026."]}
    assert page.context["appraiser"] == city[2]["Hanna Kepala"]


def test_the_days_of_the_year_add_up_and_last_march_is_answered(client, city):
    hanna, maria = city[2]["Hanna Kepala"], city[2]["Maria Bidan"]
    end_assignment(hanna.assignments.get(), last_day=date(2026, 3, 14), by="test")
    client.force_login(with_role(city[0]["root"]))

    page = client.get(f"/pegawai/{maria.pk}/", {"tanggal": "2026-03-15"})

    assert page.context["appraiser"] == city[2]["Wali"]
    rows = [(each.appraiser, each.first_day, each.days) for each in page.context["year"]["stretches"]]
    assert rows == [(hanna, date(2026, 1, 1), 73), (city[2]["Wali"], date(2026, 3, 15), 292)]
    assert page.context["year"]["days"] == 365


def test_what_happens_elsewhere_in_the_city_costs_the_page_nothing(client, city):
    units, posts, people = city
    client.force_login(with_role(units["root"]))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/pegawai/{people['Maria Bidan'].pk}/").status_code == 200
        return len(captured)

    cost()  # the first visit of the day is noted
    few = cost()
    for number in range(30):
        hold(
            make_employee(),
            make_post(units["school"], posts["Paulus Guru"]),
            start=START + timedelta(number),
        )
    assert cost() == few


def test_who_may_record_nothing_is_offered_nothing(client, city):
    maria = city[2]["Maria Bidan"]
    client.force_login(account(city[2]["Hanna Kepala"], "h"))

    page = client.get(f"/pegawai/{maria.pk}/")

    assert "/ubah/" not in page.text
    assert "/penugasan/" not in page.text
