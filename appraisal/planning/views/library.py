"""The library of examples: finding one for a plan, and keeping it as the personnel office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import Conflict
from ..actions.fingerprints import fingerprint
from ..actions.library import entry_content, save_entry, switch_entry
from ..forms.library import (
    MOST_MEASURES,
    ExampleForm,
    fresh_measures,
    measure_rows,
    redrawn_measures,
)
from ..forms.rows import Unreadable
from ..library.examples import indicators_of_example, offered_examples, search
from ..models import LibraryEntry
from ..rules import EDITABLE, may_keep_library
from .results import closed, plan_of_owner

FORM_METHODS = ["GET", "HEAD", "POST"]
A_PAGE = 10
REDRAW = ("tambah", "hapus")
TEXTS = ("audience", "statement", "control", "why")


@require_safe
def example_list(request, pk):
    """Examples for the post of the plan; all of them when there are none for it, or when somebody asks for all."""
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    words = request.GET.get("cari", "").strip()[:100]
    has_own = offered_examples(post_name=skp.post_name).exists()
    shows_all = not has_own or "semua" in request.GET
    found = offered_examples(words, post_name=None if shows_all else skp.post_name)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("halaman"))
    for entry in page:
        entry.shown = indicators_of_example(entry)
    context = {"skp": skp, "page": page, "words": words, "has_own": has_own, "shows_all": shows_all}
    return render(request, "appraisal/planning/example_list.html", context)


@require_safe
def library_list(request):
    keepers_or_404(request)
    words = request.GET.get("cari", "").strip()[:100]
    found = search(LibraryEntry.objects.order_by("posts", "statement"), words)
    page = Paginator(found, 25).get_page(request.GET.get("halaman"))
    return render(request, "appraisal/planning/library_list.html", {"page": page, "words": words})


@require_http_methods(FORM_METHODS)
def library_add(request):
    keepers_or_404(request)
    return answer_entry(request, None)


@require_http_methods(FORM_METHODS)
def library_edit(request, pk):
    keepers_or_404(request)
    return answer_entry(request, get_object_or_404(LibraryEntry, pk=pk))


def answer_entry(request, entry):
    if request.method != "POST":
        rows = fresh_measures(entry.indicators if entry else [])
        return show_entry(request, entry, ExampleForm(initial=initial_of(entry)), rows)
    if any(name in request.POST for name in REDRAW):
        typed = {name: request.POST.get(name, "") for name in ExampleForm.base_fields}
        return show_entry(request, entry, ExampleForm(initial=typed), redrawn_measures(request.POST))
    form = ExampleForm(request.POST)
    try:
        rows = measure_rows(request.POST)
    except Unreadable:
        form.add_error(None, "Baris indikator tidak terbaca. Periksa lagi, lalu simpan.")
        return show_entry(request, entry, form, redrawn_measures(request.POST), status=422)
    filled = [row for row in rows if row.has_changed()]
    wrong = [row for row in filled if not row.is_valid()]
    if not form.is_valid() or wrong:
        return show_entry(request, entry, form, rows, status=422)
    if not filled:
        form.add_error(None, "Isi sedikitnya satu indikator.")
        return show_entry(request, entry, form, rows, status=422)
    return store_entry(request, entry, form, rows, [row.as_stored() for row in filled])


def store_entry(request, entry, form, rows, indicators):
    values = {name: form.cleaned_data[name] for name in (*TEXTS, "posts")}
    values |= {"indicators": indicators, "source": entry.source if entry else "BKPSDM"}
    try:
        save_entry(values=values, entry=entry, seen=form.cleaned_data["seen"], by=request.user)
    except Conflict as conflict:
        form = ExampleForm(initial=request.POST.dict() | {"seen": fingerprint(conflict.stored)})
        return show_entry(request, entry, form, rows, status=409, stored=conflict.stored)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show_entry(request, entry, form, rows, status=422)
    messages.success(request, "Contoh disimpan.")
    return redirect("appraisal:library-list")


def initial_of(entry):
    if entry is None:
        return {"audience": "staff"}
    texts = {name: getattr(entry, name) for name in TEXTS}
    return texts | {"posts": ", ".join(entry.posts), "seen": fingerprint(entry_content(entry))}


def show_entry(request, entry, form, rows, *, status=200, **more):
    context = {
        "entry": entry,
        "form": form,
        "rows": rows,
        "may_add_row": len(rows) < MOST_MEASURES,
        "wrong_forms": [row for row in rows if row.is_bound and row.has_changed() and row.errors],
    }
    return render(request, "appraisal/planning/library_edit.html", context | more, status=status)


@require_POST
def library_switch(request, pk):
    keepers_or_404(request)
    entry = get_object_or_404(LibraryEntry, pk=pk)
    is_offered = request.POST.get("tawarkan") == "ya"
    switch_entry(entry, is_offered=is_offered, by=request.user)
    messages.success(request, "Contoh ditawarkan lagi." if is_offered else "Contoh tidak ditawarkan lagi.")
    return redirect("appraisal:library-list")


def keepers_or_404(request):
    if not may_keep_library(request.user):
        raise Http404
