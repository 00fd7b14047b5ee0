"""What a person sees of his own data, and the pages of those who answer for everybody's."""

from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from . import breach, store
from .actions import job_under_way, note_download, request_copy, usable_copies
from .catalogue import MEANING, PERSONAL, Sensitivity, catalogue
from .forms import IncidentForm, RetentionForm
from .models import RetentionReport, RetentionRule, Viewing
from .retention import change_rule, findings, make_report, rows_meant
from .rules import may_change_retention, may_oversee, names_of
from .sheets import XLSX, as_xlsx
from .words import period_in_words, viewing_in_words

PAGE = 25
PEOPLE_SHOWN = 25


def for_officers(view):
    """404 for everybody who does not answer for personal data."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not may_oversee(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@require_safe
def my_data(request):
    rules = {rule.record_class: rule for rule in RetentionRule.objects.all()}
    copies = usable_copies(request.user)
    context = {
        "classes": [
            (given.label, MEANING[given], kept_in(given, rules)) for given in (*PERSONAL, Sensitivity.SECRET)
        ],
        "kept_for_ever": [rule for rule in rules.values() if rule.action == rule.Action.KEEP and rule.reason],
        "copies": copies,
        "job": job_under_way(request.user),
        "days": settings.DATA_COPY_DAYS,
    }
    return render(request, "ambon_kinerja/personal_data/my_data.html", context)


def kept_in(given, rules):
    """The records that have fields of the class: (Kept, words of those fields, period)."""
    whole = catalogue()
    return [
        (
            kept,
            [whole.words_for(kept.model, name) or name.replace("_", " ") for name in names]
            if given != Sensitivity.SECRET
            else [],
            period_in_words(rules.get(kept.retention)),
        )
        for kept in whole.records.values()
        if kept.title and (names := kept.fields_of(given)) and not kept.no_owner
    ]


@require_POST
def copy_request(request):
    try:
        request_copy(request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "Salinan data Anda sedang disusun. Anda mendapat pemberitahuan bila sudah siap."
        )
    return redirect("ambon_kinerja:my-data")


@require_safe
def copy_download(request, pk):
    copy = get_object_or_404(usable_copies(request.user), pk=pk)
    content = store.read(copy)
    if content is None:
        raise Http404
    if request.method == "GET":
        note_download(copy, by=request.user)
    name = f"data-saya-{timezone.localdate(copy.made_at):%Y-%m-%d}.zip"
    return attachment(content, name=name, content_type="application/zip")


def attachment(content, *, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def viewing_list(request):
    rows = Viewing.objects.filter(about__in=names_of(request.user)).select_related("viewer")
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    for viewing in page:
        viewing.words = viewing_in_words(viewing.kind)
    return render(request, "ambon_kinerja/personal_data/viewing_list.html", {"page": page})


@require_safe
@for_officers
def personal_data(request):
    rules = {rule.record_class: rule for rule in RetentionRule.objects.all()}
    whole = catalogue()
    records = [
        {
            "kept": kept,
            "period": period_in_words(rules.get(kept.retention)),
            "classes": [
                (given.label, [whole.words_for(kept.model, name) or name for name in names])
                for given in (*PERSONAL, Sensitivity.SECRET)
                if (names := kept.fields_of(given))
            ],
        }
        for kept in whole.records.values()
        if kept.title
    ]
    return render(request, "ambon_kinerja/personal_data/overview.html", {"records": records})


@require_safe
@for_officers
def retention_list(request):
    rules = {rule.record_class: rule for rule in RetentionRule.objects.all()}
    rows = []
    for found in findings():
        rule = rules[found["record_class"]]
        oldest = found["oldest"] and datetime.fromisoformat(found["oldest"])
        rows.append({"rule": rule, "due": found["due"], "oldest": oldest, "deletes": bool(rows_meant(rule))})
    context = {
        "rows": rows,
        "reports": RetentionReport.objects.all()[:5],
        "hours": settings.RETENTION_REPORT_HOURS,
        "may_change": may_change_retention(request.user),
    }
    return render(request, "ambon_kinerja/personal_data/retention_list.html", context)


@require_POST
@for_officers
def retention_report(request):
    report = make_report(by=request.user)
    messages.success(request, f"Laporan uji nomor {report.pk} dibuat. Tidak ada yang dihapus.")
    return redirect("ambon_kinerja:retention-list")


@require_http_methods(["GET", "HEAD", "POST"])
def retention_change(request, pk):
    if not may_change_retention(request.user):
        raise Http404
    rule = get_object_or_404(RetentionRule, pk=pk)
    form = RetentionForm(request.POST if request.method == "POST" else None, instance=rule)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        change_rule(rule, by=request.user, why=values.pop("why"), **values)
        messages.success(request, f"Masa simpan “{rule.title}” disimpan.")
        return redirect("ambon_kinerja:retention-list")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "rule": rule}
    return render(request, "ambon_kinerja/personal_data/retention_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def incident(request):
    """Counting shows names on the page; taking the list out needs a reason, and both needs are different buttons."""
    is_export = "unduh" in request.POST
    form = IncidentForm(request.POST if request.method == "POST" else None, needs_reason=is_export)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        span = form.span()
        people, others = breach.affected(span)
        if is_export:
            breach.note_export(span, people, by=request.user, reason=form.cleaned_data["alasan"])
            content = as_xlsx(breach.COLUMNS, [person.row for person in people])
            return attachment(content, name="orang-terdampak.xlsx", content_type=XLSX)
        context |= {"count": len(people), "others": others}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "ambon_kinerja/personal_data/incident.html", context, status=status)
