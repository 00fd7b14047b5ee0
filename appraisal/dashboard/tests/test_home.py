from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.actions import grant_role
from agencies.people.actions import open_account
from ambon_kinerja.jobs.models import Job
from appraisal.cycle.models import Period
from appraisal.planning.models import Skp


def account(city, person):
    city.serial += 1
    return open_account(email=f"p{city.serial}@contoh.test", name=person.name, by="test", employee=person)


def tasks_of(client, user):
    client.force_login(user)
    page = client.get("/")
    assert page.status_code == 200
    return {task.label: task for task in page.context["desk"].tasks}


def text_of(client, user):
    client.force_login(user)
    return client.get("/").content.decode()


@pytest.fixture
def head(city):
    """The head of the agency: appraises everybody in it."""
    person = city.employee(city.head_post)
    city.plan(person, 100)
    return account(city, person)


@pytest.fixture
def midwife(city, head):
    return account(city, city.employee())


def test_a_visitor_is_sent_to_sign_in(client, db):
    answer = client.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/masuk/?next=/")


def test_an_account_without_person_or_role_is_told_what_is_missing(client, city):
    user = open_account(email="kosong@contoh.test", name="Kosong", by="test")

    page = text_of(client, user)

    assert "Akun Anda belum terhubung" in page
    assert "Yang perlu Anda kerjakan" in page


def test_without_a_plan_the_task_is_to_make_one(client, city, midwife):
    assert list(tasks_of(client, midwife)) == ["Buat SKP 2026"]


@pytest.mark.parametrize(
    ("state", "label", "done"),
    [
        ("draft", "Lengkapi dan ajukan SKP 2026", False),
        ("returned", "Perbaiki SKP 2026", False),
        ("submitted", "SKP 2026 sudah diajukan", True),
    ],
)
def test_the_plan_asks_for_what_its_state_needs(client, city, midwife, state, label, done):
    plan = city.plan(midwife.employee, state=state)

    tasks = tasks_of(client, midwife)

    assert list(tasks) == [label]
    assert (tasks[label].url, tasks[label].done) == (f"/skp/{plan.pk}/", done)


def test_indicators_without_data_are_counted_with_the_last_day(client, city, midwife):
    plan = city.plan(midwife.employee, 100, None, None)

    tasks = tasks_of(client, midwife)

    task = tasks["Isi realisasi Triwulan III 2026"]
    assert (task.status, task.url) == ("2 tanpa data", f"/skp/{plan.pk}/realisasi/{city.period.pk}/")
    assert task.detail == "Paling lambat Sabtu, 10 Oktober 2026, 5 hari lagi."


def test_nothing_is_asked_once_the_evaluation_is_decided_but_to_read_it(client, city, midwife):
    evaluation = city.evaluate(city.plan(midwife.employee, 100, None), "baik")

    tasks = tasks_of(client, midwife)

    assert list(tasks) == ["Baca hasil penilaian Anda"]
    assert tasks["Baca hasil penilaian Anda"].url == f"/hasil/{evaluation.pk}/"


def test_nothing_to_do_offers_the_next_place(client, city, midwife):
    city.plan(midwife.employee, 100)

    page = text_of(client, midwife)

    assert "Tidak ada yang menunggu Anda" in page
    assert 'href="/kinerja-saya/"' in page


def test_the_work_of_others_is_not_mine(client, city, midwife):
    city.plan(midwife.employee, 100)
    other = city.employee()
    city.evaluate(city.plan(other, None, None), "baik")
    city.plan(city.employee(), None, state="submitted")

    assert tasks_of(client, midwife) == {}


def test_an_appraiser_sees_the_oldest_plan_first_and_how_many_are_evaluated(client, city, head):
    waiting = [city.plan(city.employee(), state="submitted") for _ in range(2)]
    for plan, day in zip(waiting, (20, 10), strict=True):
        Skp.objects.filter(pk=plan.pk).update(submitted_at=datetime(2026, 9, day, tzinfo=UTC))
    city.evaluated("baik", 100)
    city.evaluate(city.plan(city.employee(), 100))
    city.plan(city.employee(), 100)

    tasks = tasks_of(client, head)

    plans = tasks["Periksa SKP yang diajukan kepada Anda"]
    assert (plans.status, plans.url) == ("2 menunggu", f"/skp/{waiting[1].pk}/")
    team = tasks["Nilai tim Anda, Triwulan III 2026"]
    assert (team.status, team.detail) == (
        "1 dari 3 selesai",
        "Paling lambat Sabtu, 10 Oktober 2026, 5 hari lagi.",
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-10-10T23:59:00+09:00", "Paling lambat Sabtu, 10 Oktober 2026, hari ini."),
        ("2026-10-09T00:00:00+09:00", "Paling lambat Sabtu, 10 Oktober 2026, besok."),
        ("2026-10-01T00:00:00+09:00", "Paling lambat Sabtu, 10 Oktober 2026, 9 hari lagi."),
    ],
)
def test_the_days_left_are_counted_in_eastern_time(client, city, head, moment, words):
    city.plan(city.employee(), 100)

    with time_machine.travel(moment, tick=False):
        assert tasks_of(client, head)["Nilai tim Anda, Triwulan III 2026"].detail == words


def test_after_the_window_nobody_is_asked_to_evaluate(client, city, head):
    city.plan(city.employee(), 100)

    with time_machine.travel("2026-10-11T00:00:00+09:00", tick=False):
        assert "Nilai tim Anda, Triwulan III 2026" not in tasks_of(client, head)


def test_the_personnel_office_sees_missing_reports_people_without_appraiser_and_the_closing(
    client, city, head
):
    Period.objects.create(
        year=2026,
        number=2,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
        opens_at=datetime(2026, 6, 14, 15, tzinfo=UTC),
        closes_at=datetime(2026, 7, 10, 15, tzinfo=UTC),
    )
    city.employee()
    alone = city.post(city.city, "Staf khusus", "pelaksana", superior=city.mayor_post)
    city.employee(alone)
    city.mayor.assignments.all().close()

    tasks = tasks_of(client, city.user("personnel_office"))

    assert tasks["Minta laporan Triwulan II 2026"].status == "1 belum terbit"
    assert tasks["Lengkapi jabatan atasan"].status == "2 pegawai"
    assert "Penilaian Triwulan III 2026 hampir ditutup" in tasks


def test_a_unit_admin_sees_how_far_his_own_unit_is(client, city, head):
    city.evaluated("baik", 100)
    city.employee()
    elsewhere = city.add_agency("DISDIK", "Dinas Pendidikan")
    city.employee(city.post(elsewhere, "Guru", "jf_keahlian", superior=city.mayor_post))

    page = text_of(client, city.user("unit_admin", city.agency))

    assert "Kemajuan Dinas Kesehatan" in page
    assert "</b>, 2026: 2 dari 3 pegawai" in page
    assert "</b>, Triwulan III 2026: 1 dari 3 pegawai" in page


def test_an_inspector_is_led_to_the_reports(client, city, head):
    with time_machine.travel("2026-10-12T09:00:00+09:00", tick=True):
        tasks = tasks_of(client, city.user("inspector"))

    assert tasks["Baca laporan Triwulan III 2026"].status == "0 terbit"


def test_a_system_admin_sees_jobs_that_failed_lately_and_no_appraisal(client, city, head):
    for day in (1, 4):
        Job.objects.create(
            kind="x",
            subject=str(day),
            title="x",
            state="failed",
            finished_at=datetime(2026, 10, day, tzinfo=UTC),
        )
    Job.objects.create(
        kind="x", subject="lama", title="x", state="failed", finished_at=datetime(2026, 9, 1, tzinfo=UTC)
    )

    tasks = tasks_of(client, city.user("system_admin"))

    assert {label: task.status for label, task in tasks.items()} == {
        "Periksa pekerjaan yang gagal": "2 gagal"
    }


def test_a_hostile_name_stays_text(client, city, head):
    city.agency.name = "<script>alert(1)</script>{{ desk }}"
    city.agency.save(update_fields=["name"])

    page = text_of(client, city.user("unit_admin", city.agency))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ desk }}" in page


def test_at_most_fifteen_questions_for_whoever_does_everything(client, city, head):
    for role in ("personnel_office", "unit_admin", "inspector", "system_admin"):
        grant_role(head, role=role, unit=city.city, start=date(2020, 1, 1), by="test", reason="uji")
    client.force_login(head)
    client.get("/")  # counts the people without an appraiser, which is kept for five minutes
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(20):
        city.evaluated("baik", 100, None)
        city.plan(city.employee(), state="submitted" if number % 2 else "draft")
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(many) == len(few) <= 15
