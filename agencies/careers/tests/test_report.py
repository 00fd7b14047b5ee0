"""The report of missing and wrong appraisers, its file and its mail."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.access.roles import Role
from agencies.careers.models import OrphanMail
from agencies.careers.tasks import mail_orphans
from agencies.people.assigning import enter_state, except_appraiser
from agencies.people.tests.organisation import START, hold, make_employee, make_post
from ambon_kinerja.notices.models import Notice
from appraisal.cycle.models import Period
from appraisal.dashboard.queries import count_without_appraiser

from .scene import account, with_role

pytestmark = pytest.mark.django_db
REPORT = "/penilai/laporan/"


@pytest.fixture
def faults(city):
    """One employee for each fault, beside those of the city who have none."""
    units, posts, people = city
    no_post = make_employee("Anna Tanpa Jabatan")
    retired = make_post(units["school"], posts["Paulus Guru"], name="Kepala Seksi")
    gone = make_employee("Gerson Pensiun")
    hold(gone, retired)
    enter_state(gone, kind="retired", start=START, by="test")
    hold(make_employee("Rosa Staf"), make_post(units["school"], retired, name="Staf"))
    shared = make_post(units["clinic"], posts["Hanna Kepala"], name="Koordinator", kind="jf_keahlian")
    for name in ("Koordinator Satu", "Koordinator Dua"):
        hold(make_employee(name), shared)
    hold(make_employee("Tono Berdua"), make_post(units["clinic"], shared, name="Perawat"))
    except_appraiser(
        kind="delegated",
        employee=people["Paulus Guru"],
        appraiser=no_post,
        start=date(2030, 1, 1),
        by="test",
    )
    return no_post


def names(page):
    return [(row.orphan.fault, row.orphan.employee.name) for row in page.context["page"]]


def test_nobody_but_offices_and_unit_admins_reads_it(client, city):
    for user in (
        account(),
        account(city[2]["Hanna Kepala"], "h"),
        with_role(city[0]["root"], Role.INSPECTOR),
    ):
        client.force_login(user)
        assert [client.get(REPORT + part).status_code for part in ("", "unduh/")] == [404, 404]


def test_the_office_sees_all_by_fault_with_the_page_that_mends(client, city, faults):
    client.force_login(with_role(city[0]["root"]))

    page = client.get(REPORT)

    assert names(page) == [
        ("none", "Anna Tanpa Jabatan"),
        ("two", "Tono Berdua"),
        ("retired", "Rosa Staf"),
    ]
    assert [number for _, number in page.context["counts"]] == [1, 1, 1]
    assert [row.mend_words for row in page.context["page"]] == [
        "Catat jabatannya",
        "Buka pemegang jabatan",
        "Buka pemegang jabatan",
    ]
    for row in page.context["page"]:
        assert client.get(row.mend_at).status_code == 200


def test_a_unit_admin_sees_his_own_people_without_links_that_are_not_for_him(client, city, faults):
    client.force_login(with_role(city[0]["health"], Role.UNIT_ADMIN))

    page = client.get(REPORT)

    assert names(page) == [("two", "Tono Berdua")]
    assert "Minta BKPSDM memperbaikinya." in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sebab": "two"}, ["Tono Berdua"]),
        ({"cari": "róSA"}, ["Rosa Staf"]),
        ({"cari": "tidak ada"}, []),
        ({"sebab": "'; --"}, ["Anna Tanpa Jabatan", "Tono Berdua", "Rosa Staf"]),
        ({"unit": "99999"}, ["Anna Tanpa Jabatan", "Tono Berdua", "Rosa Staf"]),
        ({"hari": "kemarin", "halaman": "x"}, ["Anna Tanpa Jabatan", "Tono Berdua", "Rosa Staf"]),
    ],
)
def test_the_report_is_filtered_and_nonsense_is_ignored(client, city, faults, query, found):
    client.force_login(with_role(city[0]["root"]))

    assert [name for _, name in names(client.get(REPORT, query))] == found


def test_the_report_is_filtered_by_agency(client, city, faults):
    client.force_login(with_role(city[0]["root"]))

    assert names(client.get(REPORT, {"unit": city[0]["school"].pk})) == [("retired", "Rosa Staf")]


def test_the_end_of_the_running_period_can_be_looked_at(client, city):
    Period.objects.create(
        year=2026,
        number=2,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
        opens_at="2026-06-20T00:00:00+09:00",
        closes_at="2026-07-10T00:00:00+09:00",
    )
    enter_state(city[2]["Hanna Kepala"], kind="retired", start=date(2026, 6, 1), by="test")
    client.force_login(with_role(city[0]["root"]))

    with time_machine.travel("2026-05-04T09:00:00+09:00"):
        today, later = client.get(REPORT), client.get(REPORT, {"hari": "periode"})

    assert (names(today), names(later)) == ([], [("retired", "Maria Bidan")])
    assert later.context["day"] == date(2026, 6, 30)


def test_nothing_to_mend_is_said_plainly(client, city):
    client.force_login(with_role(city[0]["root"]))

    assert "Semua pegawai punya penilai yang benar." in client.get(REPORT).text


def test_the_report_costs_the_same_for_one_and_for_fifty(client, city, faults):
    client.force_login(with_role(city[0]["root"]))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REPORT).status_code == 200
        return len(captured)

    few = cost()
    for number in range(50):
        make_employee(f"Tanpa Jabatan {number}")
    assert cost() == few
    assert len(client.get(REPORT).context["page"].object_list) == 25


# --- the file -----------------------------------------------------------------------------------


def test_the_file_holds_the_same_people_and_no_formula(client, city):
    make_employee('=HYPERLINK("http://contoh.test")')
    make_employee("+Plus")
    client.force_login(with_role(city[0]["root"]))

    text = client.get(f"{REPORT}unduh/").content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(client.get(f"{REPORT}unduh/?bentuk=xlsx").content)).active

    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["Nama", "'+Plus", '\'=HYPERLINK("http://contoh.test")']
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        "+Plus",
        '=HYPERLINK("http://contoh.test")',
    ]
    assert rows[1][1].startswith("'19")  # a NIP stays a text


def test_a_unit_admins_file_holds_his_own_people(client, city, faults):
    client.force_login(with_role(city[0]["health"], Role.UNIT_ADMIN))

    text = client.get(f"{REPORT}unduh/").content.decode()

    assert "Tono Berdua" in text
    assert "Rosa Staf" not in text


# --- the mail and the start page ----------------------------------------------------------------


def test_the_mail_of_a_week_goes_out_once_with_counts_and_no_name(city, faults):
    office, admin, idle = (
        with_role(city[0]["root"]),
        with_role(city[0]["health"], Role.UNIT_ADMIN),
        with_role(city[0]["clinic"], Role.INSPECTOR),
    )

    with time_machine.travel("2026-06-01T07:00:00+09:00"):
        sent = [mail_orphans(), mail_orphans()]
    with time_machine.travel("2026-06-08T07:00:00+09:00"):
        sent.append(mail_orphans())

    assert sent == [2, 0, 2]
    assert OrphanMail.objects.count() == 2
    told = {notice.recipient: notice.subject for notice in Notice.objects.all()}
    assert told == {
        office: "3 pegawai belum punya penilai yang benar",
        admin: "1 pegawai belum punya penilai yang benar",
    }
    assert idle not in told
    words = " ".join(notice.subject + notice.body for notice in Notice.objects.all())
    assert not [name for name in ("Anna", "Tono", "Rosa") if name in words]


def test_who_has_nothing_to_mend_gets_no_mail(city):
    with_role(city[0]["root"])

    assert mail_orphans() == 0
    assert not Notice.objects.exists()


def test_the_start_page_counts_as_the_report_does(client, city, faults):
    cache.clear()
    client.force_login(with_role(city[0]["root"]))

    report = client.get(REPORT)

    assert count_without_appraiser([city[0]["root"]], report.context["day"]) == report.context["total"] == 3
