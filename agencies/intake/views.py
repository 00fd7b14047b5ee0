"""Importing employees: upload, look at what it would do, apply or discard, and undo what was applied last."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from .actions import choose_endings, discard_import, receive_upload, start_applying, start_undoing
from .comparing.examination import GONE, SUSPICIOUS
from .forms import ApplyForm, EndingsForm, UploadForm
from .models import ImportBatch
from .queries import Lines, importable_posts, last_effective_batch, running_job, visible_batches
from .reading.columns import COLUMNS
from .reading.layouts import LAYOUTS, UnreadableFile
from .reading.safety import UnsafeFile
from .reading.siasn import SIASN
from .report import SECTIONS, notes, place_of, sections_of, words_of
from .rules import may_import, paths_of
from .workbooks import marked_workbook, template_csv, template_workbook

LINES_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


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
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            upload, covers_all = form.cleaned_data["berkas"], form.cleaned_data["seluruh"]
            try:
                batch = receive_upload(upload, file_name=upload.name, by=request.user, covers_all=covers_all)
            except (UnsafeFile, UnreadableFile) as refusal:
                form.add_error("berkas", str(refusal))
            else:
                return redirect("agencies:import-detail", pk=batch.pk)
    context = {"form": form, "columns": COLUMNS, "siasn_columns": SIASN.columns}
    return render(request, "agencies/intake/import_new.html", context, status=422 if form.errors else 200)


@require_safe
def import_template(request):
    members_only(request)
    posts = importable_posts(paths_of(request.user))
    return file_response(template_workbook(posts), "templat-impor-pegawai.xlsx", XLSX)


@require_safe
def import_template_csv(request):
    members_only(request)
    return file_response(template_csv(), "templat-impor-pegawai.csv", CSV)


@require_safe
def import_detail(request, pk):
    return detail_page(request, batch_of(request, pk))


def batch_of(request, pk):
    return get_object_or_404(visible_batches(request.user).select_related("uploaded_by"), pk=pk)


def detail_page(request, batch, *, apply_form=None, endings_form=None):
    sections = sections_of(batch)
    kind = section_asked(request, sections, endings_form)
    page = Paginator(Lines(batch, kind), LINES_A_PAGE).get_page(request.GET.get("halaman"))
    page.object_list = [line | {"place": place_of(line), "told": words_of(line)} for line in page.object_list]
    is_ready = batch.state == ImportBatch.State.READ and not batch.counts["faults"] and bool(sections)
    offered = [line["assignment"] for line in page.object_list] if kind == GONE and is_ready else []
    wrong_forms = [form for form in (apply_form, endings_form) if form is not None]
    context = {
        "batch": batch,
        "counts": batch.counts,
        "notes": notes(batch) if batch.counts else [],
        "sections": sections,
        "kind": kind,
        "page": page,
        "job": running_job(batch) if batch.state != ImportBatch.State.DISCARDED else None,
        "apply_form": apply_form or ApplyForm(suspicious=batch.counts.get(SUSPICIOUS)) if is_ready else None,
        "endings_form": endings_form or EndingsForm(offered=offered) if offered else None,
        "ticked": ticked(endings_form, batch),
        "may_undo": may_undo(batch),
        "wrong_forms": wrong_forms,
    }
    return render(request, "agencies/intake/import_detail.html", context, status=422 if wrong_forms else 200)


def section_asked(request, sections, endings_form):
    """The kind of the section in the address, if it holds anything; else of the first that does."""
    if endings_form is not None:
        return GONE
    held = [section["kind"] for section in sections]
    asked, _ = SECTIONS.get(request.GET.get("bagian"), ("", ""))
    return asked if asked in held else next(iter(held), GONE)


def ticked(endings_form, batch):
    """Keys of the assignments with a tick: as typed, else as stored."""
    if endings_form is not None:
        return [int(key) for key in endings_form.data.getlist("akhiri") if key.isdecimal()]
    return [int(key) for key in batch.endings]


def may_undo(batch):
    last = last_effective_batch() if batch.state == ImportBatch.State.APPLIED else None
    return last is not None and last.pk == batch.pk


@require_safe
def import_marked(request, pk):
    batch = get_object_or_404(visible_batches(request.user).defer(None), pk=pk)
    if not batch.faults:
        raise Http404
    is_cut = batch.counts["faults"] > len(batch.faults)
    content = marked_workbook(batch.rows, batch.faults, LAYOUTS[batch.layout], is_cut=is_cut)
    return file_response(content, f"impor-{batch.pk}-kesalahan.xlsx", XLSX)


@require_POST
def import_endings(request, pk):
    batch = batch_of(request, pk)
    lines = Lines(batch, GONE)
    everybody = [line["assignment"] for line in lines[0 : len(lines)]]
    shown = {int(key) for key in request.POST.getlist("tampil") if key.isdecimal()}
    offered = everybody if "semua" in request.POST else [key for key in everybody if key in shown]
    form = EndingsForm(request.POST, offered=offered)
    if not form.is_valid():
        return detail_page(request, batch, endings_form=form)
    chosen, last_day = form.cleaned_data["chosen"], form.cleaned_data["hari_terakhir"]
    try:
        batch = choose_endings(batch, offered=offered, chosen=chosen, last_day=last_day, by=request.user)
    except StepRefused as refusal:
        form.add_error("hari_terakhir", str(refusal))
        return detail_page(request, batch, endings_form=form)
    messages.success(
        request, f"Pilihan disimpan. {len(batch.endings)} jabatan berakhir saat berkas diterapkan."
    )
    return redirect_to_section(batch, "hilang", request.GET.get("halaman"))


def redirect_to_section(batch, word, number):
    response = redirect("agencies:import-detail", pk=batch.pk)
    page = f"&halaman={number}" if number and number.isdecimal() else ""
    response["Location"] += f"?bagian={word}{page}"
    return response


@require_POST
def import_apply(request, pk):
    batch = batch_of(request, pk)
    form = ApplyForm(request.POST, suspicious=batch.counts.get(SUSPICIOUS))
    if batch.state == ImportBatch.State.READ and not batch.counts["faults"] and not form.is_valid():
        return detail_page(request, batch, apply_form=form)
    try:
        job = start_applying(batch, by=request.user, confirmed=form.is_valid())
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("agencies:import-detail", pk=batch.pk)
    if job is not None:
        return redirect("ambon_kinerja:job-detail", pk=job.pk)
    messages.success(request, "Data pegawai dari berkas ini sudah diterapkan.")
    return redirect("agencies:import-detail", pk=batch.pk)


@require_POST
def import_undo(request, pk):
    batch = batch_of(request, pk)
    try:
        job = start_undoing(batch, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("agencies:import-detail", pk=batch.pk)
    if job is not None:
        return redirect("ambon_kinerja:job-detail", pk=job.pk)
    messages.success(request, "Penerapan dibatalkan. Data pegawai kembali seperti sebelum impor ini.")
    return redirect("agencies:import-detail", pk=batch.pk)


@require_POST
def import_discard(request, pk):
    batch = batch_of(request, pk)
    try:
        discard_import(batch, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Berkas ini dibuang. Tidak ada data yang berubah.")
    return redirect("agencies:import-detail", pk=batch.pk)


def file_response(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
