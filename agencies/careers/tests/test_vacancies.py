"""Leading posts that stand empty: which, since when, who stands in, who is appraised past them."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.access.roles import Role
from agencies.people.assigning import end_assignment, enter_state, except_appraiser
from agencies.people.tests.organisation import START, hold, make_employee, make_post, make_unit
from appraisal.cycle.models import Period

from .scene import account, with_role

pytestmark = pytest.mark.django_db
REPORT = "/penilai/laporan/jabatan-kosong/"
TODAY = "2026-05-04T09:00:00+09:00"


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def gap(city):
    """The head of the clinic is missing since 1 March; two people work below, one of them below a third."""
    units, posts, _ = city
    lead = make_post(
        units["clinic"], posts["Hanna Kepala"], name="Kepala Puskesmas", kind="pengawas", leads_unit=True
    )
    hold(make_employee("Lama Pergi"), lead, end=date(2026, 3, 1))
    team = make_post(units["clinic"], lead, name="Koordinator", kind="jf_keahlian")
    hold(make_employee("Koordinator Kita"), team)
    hold(make_employee("Perawat Kita"), make_post(units["clinic"], team, name="Perawat"))
    return lead


def rows(client, **query):
    page = client.get(REPORT, query)
    assert page.status_code == 200
    return page.context["vacancies"]


def as_office(client, city):
    client.force_login(with_role(city[0]["root"]))
    return client


def test_nobody_but_offices_and_unit_admins_reads_it(client, city, gap):
    for user in (
        account(),
        account(city[2]["Hanna Kepala"], "h"),
        with_role(city[0]["root"], Role.INSPECTOR),
    ):
        client.force_login(user)
        assert [client.get(REPORT + part).status_code for part in ("", "unduh/")] == [404, 404]


def test_an_empty_post_is_told_with_its_first_day_who_is_below_and_the_page_that_fills_it(client, city, gap):
    [row] = rows(as_office(client, city))

    assert (row.name, row.since, row.acting) == ("Kepala Puskesmas", date(2026, 3, 1), ())
    assert (row.below, row.past) == (2, 1)  # the nurse is appraised by the coordinator
    assert (row.unit, row.agency) == (city[0]["clinic"], city[0]["health"])
    page = client.get(REPORT).text
    assert "Sejak 1 Maret 2026" in page
    assert "2 pegawai, 1 di antaranya dinilai atasan berikutnya" in page
    assert row.mend_words == "Isi atau tunjuk Plt."
    assert client.get(row.mend_at).status_code == 200


@pytest.mark.parametrize(("kind", "words"), [("plt", "Plt. Siti Pengganti"), ("plh", "Plh. Siti Pengganti")])
def test_who_acts_fills_it_for_the_time_being_and_appraises(client, city, gap, kind, words):
    hold(make_employee("Siti Pengganti"), gap, kind, start=date(2026, 3, 1))

    [row] = rows(as_office(client, city))

    assert (row.state_words, row.acting, row.past) == ("Diisi sementara", (words,), 0)
    assert row.mend_words == "Isi jabatan"
    assert rows(client, keadaan="kosong") == []
    assert len(rows(client, keadaan="sementara")) == 1


def test_who_acts_but_is_away_is_passed_over(client, city, gap):
    acting = make_employee("Siti Pengganti")
    hold(acting, gap, "plh")
    enter_state(acting, kind="suspended", start=START, by="test")

    assert [row.past for row in rows(as_office(client, city))] == [1]


def test_who_appraises_there_by_exception_stands_in(client, city, gap):
    except_appraiser(
        kind="functional_head", post=gap, appraiser=city[2]["Maria Bidan"], start=START, by="test"
    )

    [row] = rows(as_office(client, city))

    assert (row.acting, row.past) == (("Maria Bidan (penilai khusus)",), 0)


def test_a_delegated_appraiser_needs_no_post(client, city, gap):
    person = gap.subordinates.get().assignments.get().employee
    except_appraiser(
        kind="delegated", employee=person, appraiser=city[2]["Maria Bidan"], start=START, by="test"
    )

    assert [(row.below, row.past) for row in rows(as_office(client, city))] == [(2, 0)]


def test_whoever_owes_no_appraisal_is_not_counted(client, city, gap):
    team = gap.subordinates.get()
    enter_state(team.assignments.get().employee, kind="cltn", start=START, by="test")
    alone = [(row.below, row.past) for row in rows(as_office(client, city))]
    enter_state(
        team.subordinates.get().assignments.get().employee, kind="retired", start=date(2026, 5, 1), by="test"
    )

    assert alone == [(1, 1)]  # the nurse, whose line now goes over the coordinator too
    assert [(row.below, row.past) for row in rows(client)] == [(0, 0)]


def test_a_post_led_as_an_additional_task_and_one_without_anybody_below_are_no_gaps(client, city, gap):
    hold(make_employee("Guru Pemimpin"), gap, "additional")
    make_post(city[0]["clinic"], gap, name="Pelaksana tanpa pemegang")

    assert rows(as_office(client, city)) == []


def test_a_post_nobody_is_known_to_have_held_says_so(client, city):
    make_post(city[0]["school"], city[1]["Paulus Guru"], name="Kepala Bidang Baru", leads_unit=True)

    [row] = rows(as_office(client, city))

    assert row.since is None
    assert "Pemegangnya belum pernah tercatat" in client.get(REPORT).text


def test_the_last_holder_counts_not_the_first_and_not_a_plt(client, city, gap):
    hold(make_employee("Lebih Lama"), gap, start=date(2025, 1, 1), end=date(2025, 6, 1))
    hold(make_employee("Pernah Plt"), gap, "plt", start=date(2026, 3, 1), end=date(2026, 4, 1))

    assert [row.since for row in rows(as_office(client, city))] == [date(2026, 3, 1)]


def test_a_unit_admin_sees_his_own_and_may_appoint_a_plh_only(client, city, gap):
    make_post(city[0]["school"], city[1]["Paulus Guru"], name="Kepala Bidang Sekolah", leads_unit=True)
    client.force_login(with_role(city[0]["health"], Role.UNIT_ADMIN))

    [row] = rows(client)

    assert (row.name, row.mend_words) == ("Kepala Puskesmas", "Tunjuk Plh.")
    assert client.get(row.mend_at).status_code == 200
    assert "atau minta BKPSDM mengisinya" in client.get(REPORT).text
    assert "Kepala Bidang Sekolah" not in client.get(f"{REPORT}unduh/").text
    hold(make_employee("Siti Pengganti"), gap, "plh")
    assert [row.mend_words for row in rows(client)] == [""]


def test_a_personnel_office_of_one_agency_gets_no_link_it_may_not_follow(client, city, gap):
    client.force_login(with_role(city[0]["health"]))

    [row] = rows(client)

    assert client.get(row.mend_at).status_code == 404
    assert row.mend_words == ""
    assert row.mend_at not in client.get(REPORT).text


def test_the_end_of_the_running_period_shows_who_leaves_before(client, city):
    Period.objects.create(
        year=2026,
        number=2,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
        opens_at="2026-06-20T00:00:00+09:00",
        closes_at="2026-07-10T00:00:00+09:00",
    )
    head = city[2]["Hanna Kepala"].assignments.get()
    end_assignment(head, last_day=date(2026, 5, 31), by="test", reason="Pensiun")
    as_office(client, city)

    assert rows(client) == []
    assert [(row.name, row.since) for row in rows(client, hari="periode")] == [
        ("Kepala Dinas Kesehatan", date(2026, 6, 1))
    ]


def test_it_is_filtered_by_agency_and_nonsense_is_ignored(client, city, gap):
    as_office(client, city)

    assert rows(client, unit=city[0]["school"].pk) == []
    assert len(rows(client, unit=city[0]["health"].pk)) == 1
    assert len(rows(client, unit="9999", keadaan="'; --", hari="kemarin", halaman="x")) == 1


def test_it_costs_the_same_for_one_and_for_fifty_and_is_read_page_by_page(client, city, gap):
    as_office(client, city)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REPORT).status_code == 200
        return len(captured)

    cost()
    few = cost()
    for number in range(50):
        unit = make_unit(city[0]["school"], name=f"Seksi {number}")
        lead = make_post(unit, city[1]["Paulus Guru"], name=f"Kepala Seksi {number}", leads_unit=True)
        hold(make_employee(f"Staf {number}"), make_post(unit, lead))
    assert cost() == few
    page = client.get(REPORT)
    assert (len(page.context["vacancies"]), page.context["page"].paginator.count) == (25, 51)
    assert len(rows(client, halaman=3)) == 1


def test_the_files_hold_the_same_posts_and_no_formula(client, city, gap):
    make_post(city[0]["school"], city[1]["Paulus Guru"], name="=1+1", leads_unit=True)
    as_office(client, city)

    lines = list(
        csv.reader(StringIO(client.get(f"{REPORT}unduh/").content.decode("utf-8-sig")), delimiter=";")
    )
    sheet = load_workbook(BytesIO(client.get(f"{REPORT}unduh/?bentuk=xlsx").content)).active

    assert lines[0][0] == "Jabatan"
    assert [
        "Kepala Puskesmas",
        "Dinas Kesehatan",
        "Puskesmas Hutan Contoh",
        "Kosong",
        "01-03-2026",
        "",
        "2",
        "1",
    ] in lines
    assert "'=1+1" in [line[0] for line in lines]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert len(list(sheet.iter_rows())) == 3


def test_the_report_of_people_leads_to_it(client, city, gap):
    page = as_office(client, city).get("/penilai/laporan/")

    assert page.context["empty_posts"] == 1
    assert f'<a href="{REPORT}">1 jabatan pimpinan</a> tanpa pemegang.' in page.text
