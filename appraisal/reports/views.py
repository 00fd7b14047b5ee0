"""Asking for reports, following their making, reading and downloading them."""

import logging

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.access.scope import grants_on
from ambon_kinerja.documents.actions import open_document
from ambon_kinerja.documents.store import DocumentDamaged
from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.cycle.models import Period

from .actions import report_context, request_report, version_of
from .forms import RequestForm
from .models import AgencyReport
from .queries import agencies_below, finished_periods, visible_reports
from .rules import READERS, REQUESTERS, may_request

logger = logging.getLogger(__name__)
PAGE = 25


@require_safe
def report_list(request):
    """The agencies this person may read, with their report on one finished quarter."""
    grants = list(grants_on(request.user, None, *READERS))
    if not grants:
        raise Http404
    periods = list(finished_periods())
    period = chosen(periods, request.GET.get("periode", ""))
    page = Paginator(agencies_below([grant.unit for grant in grants]), PAGE).get_page(
        request.GET.get("halaman")
    )
    add_reports(page.object_list, period, grants)
    context = {"page": page, "periods": periods, "period": period}
    return render(request, "appraisal/reports/list.html", context)


def chosen(periods, key):
    """The quarter asked for, or the newest finished one; None when there is none yet."""
    if not key:
        return periods[0] if periods else None
    for period in periods:
        if str(period.pk) == key:
            return period
    raise Http404


def add_reports(agencies, period, grants):
    """Give each agency of the page its `report`, `version` and `may_request`; one query."""
    reports = AgencyReport.objects.filter(period=period, agency__in=[agency.pk for agency in agencies])
    by_agency = {report.agency_id: report for report in reports.select_related("job", "document")}
    paths = [grant.unit.path for grant in grants if grant.role in REQUESTERS]
    for agency in agencies:
        agency.report = by_agency.get(agency.pk)
        agency.version = version_of(agency.report) if agency.report else 0
        agency.may_request = any(agency.path.startswith(path) for path in paths)


@require_POST
def report_request(request):
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise Http404
    grants = grants_on(request.user, None, *REQUESTERS)
    agency = get_object_or_404(
        agencies_below([grant.unit for grant in grants]), pk=form.cleaned_data["perangkat_daerah"]
    )
    period = get_object_or_404(Period.objects.periodic(), pk=form.cleaned_data["periode"])
    try:
        report = request_report(
            agency, period=period, by=request.user, seen_version=form.cleaned_data["versi"]
        )
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("appraisal:report-list")
    return redirect("appraisal:report-detail", pk=report.pk)


@require_safe
def report_detail(request, pk):
    report = get_object_or_404(visible_reports(request.user), pk=pk)
    context = {
        "report": report,
        "job": report.job,
        "version": version_of(report),
        "is_waiting": report.job is not None and report.job.is_unfinished,
        "may_request": may_request(request.user, report.agency),
    }
    if report.document_id:
        context |= report_context(report.figures)
    return render(request, "appraisal/reports/detail.html", context)


@require_safe
def report_download(request, pk):
    report = get_object_or_404(visible_reports(request.user).filter(document__isnull=False), pk=pk)
    try:
        file = open_document(report.document)
    except DocumentDamaged:
        logger.exception("The stored file of a report is damaged")
        messages.error(request, "Berkas laporan tidak utuh, jadi belum bisa diunduh. Hubungi admin sistem.")
        return redirect("appraisal:report-detail", pk=report.pk)
    return FileResponse(
        file, as_attachment=True, filename=report.document.file_name, content_type="application/pdf"
    )
