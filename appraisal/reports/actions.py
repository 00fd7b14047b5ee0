"""Asking for an agency's report, and drawing it up."""

from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.documents.actions import issue_document
from ambon_kinerja.jobs.actions import queue_job
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell

from .data_file import data_csv
from .disclosure import Audience
from .figures import agency_figures
from .models import AgencyReport
from .rules import may_request, why_too_early
from .tables import predikat_chart, report_tables, withheld
from .words import days, findings, headlines, missing, predikat_words

DOCUMENT_KIND = "LAP"


@transaction.atomic
def request_report(agency, *, period, by, seen_version=None):
    """The agency's report with a job that will draw it up; while one is under way, that one, without waiting.

    When `seen_version` is given and the document has another version by now, somebody was faster: no new job.
    Raises NotAllowed, or StepRefused for a quarter that is not finished.
    """
    if agency.kind != agency.Kind.AGENCY:
        raise StepRefused("Laporan hanya dibuat untuk perangkat daerah.")
    if not may_request(by, agency):
        raise NotAllowed("Laporan hanya bisa diminta oleh BKPSDM atau admin perangkat daerah itu.")
    if reason := why_too_early(period):
        raise StepRefused(reason)
    person = None if isinstance(by, str) else by
    known, _ = AgencyReport.objects.get_or_create(
        agency=agency, period=period, defaults={"requested_by": person}
    )
    report = (
        AgencyReport.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=known.pk).first()
    )
    if report is None:  # the worker draws it, or somebody asks for it, at this very moment: nobody waits
        return known
    if seen_version is not None and seen_version != version_of(report):
        return report
    job = queue_job(
        "agency_report",
        subject=f"agency-report:{report.pk}",
        title=f"Laporan {agency.name}, {period}"[:200],
        by=by,
        arguments={"report": report.pk},
    )
    if job.pk != report.job_id:
        report.job, report.requested_by = job, person
        report.save(update_fields=["job", "requested_by"])
        record_event("report.request", report, by=by, details={"job": job.pk})
    return report


def version_of(report):
    """0 while there is no document yet."""
    return report.document.version if report.document_id else 0


@transaction.atomic
def render_report(job, report_progress):
    """Draw up and issue the report of a job, once however often it is called; returns the path of its page."""
    report = (
        AgencyReport.objects.select_for_update(of=("self",))
        .select_related("agency", "period")
        .get(pk=job.arguments["report"])
    )
    path = reverse("appraisal:report-detail", args=[report.pk])
    if report.document_id and report.figures.get("job") == job.pk:
        return path
    report_progress(10, "Mengumpulkan angka")
    figures = agency_figures(report.agency, report.period) | {"job": job.pk}
    report_progress(40, "Menyusun halaman laporan")
    report.document = issue_document(
        kind=DOCUMENT_KIND,
        subject_key=f"{report.agency_id}-{report.period_id}",
        title=f"Laporan Akuntabilitas Kinerja {report.period}",
        unit_name=report.agency.name,
        period_label=str(report.period),
        html_for=partial(report_html, figures),
        is_public=figures["audience"] == Audience.OPEN,
        attachments=[("data.csv", data_csv(figures), "text/csv", "Data semua tabel laporan ini")],
        css=("css/pdf.css", "css/pdf_report.css"),
        by=job.requested_by or "timetable",
    )
    report_progress(90, "Menyimpan dokumen")
    report.figures = figures
    report.save(update_fields=["document", "figures"])
    for person in job.wanted_by.all():
        tell(
            person,
            subject=f"Laporan {report.agency.name} {report.period} sudah terbit",
            body=f"Nomor {report.document.number}. Buka halamannya untuk membaca dan mengunduh PDF.",
            path=path,
        )
    return path


def report_html(figures, seal):
    return render_to_string("pdf/appraisal/agency_report.html", report_context(figures) | {"seal": seal})


def report_context(figures):
    """What the page and the PDF have in common."""
    return {
        "figures": figures,
        "days": days(figures),
        "tables": report_tables(figures),
        "chart": predikat_chart(figures),
        "headlines": headlines(figures),
        "findings": findings(figures),
        "missing": missing(figures),
        "predikat_words": predikat_words(figures),
        "has_withheld": withheld(figures),
        "is_open": figures["audience"] == Audience.OPEN,
    }
