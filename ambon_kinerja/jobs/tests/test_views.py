from uuid import uuid4

import pytest
from django import conf
from django.urls import NoReverseMatch, reverse

from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def overseers(settings, monkeypatch):
    settings.JOB_OVERSEERS = "ambon_kinerja.tests.people.is_boss"
    monkeypatch.setattr("ambon_kinerja.jobs.tasks.send", lambda *args, **kwargs: True)


@pytest.fixture
def user():
    return make_user("Orang Satu")


@pytest.fixture
def job(user):
    return queue_job("effect", subject="a", title="Laporan kinerja", by=user)


def detail(job):
    return reverse("ambon_kinerja:job-detail", args=[job.pk])


def cancel(job):
    return reverse("ambon_kinerja:job-cancel", args=[job.pk])


def state_of(job):
    job.refresh_from_db()
    return job.state


def test_a_stranger_finds_neither_the_job_nor_its_cancelling(client, job):
    client.force_login(make_user("Orang Lain"))

    assert client.get(detail(job)).status_code == 404
    assert client.post(cancel(job)).status_code == 404
    assert "Laporan kinerja" not in client.get(reverse("ambon_kinerja:job-list")).content.decode()
    assert state_of(job) == "waiting"


def test_who_is_not_signed_in_is_sent_to_sign_in(client, job):
    assert client.get(detail(job)).status_code == 302
    assert client.post(cancel(job)).status_code == 302
    assert state_of(job) == "waiting"


def test_a_get_never_cancels(client, job, user):
    client.force_login(user)

    assert client.get(cancel(job)).status_code == 405


def test_who_asked_along_sees_the_job_but_cannot_take_it_away(client, job):
    other = make_user("Orang Dua")
    queue_job("effect", subject="a", title="Laporan kinerja", by=other)
    client.force_login(other)

    assert client.get(detail(job)).status_code == 200
    assert cancel(job) not in client.get(detail(job)).content.decode()
    assert client.post(cancel(job)).status_code == 404
    assert state_of(job) == "waiting"


def test_an_overseer_sees_and_cancels_everybodys_jobs(client, job):
    client.force_login(make_user("Pengawas"))

    assert "Laporan kinerja" in client.get(reverse("ambon_kinerja:job-list")).content.decode()
    assert client.post(cancel(job)).url == detail(job)
    assert state_of(job) == "cancelled"


def test_the_page_asks_again_by_itself_only_while_the_job_is_unfinished(client, job, user):
    client.force_login(user)
    refreshing = []
    for state in ("waiting", "running", "done", "failed", "cancelled"):
        Job.objects.filter(pk=job.pk).update(state=state)
        refreshing.append('http-equiv="refresh" content="5"' in client.get(detail(job)).content.decode())

    assert refreshing == [True, True, False, False, False]


def test_a_finished_job_leads_to_its_result(client, job, user):
    Job.objects.filter(pk=job.pk).update(state="done", result_path="/laporan/7/")
    client.force_login(user)

    assert 'href="/laporan/7/"' in client.get(detail(job)).content.decode()


def test_a_failed_job_says_why_and_what_to_do(client, job, user):
    Job.objects.filter(pk=job.pk).update(state="failed", error="Periode belum ditutup. <b>")
    client.force_login(user)

    page = client.get(detail(job)).content.decode()

    assert "Periode belum ditutup. &lt;b&gt;" in page
    assert "Anda boleh memintanya lagi." in page


def test_cancelling_what_has_just_ended_says_so_and_changes_nothing(client, job, user):
    Job.objects.filter(pk=job.pk).update(state="done")
    client.force_login(user)

    page = client.post(cancel(job), follow=True).content.decode()

    assert "sudah berakhir" in page
    assert state_of(job) == "done"


def test_the_list_costs_the_same_for_one_job_and_for_thirty(client, job, user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(user)
    client.get(reverse("ambon_kinerja:job-list"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("ambon_kinerja:job-list"))
    for number in range(30):
        queue_job("effect", subject=f"s{number}", title="Laporan lain", by=user)

    with django_assert_num_queries(len(one)):
        page = client.get(reverse("ambon_kinerja:job-list"), {"halaman": "2"}).content.decode()

    assert "26–31 dari 31" in page
    assert len(one) <= 12


def test_only_who_asked_is_offered_the_result(client, job, user):
    """An overseer may see every job, but not every result: his link would lead to a 404."""
    Job.objects.filter(pk=job.pk).update(state="done", result_path="/laporan/1/")
    offered = {}
    for person in (user, make_user("Pengawas")):
        client.force_login(person)
        answer = client.get(detail(job))
        assert answer.status_code == 200
        offered[person.name] = "/laporan/1/" in answer.content.decode()

    assert offered == {"Orang Satu": True, "Pengawas": False}


# --- the way back -------------------------------------------------------------------------------


def pages(settings, value):
    settings.JOB_PAGES = {"effect": value}


def test_a_job_leads_back_to_what_it_was_for_also_when_it_failed(client, settings, user):
    pages(settings, ("Kembali ke pekerjaan lain", "ambon_kinerja:job-detail", "thing"))
    job = queue_job("effect", subject="b", title="Impor", by=user, arguments={"thing": 7})
    Job.objects.filter(pk=job.pk).update(state="failed", error="Berkas rusak.")
    client.force_login(user)

    page = client.get(detail(job)).text

    assert f'href="{reverse("ambon_kinerja:job-detail", args=[7])}">Kembali ke pekerjaan lain</a>' in page


def test_who_only_oversees_is_not_led_where_he_may_not_go(client, settings, job):
    pages(settings, ("Kembali", "ambon_kinerja:job-list", None))
    client.force_login(make_user("Pengawas Pekerjaan"))

    page = client.get(detail(job))

    assert (page.status_code, page.context["about"]) == (200, None)


@pytest.mark.parametrize("value", [None, ("Kembali", "ambon_kinerja:job-detail", "thing")])
def test_a_kind_without_a_page_and_a_job_that_does_not_name_its_thing_lead_nowhere(
    client, settings, user, job, value
):
    pages(settings, value)
    client.force_login(user)

    assert client.get(detail(job)).context["about"] is None


def test_the_way_back_is_not_offered_beside_the_result_that_is_the_same_page(client, settings, user, job):
    pages(settings, ("Kembali", "ambon_kinerja:job-list", None))
    client.force_login(user)
    before = client.get(detail(job)).context["about"]
    Job.objects.filter(pk=job.pk).update(state="done", result_path=reverse("ambon_kinerja:job-list"))

    page = client.get(detail(job))

    assert before == ("Kembali", reverse("ambon_kinerja:job-list"))
    assert page.context["about"] is None
    assert page.text.count("Buka hasil") == 1


def test_every_kind_of_job_says_where_its_thing_stands_by_an_address_that_exists():
    assert set(conf.settings.JOB_PAGES) == set(conf.settings.JOB_HANDLERS)
    for words, name, argument in filter(None, conf.settings.JOB_PAGES.values()):
        assert words
        tried = [[]] if argument is None else [[1], [uuid4()]]
        assert [args for args in tried if resolves(name, args)], name


def resolves(name, args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
