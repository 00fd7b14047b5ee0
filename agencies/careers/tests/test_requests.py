"""Who is my appraiser, and asking for a correction."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.roles import Role
from agencies.careers.models import LineRequest
from agencies.people.assigning import assign, end_assignment
from agencies.people.tests.organisation import hold, make_employee, make_post
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.workdays.models import Holiday

from .scene import account, with_role
from .test_recording import pick

pytestmark = pytest.mark.django_db
MINE, ASK, LIST = "/akun/penilai/", "/akun/penilai/keliru/", "/penilai/permintaan/"
FACTS = {"wrong": "Saya sudah pindah", "since": "2026-03-01", "evidence": "SK 9/2026"}


@pytest.fixture
def maria(client, city):
    make_post(city[0]["school"], city[1]["Paulus Guru"])  # makes Paulus a leader
    user = account(city[2]["Maria Bidan"], "maria")
    client.force_login(user)
    return user


@pytest.fixture
def asked(client, maria, city):
    client.post(ASK, FACTS | pick(city[2]["Paulus Guru"], "wanted"))
    return LineRequest.objects.get()


def test_who_is_no_employee_has_no_appraiser_to_see(client, city):
    client.force_login(with_role(city[0]["root"]))

    assert [client.get(address).status_code for address in (MINE, ASK)] == [404, 404]
    assert client.post(ASK, FACTS).status_code == 404


def test_the_days_of_the_year_add_up(client, city, maria):
    hanna = city[2]["Hanna Kepala"]
    end_assignment(hanna.assignments.get(), last_day=date(2026, 3, 31), by="test")
    assign(
        city[2]["Paulus Guru"], post=city[1]["Hanna Kepala"], kind="plt", start=date(2026, 4, 11), by="test"
    )

    with time_machine.travel("2026-06-01T09:00:00+09:00"):
        page = client.get(MINE)

    rows = [(each.appraiser.name, each.days) for each in page.context["year"]["stretches"]]
    assert rows == [("Hanna Kepala", 90), ("Wali", 10), ("Paulus Guru", 265)]
    assert page.context["year"]["days"] == 365


def test_without_an_appraiser_the_page_says_so_and_what_to_do(client, city, maria):
    for name in ("Hanna Kepala", "Wali"):
        city[2][name].assignments.all().close()

    page = client.get(MINE)

    assert "Belum ada penilai" in page.text
    assert ASK in page.text


def test_asking_tells_the_unit_admin_and_stands_in_the_trail(client, city, maria):
    admin = with_role(city[0]["health"], Role.UNIT_ADMIN)

    response = client.post(ASK, FACTS | pick(city[2]["Paulus Guru"], "wanted"))

    asked = LineRequest.objects.get()
    assert response.url == MINE
    assert (asked.shown_appraiser, asked.wanted_appraiser) == (
        city[2]["Hanna Kepala"],
        city[2]["Paulus Guru"],
    )
    notice = Notice.objects.get()
    assert (notice.recipient, notice.path) == (admin, f"{LIST}{asked.pk}/")
    assert "Maria" not in notice.subject + notice.body
    assert AuditEvent.objects.filter(action="linerequest.ask").count() == 1


def test_without_a_unit_admin_the_personnel_office_is_told(client, city, maria):
    office = with_role(city[0]["root"])

    client.post(ASK, FACTS)

    assert Notice.objects.get().recipient == office


def test_only_leaders_are_offered_and_never_their_nip(client, city, maria):
    hold(make_employee("Paulus Pelaksana"), city[1]["Maria Bidan"])

    page = client.post(ASK, FACTS | {"wanted": "paulus", "cari": "wanted"})

    found = page.context["form"].fields["wanted"].widget.found
    assert [each.name for each in found] == ["Paulus Guru"]
    assert city[2]["Paulus Guru"].nip[-6:] not in page.text


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"wrong": ""}, "wrong", "Tulis apa yang keliru."),
        ({"wrong": "x" * 2001}, "wrong", "Penjelasan paling banyak 2.000 huruf."),
        ({"since": "besok"}, "since", "Isi tanggal seperti 31-12-2026."),
        (
            {"wanted": "Tidak Ada Orangnya"},
            "wanted",
            "Tidak ada pejabat dengan nama itu. Kosongkan bila Anda tidak tahu.",
        ),
    ],
)
def test_what_is_wrong_with_a_request_stands_at_its_field(client, city, maria, facts, field, words):
    page = client.post(ASK, FACTS | facts)

    assert page.status_code == 422
    assert page.context["form"].errors == {field: [words]}
    assert "SK 9/2026" in page.text


def test_one_request_waits_at_a_time(client, city, maria, asked):
    page = client.post(ASK, FACTS)

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["Permintaan Anda yang lalu masih menunggu jawaban."]
    with pytest.raises(IntegrityError), transaction.atomic():
        LineRequest.objects.create(
            employee=asked.employee, asked_by=maria, since=date(2026, 1, 1), wrong="Lagi"
        )


def test_who_asked_may_withdraw_and_nobody_else(client, city, maria, asked):
    client.force_login(account(city[2]["Paulus Guru"], "p"))
    assert client.post(f"{MINE}permintaan/{asked.pk}/tarik/").status_code == 404

    client.force_login(maria)
    client.post(f"{MINE}permintaan/{asked.pk}/tarik/")

    asked.refresh_from_db()
    assert asked.state == "withdrawn"


# --- answering ----------------------------------------------------------------------------------


def say(client, asked, act, reason="Jabatan sudah dicek."):
    return client.post(f"{LIST}{asked.pk}/jawab/", {"jawaban": act, "reason": reason})


def test_requests_are_seen_by_the_office_and_the_admin_of_the_unit_alone(client, city, asked):
    units = city[0]
    for user, status in (
        (with_role(units["root"]), 200),
        (with_role(units["health"], Role.UNIT_ADMIN), 200),
        (with_role(units["school"], Role.UNIT_ADMIN), 404),
        (with_role(units["root"], Role.INSPECTOR), 404),
        (account(city[2]["Hanna Kepala"], "h"), 404),
    ):
        client.force_login(user)
        assert client.get(f"{LIST}{asked.pk}/").status_code == status
        if status == 404:
            assert say(client, asked, "ditolak").status_code == 404


def test_a_unit_admin_forwards_or_declines_but_does_not_mend(client, city, asked):
    client.force_login(with_role(city[0]["health"], Role.UNIT_ADMIN))

    refused = say(client, asked, "diperbaiki")
    say(client, asked, "teruskan")
    too_late = say(client, asked, "ditolak")

    asked.refresh_from_db()
    assert (refused.status_code, asked.state, too_late.status_code) == (409, "forwarded", 409)


def test_the_office_answers_and_the_asker_reads_it(client, city, maria, asked):
    client.force_login(with_role(city[0]["root"]))

    say(client, asked, "diperbaiki", "Jabatan Anda sudah dipindahkan.")

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("mended", "Jabatan Anda sudah dipindahkan.")
    notice = Notice.objects.filter(recipient=maria).get()
    assert notice.body == "Jabatan Anda sudah dipindahkan."
    client.force_login(maria)
    assert "Jabatan Anda sudah dipindahkan." in client.get(MINE).text


def test_an_answer_needs_words(client, city, asked):
    client.force_login(with_role(city[0]["root"]))

    page = say(client, asked, "ditolak", " ")

    assert page.status_code == 422
    assert page.context["form"].errors == {"reason": ["Tulis jawaban untuk pegawai."]}


def test_ages_are_counted_in_working_days(client, city, asked):
    LineRequest.objects.update(asked_at="2026-06-01T08:00:00+09:00")  # a Monday
    Holiday.objects.create(day=date(2026, 6, 3), name="Libur", scope="national")
    client.force_login(with_role(city[0]["root"]))

    with time_machine.travel("2026-06-08T09:00:00+09:00"):
        page = client.get(LIST)

    assert [each.age for each in page.context["page"]] == [4]


def test_the_list_shows_what_waits_or_everything_at_the_same_cost(client, city, asked):
    client.force_login(with_role(city[0]["root"]))

    def cost(query=""):
        with CaptureQueriesContext(connection) as captured:
            page = client.get(LIST + query)
        return len(captured), len(page.context["page"].object_list)

    one = cost()
    for number in range(20):
        person = make_employee()
        hold(person, city[1]["Maria Bidan"])
        LineRequest.objects.create(
            employee=person,
            asked_by=asked.asked_by,
            unit=city[0]["clinic"],
            since=date(2026, 1, 1) + timedelta(number),
            wrong="Keliru",
            state="open" if number else "withdrawn",
        )
    many, everything = cost(), cost("?tampil=semua")
    assert (one, many, everything) == ((one[0], 1), (one[0], 20), (one[0], 21))
