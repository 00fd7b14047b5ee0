"""Importing employees: upload, look at what it would do, apply or discard."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from .actions import discard_import, receive_upload, start_applying
from .columns import COLUMNS
from .forms import UploadForm
from .models import ImportBatch
from .queries import running_job, visible_batches
from .rules import may_import
from .safety import UnsafeWorkbook
from .sheet import UnreadableWorkbook
from .workbooks import marked_workbook, template_workbook

LINES_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def members_only(request):
    if not may_import(request.user):
        raise Http404


@require_safe
def import_list(request):
    members_only(request)
    batches = visible_batches(request.user).select_related("uploaded_by")
    page = Paginator(batches, LINES_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "agencies/intake/import_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request):
    members_only(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["berkas"]
            try:
                batch = receive_upload(upload, file_name=upload.name, by=request.user)
            except (UnsafeWorkbook, UnreadableWorkbook) as refusal:
                form.add_error("berkas", str(refusal))
            else:
                return redirect("agencies:import-detail", pk=batch.pk)
    context = {"form": form, "columns": COLUMNS}
    return render(request, "agencies/intake/import_new.html", context, status=422 if form.errors else 200)


@require_safe
def import_template(request):
    members_only(request)
    return workbook_response(template_workbook(), "templat-impor-pegawai.xlsx")


@require_safe
def import_detail(request, pk):
    batch = get_object_or_404(
        visible_batches(request.user).defer(None).defer("rows").select_related("uploaded_by"), pk=pk
    )
    lines = batch.faults or batch.changes
    context = {
        "batch": batch,
        "counts": batch.counts,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("halaman")),
        "job": running_job(batch)
        if batch.state in (ImportBatch.State.WAITING, ImportBatch.State.READ)
        else None,
    }
    return render(request, "agencies/intake/import_detail.html", context)


@require_safe
def import_marked(request, pk):
    batch = get_object_or_404(visible_batches(request.user).defer(None), pk=pk)
    if not batch.faults:
        raise Http404
    return workbook_response(marked_workbook(batch.rows, batch.faults), f"impor-{batch.pk}-kesalahan.xlsx")


@require_POST
def import_apply(request, pk):
    batch = get_object_or_404(visible_batches(request.user).defer(None), pk=pk)
    try:
        job = start_applying(batch, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("agencies:import-detail", pk=batch.pk)
    if job is not None:
        return redirect("ambon_kinerja:job-detail", pk=job.pk)
    messages.success(request, "Data pegawai dari berkas ini sudah diterapkan.")
    return redirect("agencies:import-detail", pk=batch.pk)


@require_POST
def import_discard(request, pk):
    batch = get_object_or_404(visible_batches(request.user).defer(None), pk=pk)
    try:
        discard_import(batch, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Berkas ini dibuang. Tidak ada data yang berubah.")
    return redirect("agencies:import-detail", pk=batch.pk)


def workbook_response(content, name):
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
