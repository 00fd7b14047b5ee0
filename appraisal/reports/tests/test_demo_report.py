from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from appraisal.management.commands import demo_report
from appraisal.reports.models import AgencyReport


def test_without_a_demo_city_it_says_how_to_make_one(db):
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_report", "--wait", "0")


def test_it_fails_when_no_worker_answers(large):
    large.user("personnel_office")

    with pytest.raises(CommandError, match="No worker"):
        call_command("demo_report", "--wait", "0")


def test_it_prints_the_number_and_where_to_verify(large, quick_pdf, monkeypatch):
    from ambon_kinerja.jobs.running import run

    large.user("personnel_office")
    monkeypatch.setattr(demo_report.time, "sleep", lambda _: run(AgencyReport.objects.get().job_id))
    out = StringIO()

    call_command("demo_report", "--wait", "60", stdout=out)

    document = AgencyReport.objects.get().document
    assert out.getvalue() == f"{document.number} /v/{document.code}/\n"
