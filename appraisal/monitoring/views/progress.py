"""Progress in a minute, and one's own lines afterwards."""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.scope import own_person
from ambon_kinerja.lifecycle.steps import NotAllowed

from ..actions import Conflict, Refused, change_progress, note_progress, remove_progress
from ..forms.progress import ProgressForm
from ..models import ProgressEntry
from ..queries import period_with, running_plan
from ..rules import why_closed, why_entry_stays
from ..twins import twins_of
from .evidence import warn_of_twins
from .finding import show_errors

A_PAGE = 30
NO_PLAN = "Anda belum memiliki SKP yang disepakati dan berlaku hari ini."


@require_http_methods(["GET", "HEAD", "POST"])
def progress_note(request):
    skp = running_plan(own_person(request.user))
    form, status = None, 422 if request.method == "POST" else 200
    if skp is not None:
        results = open_results(skp)
        chosen = request.GET.get("hasil", "")[:20] or (results[0].pk if len(results) == 1 else None)
        form = ProgressForm(
            request.POST or None,
            request.FILES or None,
            results=results,
            initial={"result": chosen},
        )
        if request.method == "POST" and form.is_valid() and (entry := store_entry(form, request.user)):
            messages.success(request, "Kemajuan dicatat.")
            if entry.evidence:
                warn_of_twins(request, entry.evidence)
            return redirect("appraisal:progress-list")
    latest = ProgressEntry.objects.filter(result__skp=skp).select_related("result")[:3] if skp else []
    context = {
        "skp": skp,
        "form": form,
        "closed": closed_now(skp),
        "latest": latest,
    }
    return render(request, "appraisal/monitoring/progress_note.html", context, status=status)


def open_results(skp):
    return list(skp.results.filter(withdrawn_on=None, taken_over_on=None))


def closed_now(skp):
    """Why nothing may be noted today, or ""; an earlier day may still be open."""
    if skp is None:
        return NO_PLAN
    period = period_with(timezone.localdate())
    return why_closed(skp, period) if period else "Periode untuk hari ini belum dibuka BKPSDM."


def store_entry(form, user):
    try:
        return note_progress(by=user, upload=form.files.get("upload"), **form.facts())
    except Refused as refusal:
        show_errors(form, refusal.errors)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


@require_safe
def progress_list(request):
    """One's own log, by day or by result, a page at a time."""
    person = own_person(request.user)
    by_result = request.GET.get("urut") == "hasil"
    entries = ProgressEntry.objects.filter(result__skp__employee=person, written_by=request.user)
    entries = entries.select_related("result", "indicator", "evidence")
    order = (
        ("result__skp", "result__kind", "result__position", "-day", "-pk") if by_result else ("-day", "-pk")
    )
    page = Paginator(entries.order_by(*order), A_PAGE).get_page(request.GET.get("halaman"))
    rows = list(page.object_list)
    twins = twins_of(request.user, [row.evidence for row in rows if row.evidence])
    for row in rows:
        row.twins = twins.get(row.evidence_id, [])
    key = (lambda row: row.result.statement) if by_result else (lambda row: row.day)
    context = {
        "page": page,
        "groups": [(words, list(found)) for words, found in groupby(rows, key=key)],
        "by_result": by_result,
        "week_ago": timezone.localdate() - timedelta(days=7),
    }
    return render(request, "appraisal/monitoring/progress_list.html", context)


def own_entry(request, pk):
    person = own_person(request.user)
    found = ProgressEntry.objects.filter(result__skp__employee=person, written_by=request.user)
    return get_object_or_404(found.select_related("result__skp__employee", "result__skp__unit"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_edit(request, pk):
    entry = own_entry(request, pk)
    closed = why_entry_stays(request.user, entry, period_with(entry.day))
    names = ("result", "text", "day", "indicator", "amount")
    form = ProgressForm(
        request.POST or None,
        results=entry.result.skp.results.filter(withdrawn_on=None),
        with_file=False,
        initial={name: getattr(entry, name) for name in names},
    )
    status, conflict, version = 200, None, entry.version
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_progress(entry, version=version_seen(request), by=request.user, **form.facts())
            except Refused as refusal:
                show_errors(form, refusal.errors)
            except NotAllowed as refusal:
                closed, status = str(refusal), 409
            except Conflict as found:
                conflict, status, version = found, 409, found.stored.version
            else:
                messages.success(request, "Catatan diperbarui.")
                return redirect("appraisal:progress-list")
    context = {
        "entry": entry,
        "form": form,
        "closed": closed,
        "conflict": conflict,
        "about": ("entry", entry.pk),
        "version": version,
    }
    return render(request, "appraisal/monitoring/progress_edit.html", context, status=status)


def version_seen(request):
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def progress_remove(request, pk):
    entry = own_entry(request, pk)
    closed = why_entry_stays(request.user, entry, period_with(entry.day))
    status = 200
    if request.method == "POST":
        try:
            remove_progress(entry, by=request.user)
        except (NotAllowed, Refused) as refusal:
            closed, status = str(refusal), 409
        else:
            messages.success(request, "Catatan dihapus.")
            return redirect("appraisal:progress-list")
    context = {"entry": entry, "closed": closed}
    return render(request, "appraisal/monitoring/progress_remove.html", context, status=status)
