from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.documents.models import IssuedDocument
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.running import run
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.reports.actions import render_report, request_report
from appraisal.reports.models import AgencyReport
from appraisal.reports.tasks import LOOK_BACK, queue_due_reports

from .agency import AFTER_THE_QUARTER, City


def quiet(*words):
    """Progress nobody watches."""


@pytest.mark.parametrize("role", ["inspector", "system_admin"])
def test_who_only_reads_may_not_request(city, role):
    with pytest.raises(NotAllowed):
        request_report(city.agency, period=city.period, by=city.user(role))

    assert AgencyReport.objects.count() == 0


def test_the_admin_of_another_agency_may_not_request(city):
    stranger = city.user("unit_admin", city.add_agency("DISDIK", "Dinas Pendidikan"))

    with pytest.raises(NotAllowed):
        request_report(city.agency, period=city.period, by=stranger)


def test_the_admin_of_a_part_may_not_request_for_the_whole(city):
    with pytest.raises(NotAllowed):
        request_report(city.agency, period=city.period, by=city.user("unit_admin", city.unit))


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2026-09-30T23:59:59+09:00", "belum berakhir"),
        ("2026-10-10T23:59:59+09:00", "belum ditutup"),
    ],
)
def test_an_unfinished_quarter_is_refused_with_its_reason(city, moment, reason):
    with time_machine.travel(moment, tick=False), pytest.raises(StepRefused, match=reason):
        request_report(city.agency, period=city.period, by=city.user("personnel_office"))

    assert Job.objects.filter(kind="agency_report").count() == 0


def test_a_unit_that_is_no_agency_has_no_report(city):
    with pytest.raises(StepRefused):
        request_report(city.unit, period=city.period, by=city.user("personnel_office"))


def test_a_double_click_is_one_job_and_one_act(city):
    admin = city.user("personnel_office")

    first = request_report(city.agency, period=city.period, by=admin)
    second = request_report(city.agency, period=city.period, by=admin)

    assert (first.pk, first.job_id) == (second.pk, second.job_id)
    assert AuditEvent.objects.filter(action="report.request").count() == 1


def test_a_finished_report_is_not_made_again_by_a_late_click(city, quick_pdf):
    admin = city.user("personnel_office")
    report = request_report(city.agency, period=city.period, by=admin, seen_version=0)
    run(report.job_id)

    again = request_report(city.agency, period=city.period, by=admin, seen_version=0)

    assert again.job_id == report.job_id


def test_the_job_run_twice_issues_one_document_and_one_notice(city, quick_pdf):
    admin = city.user("personnel_office")
    report = request_report(city.agency, period=city.period, by=admin)

    path = render_report(report.job, quiet)
    assert render_report(report.job, quiet) == path
    run(report.job_id)
    run(report.job_id)

    assert IssuedDocument.objects.count() == 1
    assert Notice.objects.filter(recipient=admin, path=path).count() == 1
    assert Job.objects.get().state == Job.State.DONE


def test_a_new_request_makes_a_new_version_of_the_document(city, quick_pdf):
    admin = city.user("personnel_office")
    for _ in range(2):
        run(request_report(city.agency, period=city.period, by=admin).job_id)

    report = AgencyReport.objects.get()

    assert (report.document.version, report.document.state) == (2, "valid")
    assert list(IssuedDocument.objects.order_by("version").values_list("state", flat=True)) == [
        "replaced",
        "valid",
    ]


def test_a_report_with_small_groups_is_not_public(large, quick_pdf):
    run(request_report(large.agency, period=large.period, by=large.user("personnel_office")).job_id)

    assert AgencyReport.objects.get().document.is_public is False


def test_a_report_without_small_groups_is_public(city, quick_pdf):
    for predikat in ["baik"] * 12 + ["sangat_baik"] * 11:
        city.evaluated(predikat, 100)

    run(request_report(city.agency, period=city.period, by=city.user("personnel_office")).job_id)

    assert AgencyReport.objects.get().document.is_public is True


def test_the_timetable_asks_once_for_each_agency_with_people(large, quick_pdf):
    large.add_agency("KOSONG", "Badan tanpa pegawai")

    assert (queue_due_reports(), queue_due_reports()) == (1, 0)

    report = AgencyReport.objects.get()
    run(report.job_id)
    assert queue_due_reports() == 0
    assert (report.requested_by, Job.objects.filter(kind="agency_report").count()) == (None, 1)


def test_a_report_that_told_estimates_is_drawn_anew_once_its_survey_is_locked(city, quick_pdf):
    """Who reads it later would otherwise find another index on the public page than in the report."""
    city.employee()
    city.service("Gizi", *[3] * 30, *[4] * 10)
    queue_due_reports()
    first = AgencyReport.objects.get()
    run(first.job_id)
    assert queue_due_reports() == 0  # the survey is not locked yet

    city.lock_survey()
    assert (queue_due_reports(), queue_due_reports()) == (
        1,
        0,
    )  # and not again while, or after, the job failed
    report = AgencyReport.objects.get()
    run(report.job_id)

    report.refresh_from_db()
    (service,) = report.figures["services"]
    assert (report.document.version, service["is_final"], service["grade"]) == (2, True, "B")
    assert queue_due_reports() == 0


def test_a_survey_that_was_locked_long_ago_leaves_its_report_as_it_is(city, quick_pdf):
    city.employee()
    city.service("Gizi", *[3] * 30, *[4] * 10)
    queue_due_reports()
    run(AgencyReport.objects.get().job_id)
    locked = timezone.now()
    city.lock_survey()

    with time_machine.travel(locked + LOOK_BACK + timedelta(seconds=1), tick=False):
        assert queue_due_reports() == 0
    with time_machine.travel(locked + LOOK_BACK, tick=False):
        assert queue_due_reports() == 1


def test_the_timetable_leaves_open_and_old_quarters_alone(large):
    for moment in ("2026-10-10T12:00:00+09:00", "2027-01-20T12:00:00+09:00"):
        with time_machine.travel(moment, tick=False):
            assert queue_due_reports() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["people", "timetable"])
def test_requests_at_the_same_moment_are_one_report_and_one_job(who):
    with time_machine.travel(AFTER_THE_QUARTER, tick=True):
        city = City()
        city.employee()
        admin = city.user("personnel_office")
        if who == "people":  # a report from earlier: creating the row no longer keeps them apart
            AgencyReport.objects.create(agency=city.agency, period=city.period)
        start = Barrier(2)

        def ask(_):
            try:
                start.wait()
                if who == "timetable":
                    queue_due_reports()
                else:
                    request_report(city.agency, period=city.period, by=admin)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(ask, range(2)))

        assert (AgencyReport.objects.count(), Job.objects.filter(kind="agency_report").count()) == (1, 1)
        assert AuditEvent.objects.filter(action="report.request").count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_while_the_worker_draws_it_waits_for_nobody():
    """A page must not hang on the seconds a PDF takes: here the row is held until the asker has his answer."""
    city = City()
    admin = city.user("personnel_office")
    report = request_report(city.agency, period=city.period, by=admin)

    def ask():
        try:
            return request_report(city.agency, period=city.period, by=admin).pk
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        AgencyReport.objects.select_for_update().get(pk=report.pk)
        answered = pool.submit(ask).result(timeout=2)

    assert answered == report.pk
    assert Job.objects.filter(kind="agency_report").count() == 1
