"""Form A.1.8: read it, write it, say whether a promised resource came, print it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import Conflict
from ..actions.annexes import annex_content, ordered_lines, record_support, save_annex
from ..actions.fingerprints import fingerprint
from ..forms.annexes import SupportForm, annex_rows, fresh_annex, lines_of, parts_of, redrawn_annex
from ..forms.rows import Unreadable
from ..models import AnnexLine
from ..rules import EDITABLE, appraiser_today, can_edit_results, can_record_support, is_owner
from .reading import find_skp
from .results import closed, plan_of_owner

FORM_METHODS = ["GET", "HEAD", "POST"]
REDRAW = ("tambah", "hapus", "kalimat")


@require_safe
def annex(request, pk):
    skp = find_skp(request, pk)
    note_viewing(request.user, about=skp.employee, kind="skp")
    return render(request, "appraisal/planning/annex.html", annex_context(request, skp))


@require_safe
def annex_print(request, pk):
    skp = find_skp(request, pk)
    note_viewing(request.user, about=skp.employee, kind="skp")
    return render(request, "appraisal/planning/annex_print.html", annex_context(request, skp))


def annex_context(request, skp):
    lines = ordered_lines(skp)
    return {
        "skp": skp,
        "parts": [
            (kind, words, [line for line in lines if line.kind == kind])
            for kind, words in AnnexLine.Kind.choices
        ],
        "has_lines": bool(lines),
        "appraiser": skp.appraiser or appraiser_today(skp),
        "is_owner": is_owner(request.user, skp),
        "may_edit": can_edit_results(request.user, skp),
        "may_record": can_record_support(request.user, skp),
    }


@require_http_methods(FORM_METHODS)
def annex_edit(request, pk):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    stored = annex_content(skp)
    if request.method != "POST":
        return show_annex(request, skp, fresh_annex(stored), seen=fingerprint(stored))
    if any(name in request.POST for name in REDRAW):
        return show_annex(request, skp, redrawn_annex(request.POST), seen=request.POST.get("seen", ""))
    try:
        rows = annex_rows(request.POST)
    except Unreadable:
        messages.warning(request, "Isian tidak terbaca. Periksa lagi, lalu simpan.")
        return show_annex(request, skp, redrawn_annex(request.POST), seen=fingerprint(stored), status=422)
    if [row for row in rows if not row.is_valid()]:
        return show_annex(request, skp, rows, seen=request.POST.get("seen", ""), status=422)
    try:
        save_annex(skp, lines=lines_of(rows), seen=request.POST.get("seen", ""), by=request.user)
    except Conflict as conflict:
        more = {"stored": lines_to_compare(conflict.stored)}
        return show_annex(request, skp, rows, seen=fingerprint(conflict.stored), status=409, **more)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
        return show_annex(request, skp, rows, seen=request.POST.get("seen", ""), status=422)
    messages.success(request, "Lampiran SKP disimpan.")
    return redirect("appraisal:annex", pk=skp.pk)


def show_annex(request, skp, rows, *, seen, status=200, **more):
    context = {
        "skp": skp,
        "parts": parts_of(rows),
        "count": len(rows),
        "seen": seen,
        "wrong_forms": [row for row in rows if row.is_bound and row.errors],
    }
    return render(request, "appraisal/planning/annex_edit.html", context | more, status=status)


def lines_to_compare(lines):
    """What is stored, for the reader of a conflict: [(part, texts)]."""
    return [
        (words, [line["text"] for line in lines if line["kind"] == kind])
        for kind, words in AnnexLine.Kind.choices
    ]


@require_http_methods(FORM_METHODS)
def annex_support(request, pk, line):
    skp = find_skp(request, pk)
    if not can_record_support(request.user, skp):
        raise Http404
    line = get_object_or_404(AnnexLine, pk=line, skp=skp, kind=AnnexLine.Kind.RESOURCE)
    form = SupportForm(
        request.POST if request.method == "POST" else None,
        initial={"support": line.support, "note": line.support_note},
    )
    if form.is_valid():
        try:
            record_support(line, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Keadaan dukungan dicatat.")
        return redirect("appraisal:annex", pk=skp.pk)
    context = {"skp": skp, "line": line, "form": form, "appraiser": skp.appraiser}
    return render(
        request, "appraisal/planning/annex_support.html", context, status=422 if form.errors else 200
    )
