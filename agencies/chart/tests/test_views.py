"""The pages everybody reads: the tree, a unit, a post."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.actions import grant_role
from agencies.access.roles import Role
from agencies.people.actions import open_account
from agencies.people.assigning import assign, end_assignment
from agencies.people.models import Assignment
from agencies.people.tests.organisation import make_employee, make_post, make_unit
from agencies.structure.actions import change_unit, end_unit
from agencies.structure.models import Unit
from ambon_kinerja.audit.models import AuditEvent

from .city import LONG_AGO

pytestmark = pytest.mark.django_db
TREE = "/organisasi/"


def unit_page(unit):
    return reverse("agencies:unit-detail", args=[unit.pk])


def post_page(post):
    return reverse("agencies:post-detail", args=[post.pk])


def top(page):
    (branch,) = page.context["tops"]
    return branch


def shape(branch):
    return branch.version.name, branch.people, [shape(child) for child in branch.children]


@pytest.fixture
def as_clerk(client, city):
    client.force_login(city.clerk)
    return client


@pytest.fixture
def as_office(client, city):
    client.force_login(city.office)
    return client


# --- the tree -----------------------------------------------------------------------------------


def test_the_organisation_is_nothing_for_an_account_without_employee_or_role(client, city):
    client.force_login(open_account(email="luar@contoh.test", name="Luar", by="test"))
    addresses = [TREE, "/organisasi/acuan/", unit_page(city.units["fish"]), post_page(city.posts["mayor"])]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404, 404]


def test_the_organisation_needs_a_signed_in_person(client):
    assert client.get(TREE).url == "/masuk/?next=/organisasi/"


def test_an_employee_sees_all_units_with_the_people_in_and_below_them(as_clerk):
    page = as_clerk.get(TREE)

    assert shape(top(page)) == (
        "Kota Ambon",
        10,
        [
            ("Dinas Perdagangan", 3, [("Bidang Pasar", 2, [])]),
            ("Dinas Perikanan", 6, [("Bidang Laut", 2, []), ("Bidang Tangkap", 3, [])]),
        ],
    )


def test_the_tree_names_who_leads_and_nobody_else(as_clerk):
    page = as_clerk.get(TREE)

    assert "Kepala Dinas Perdagangan: Dodi Kepala" in page.text
    assert "Pipi Staf" not in page.text
    assert "2 pemegang" in page.text


def test_the_tree_tells_a_plt_and_a_vacant_head(as_clerk, city):
    end_assignment(held_by(city.people["dodi"]), last_day=date(2026, 1, 31), by="test")
    end_assignment(held_by(city.people["pina"]), last_day=date(2026, 1, 31), by="test")
    assign(city.people["fina"], post=city.posts["trade-head"], start=date(2026, 2, 1), kind="plt", by="test")

    page = as_clerk.get(TREE, {"tanggal": "2026-03-01"})

    assert "Kepala Dinas Perdagangan: Plt. Fina Kepala" in page.text
    assert "Kepala Bidang Pasar: kosong" in page.text


def test_the_tree_marks_what_is_not_confirmed(as_clerk, city):
    assert as_clerk.get(TREE).text.count("belum dipastikan") == 6

    Unit.objects.update(is_confirmed=True)

    assert as_clerk.get(TREE).text.count("belum dipastikan") == 0


def test_the_tree_is_shown_as_it_was_on_a_day(as_clerk, city):
    change_unit(city.units["fish"], on=date(2025, 1, 1), name="Dinas Kelautan", by="test")

    then = as_clerk.get(TREE, {"tanggal": "31-12-2024"})
    now = as_clerk.get(TREE)

    assert "Dinas Perikanan" in then.text
    assert "Dinas Kelautan" not in then.text
    assert "Dinas Kelautan" in now.text
    assert "Dinas Perikanan" not in now.text.replace("Kepala Dinas", "")


def test_the_tree_is_shown_as_it_was_recorded(as_clerk, city):
    yesterday = timezone.localdate() - timedelta(days=1)

    page = as_clerk.get(TREE, {"tanggal": "2025-06-01", "tercatat": yesterday.isoformat()})

    assert page.context["tops"] == []
    assert "Belum ada unit pada tanggal itu" in page.text


@pytest.mark.parametrize("typed", ["x", "31-02-2026", "99999999999", "0000-00-00", "' OR 1=1 --", "\x00"])
def test_a_day_that_is_none_is_told_and_today_is_shown(as_clerk, typed):
    page = as_clerk.get(TREE, {"tanggal": typed, "tercatat": typed})

    assert page.status_code == 200
    assert "Isi tanggal seperti 31-12-2026." in page.text
    assert top(page).people == 10


def test_the_tree_asks_as_many_questions_for_many_units_as_for_few(as_clerk, city):
    as_clerk.get(TREE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_clerk.get(TREE)
    for number in range(60):
        unit = make_unit(city.units["fish"], name=f"Unit {number}")
        post = make_post(unit, city.posts["fish-head"], leads_unit=True, name=f"Kepala {number}")
        assign(make_employee(), post=post, start=LONG_AGO, by="test")
    with CaptureQueriesContext(connection) as many:
        page = as_clerk.get(TREE)

    assert top(page).units == 66
    assert len(many) == len(few)


def held_by(person):
    return Assignment.objects.on(date(2026, 1, 1)).get(employee=person)


# --- an empty organisation ----------------------------------------------------------------------


def test_an_empty_organisation_offers_the_first_list_to_the_personnel_office_only(as_office, city, client):
    assert "Isi dengan daftar awal" not in as_office.get(TREE).text
    assert as_office.get("/organisasi/isi-awal/").status_code == 405

    client.force_login(city.clerk)

    assert client.post("/organisasi/isi-awal/").status_code == 404


def test_the_first_list_is_filled_in_under_the_city_that_is_there(as_office):
    page = as_office.post("/organisasi/isi-awal/", follow=True)

    assert "unit dan" in page.text
    assert Unit.objects.filter(kind="city").count() == 1
    assert Unit.objects.get(code="KEL-RIJALI").path.startswith(Unit.objects.get(kind="city").path)


# --- a unit -------------------------------------------------------------------------------------


def test_a_unit_page_names_leaders_to_all_and_others_to_those_who_may_see_them(client, city):
    client.force_login(city.clerk)
    for_clerk = client.get(unit_page(city.units["catch"])).text
    client.force_login(city.office)
    for_office = client.get(unit_page(city.units["catch"])).text

    assert "Tono Kabid" in for_clerk
    assert "Tara Staf" not in for_clerk
    assert "2 pemegang" in for_clerk
    assert "Tara Staf, Tiwi Staf" in for_office


def test_a_unit_page_tells_where_it_belongs(as_clerk, city):
    page = as_clerk.get(unit_page(city.units["catch"]))

    assert page.context["breadcrumb"] == [
        ("Organisasi", "/organisasi/"),
        ("Kota Ambon", unit_page(city.units["city"])),
        ("Dinas Perikanan", unit_page(city.units["fish"])),
        ("Bidang Tangkap", ""),
    ]


def test_a_unit_page_of_a_day_before_it_existed_says_so(as_clerk, city):
    page = as_clerk.get(unit_page(city.units["catch"]), {"tanggal": "2019-12-31"})

    assert page.status_code == 200
    assert "Tidak ada pada tanggal ini" in page.text
    assert "Unit ini tidak ada pada 31 Desember 2019" in page.text


def test_a_unit_page_tells_its_history_with_both_clocks_and_the_decree(as_clerk, city):
    change_unit(
        city.units["catch"],
        on=date(2025, 1, 1),
        name="Bidang Perikanan Tangkap",
        decree="188/1/2024",
        decree_date=date(2024, 12, 20),
        reason="Penataan",
        by=city.office,
    )

    text = " ".join(as_clerk.get(unit_page(city.units["catch"])).text.split())

    assert "Bidang Perikanan Tangkap, di bawah Dinas Perikanan" in text
    assert "Berlaku 1 Januari 2025 – sampai ada perubahan · Tercatat" in text
    assert "oleh Kantor Kepegawaian · SK 188/1/2024 tanggal 20 Desember 2024" in text
    assert "Penataan" in text


def test_a_corrected_row_says_that_and_when_it_was_corrected(as_clerk, city):
    change_unit(city.units["catch"], on=date(2025, 1, 1), name="Bidang Salah", by="test")
    change_unit(city.units["catch"], on=date(2025, 1, 1), name="Bidang Benar", by="test")

    page = as_clerk.get(unit_page(city.units["catch"]))

    fates = [(told.words.split(",")[0], told.fate) for told in page.context["story"]]
    assert fates == [
        ("Bidang Benar", ""),
        ("Bidang Salah", "diralat"),
        ("Bidang Tangkap", ""),
        ("Bidang Tangkap", "diralat"),
    ]
    assert f"diralat {timezone.localdate():%-d}" in page.text


def test_a_unit_page_leads_to_what_it_became_and_what_it_was(as_clerk, city):
    empty = make_unit(city.units["fish"], name="Bidang Kosong")
    end_unit(empty, last_day=date(2025, 12, 31), successor=city.units["sea"], by="test")

    assert "Dilanjutkan oleh" in as_clerk.get(unit_page(empty)).text
    after = as_clerk.get(unit_page(city.units["sea"])).text
    assert "Melanjutkan" in after
    assert "Bidang Kosong" in after


def test_a_unit_page_asks_as_many_questions_for_many_posts_as_for_few(as_clerk, city):
    address = unit_page(city.units["catch"])
    as_clerk.get(address)
    with CaptureQueriesContext(connection) as few:
        as_clerk.get(address)
    for number in range(30):
        post = make_post(city.units["catch"], city.posts["catch-head"], name=f"Jabatan {number}")
        assign(make_employee(), post=post, start=LONG_AGO, by="test")
    with CaptureQueriesContext(connection) as many:
        as_clerk.get(address)

    assert len(many) == len(few)


@pytest.mark.parametrize("key", [0, 999999, 10**30])
def test_a_unit_or_post_that_is_none_is_not_found(as_clerk, key):
    assert as_clerk.get(f"/organisasi/unit/{key}/").status_code == 404
    assert as_clerk.get(f"/organisasi/jabatan/{key}/").status_code == 404


def test_only_the_personnel_office_of_the_city_is_offered_changes(client, city):
    agency_office = open_account(email="opd@contoh.test", name="Kepegawaian OPD", by="test")
    grant_role(
        agency_office,
        role=Role.PERSONNEL_OFFICE,
        unit=city.units["fish"],
        start=LONG_AGO,
        by="test",
        reason="SK",
    )

    def offered(user):
        client.force_login(user)
        return "Ubah nama" in client.get(unit_page(city.units["fish"])).text

    assert [offered(user) for user in (city.office, agency_office, city.clerk)] == [True, False, False]


# --- confirming ---------------------------------------------------------------------------------


def test_the_personnel_office_confirms_a_unit_once(as_office, city):
    address = reverse("agencies:unit-confirm", args=[city.units["fish"].pk])

    first = as_office.post(address, follow=True)
    second = as_office.post(address, follow=True)

    assert "sudah dipastikan" in first.text
    assert "Unit ini sudah dipastikan." in second.text
    assert AuditEvent.objects.filter(action="unit.confirm").count() == 1


def test_nobody_else_confirms_and_a_link_does_not(as_clerk, city, client):
    address = reverse("agencies:unit-confirm", args=[city.units["fish"].pk])

    assert as_clerk.post(address).status_code == 404

    client.force_login(city.office)

    assert client.get(address).status_code == 405
    assert not Unit.objects.get(pk=city.units["fish"].pk).is_confirmed


# --- a post -------------------------------------------------------------------------------------


def test_a_post_page_tells_unit_superior_holder_and_subordinates(as_clerk, city):
    page = as_clerk.get(post_page(city.posts["fish-head"]))

    assert page.context["superior"].name == "Wali Kota"
    assert page.context["answerer"] == city.people["fina"]
    assert [(seat.version.name, seat.names) for seat in page.context["subordinates"]] == [
        ("Kepala Bidang Laut", ["Lina Kabid"]),
        ("Kepala Bidang Tangkap", ["Tono Kabid"]),
    ]


def test_a_post_page_keeps_names_from_those_who_may_not_see_them(client, city):
    client.force_login(city.clerk)
    for_clerk = client.get(post_page(city.posts["market-staff"]))
    client.force_login(city.office)
    for_office = client.get(post_page(city.posts["market-staff"]))

    assert "Pipi Staf" not in for_clerk.text
    assert "Terisi. Namanya hanya untuk yang berwenang." in for_clerk.text
    assert for_office.text.count("Pipi Staf") == 2


def test_a_post_page_tells_a_vacant_post_from_one_of_several(client, city):
    client.force_login(city.office)
    end_assignment(held_by(city.people["dodi"]), last_day=date(2026, 1, 31), by="test")
    assign(make_employee("Dua Staf"), post=city.posts["market-staff"], start=date(2026, 2, 1), by="test")

    told = [client.get(post_page(city.posts[key])).text for key in ("trade-head", "market-staff")]

    assert ["<dd>Kosong</dd>" in page for page in told] == [True, False]
    assert ["<dd>2 pemegang</dd>" in page for page in told] == [False, True]


def test_a_post_page_tells_who_held_it_when(as_clerk, city):
    end_assignment(held_by(city.people["dodi"]), last_day=date(2026, 1, 31), by="test")
    assign(make_employee("Dewi Baru"), post=city.posts["trade-head"], start=date(2026, 2, 1), by="test")

    page = as_clerk.get(post_page(city.posts["trade-head"]), {"tanggal": "2026-01-15"})

    assert page.context["answerer"] == city.people["dodi"]
    assert [held.employee.name for held in page.context["holders"]] == ["Dewi Baru", "Dodi Kepala"]
    assert "1 Januari 2020 – 31 Januari 2026" in page.text
