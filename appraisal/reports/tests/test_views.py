import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import run
from appraisal.reports.actions import request_report
from appraisal.reports.models import AgencyReport


@pytest.fixture
def report(large, quick_pdf):
    """An issued report of the large agency."""
    asked = request_report(large.agency, period=large.period, by=large.user("personnel_office"))
    run(asked.job_id)
    return AgencyReport.objects.get()


def other_admin(city):
    return city.user("unit_admin", city.add_agency("DISDIK", "Dinas Pendidikan"))


def asked_for(city, **changes):
    return {"perangkat_daerah": city.agency.pk, "periode": city.period.pk, "versi": 0} | changes


@pytest.mark.parametrize("address", ["/laporan/{}/", "/laporan/{}/unduh/"])
def test_a_stranger_finds_no_report(client, large, report, address):
    for user in (other_admin(large), large.user("system_admin"), large.user("unit_admin", large.unit)):
        client.force_login(user)

        assert client.get(address.format(report.pk)).status_code == 404


def test_whoever_has_no_role_in_reports_finds_no_list(client, large):
    client.force_login(large.user("system_admin"))

    assert client.get("/laporan/").status_code == 404


def test_each_role_reads_the_agencies_it_covers(client, large, report):
    stranger = other_admin(large)
    for user, agencies in (
        (large.user("personnel_office"), ["Dinas Kesehatan", "Dinas Pendidikan"]),
        (large.user("inspector"), ["Dinas Kesehatan", "Dinas Pendidikan"]),
        (large.user("unit_admin", large.agency), ["Dinas Kesehatan"]),
        (stranger, ["Dinas Pendidikan"]),
    ):
        client.force_login(user)

        page = client.get("/laporan/")

        assert [agency.name for agency in page.context["page"]] == agencies


def test_an_inspector_is_offered_no_request(client, large):
    client.force_login(large.user("inspector"))

    page = client.get("/laporan/")

    assert b"Minta laporan" not in page.content
    assert client.post("/laporan/minta/", asked_for(large)).status_code == 404
    assert Job.objects.filter(kind="agency_report").count() == 0


def test_a_request_leads_to_the_page_that_shows_how_it_goes(client, large):
    client.force_login(large.user("unit_admin", large.agency))

    first = client.post("/laporan/minta/", asked_for(large))
    second = client.post("/laporan/minta/", asked_for(large))

    report = AgencyReport.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/laporan/{report.pk}/"
    assert Job.objects.filter(kind="agency_report").count() == 1
    page = client.get(f"/laporan/{report.pk}/").content.decode()
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "Menunggu" in page


@pytest.mark.parametrize(
    "changes", [{"perangkat_daerah": "x"}, {"periode": 999_999}, {"perangkat_daerah": 0}]
)
def test_a_request_for_what_is_not_there_is_not_found(client, large, changes):
    client.force_login(large.user("personnel_office"))

    assert client.post("/laporan/minta/", asked_for(large, **changes)).status_code == 404


def test_the_admin_of_another_agency_cannot_request_by_its_key(client, large):
    client.force_login(other_admin(large))

    assert client.post("/laporan/minta/", asked_for(large)).status_code == 404
    assert Job.objects.filter(kind="agency_report").count() == 0


def test_a_request_too_early_says_why(client, large):
    import time_machine

    with time_machine.travel("2026-10-09T09:00:00+09:00", tick=False):
        client.force_login(large.user("personnel_office"))
        page = client.post("/laporan/minta/", asked_for(large), follow=True)

    assert "belum ditutup" in page.content.decode()


def test_get_never_asks_for_a_report(client, large):
    client.force_login(large.user("personnel_office"))

    assert client.get("/laporan/minta/").status_code == 405


def test_the_file_is_the_one_that_was_issued(client, large, report):
    client.force_login(large.user("inspector"))

    answer = client.get(f"/laporan/{report.pk}/unduh/")

    content = b"".join(answer.streaming_content)
    assert len(content) == report.document.size
    assert answer.headers["Content-Disposition"] == 'attachment; filename="AK-LAP-2026-000001.pdf"'
    answer.close()


def test_a_damaged_file_is_not_handed_out(client, large, report, tmp_path):
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.chmod(0o600)
    file.write_bytes(b"x" + file.read_bytes()[1:])
    client.force_login(large.user("inspector"))

    page = client.get(f"/laporan/{report.pk}/unduh/", follow=True)

    assert "tidak utuh" in page.content.decode()


def test_the_page_links_to_the_public_check(client, large, report):
    client.force_login(large.user("personnel_office"))

    assert f"/v/{report.document.code}/" in client.get(f"/laporan/{report.pk}/").content.decode()


@pytest.mark.parametrize("key", ["0", "x", "99999"])
def test_an_unknown_quarter_is_not_found(client, large, key):
    client.force_login(large.user("personnel_office"))

    assert client.get("/laporan/", {"periode": key}).status_code == 404


def test_the_lists_ask_the_same_number_of_questions_for_one_and_for_many(client, large, quick_pdf):
    admin = large.user("personnel_office")
    client.force_login(admin)
    with CaptureQueriesContext(connection) as one:
        client.get("/laporan/")
    for number in range(30):
        agency = large.add_agency(f"A{number}", f"Badan {number}")
        if number < 3:
            run(request_report(agency, period=large.period, by=admin).job_id)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/laporan/")

    assert len(many) == len(one) <= 12
    assert len(page.context["page"]) == 25
