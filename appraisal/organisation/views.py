"""The units below a leader with their achievement, and the page on which one is set."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.goals.views.conflicts import show_conflict
from appraisal.goals.views.reading import readers_only
from appraisal.rulebook.queries import value_on

from .actions import Conflict, set_achievement
from .figures import agreement_lines, satisfaction_beside
from .forms import AchievementForm, OnBehalfForm
from .line import line_of
from .listing import ALL, MINE, STATES, sees_all, unit_page
from .models import Achievement
from .queries import achievement_for, rating_of, readable_units, versions_for
from .rules import may_set, may_set_on_behalf
from .spans import span_in_focus, span_named, spans_to_show


@require_safe
def organisation_list(request):
    readers_only(request.user)
    today = timezone.localdate()
    spans = spans_to_show(today)
    asked = request.GET.get("periode", "")
    span = next((each for each in spans if each.code == asked), None) or span_in_focus(spans, today)
    all_units = sees_all(request.user)
    which = ALL if all_units and request.GET.get("unit") == ALL else MINE
    state, text = request.GET.get("keadaan", ""), request.GET.get("cari", "").strip()[:80]
    page = unit_page(
        request.user,
        span,
        today,
        which=which,
        state=state,
        text=text,
        number=request.GET.get("halaman"),
    )
    context = {
        "page": page,
        "span": span,
        "spans": spans,
        "which": which,
        "sees_all": all_units,
        "state": state,
        "states": STATES,
        "text": text,
        "is_late": today > span.due_on,
        "is_early": today < span.first_day,
    }
    return render(request, "appraisal/organisation/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_detail(request, unit, code):
    today = timezone.localdate()
    unit = get_object_or_404(readable_units(request.user, today), pk=unit)
    span, line = span_named(code), line_of(unit, today)
    if span is None or line.post is None:
        raise Http404
    form_class = form_for(request.user, unit, line)
    if request.method == "POST":
        if form_class is None:
            raise Http404
        return answer(request, unit, span, line, form_class(request.POST))
    newest = versions_for(unit, span).first()
    form = form_class(initial={"version": newest.number if newest else 0}) if form_class else None
    return show(request, unit, span, line, form)


def form_for(user, unit, line):
    if may_set(user, unit, line=line):
        return AchievementForm
    return OnBehalfForm if may_set_on_behalf(user, unit, line=line) else None


def answer(request, unit, span, line, form):
    if not form.is_valid() or "sunting" in request.POST:
        return show(request, unit, span, line, form, status=422 if form.errors else 200)
    sent = {key: value for key, value in form.cleaned_data.items() if key != "version"}
    try:
        set_achievement(unit, period=span, by=request.user, seen=form.cleaned_data["version"] or 0, **sent)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show(request, unit, span, line, form, status=422)
    except Conflict as conflict:
        return conflict_of(request, unit, span, sent, conflict.stored)
    else:
        messages.success(request, f"Capaian {unit} {span} ditetapkan. Nilai sebelumnya tetap tersimpan.")
    return redirect("appraisal:organisation-detail", unit=unit.pk, code=span.code)


def conflict_of(request, unit, span, sent, stored):
    rows = [
        ("Capaian", Achievement(sent["level"]).label, stored.get_level_display()),
        ("Alasan", sent["reason"], stored.reason),
    ]
    if sent.get("decree"):
        rows.append(("Nomor keputusan atau surat", sent["decree"], stored.decree))
    back = reverse("appraisal:organisation-detail", args=[unit.pk, span.code])
    saved = (stored, "organisation.set", None)
    return show_conflict(
        request, rows=rows, version=stored.number, back=back, redraw=("sunting",), saved=saved
    )


def show(request, unit, span, line, form, *, status=200):
    today = timezone.localdate()
    agreement, lines, others = agreement_lines(unit, span, head=line.head, user=request.user)
    counts = achievement_for(unit, span, day=today)
    labels = value_on("rating_labels", span.ends_on)
    context = {
        "unit": unit,
        "span": span,
        "spans": [each for each in spans_to_show(today) if each.code != span.code],
        "line": line,
        "form": form,
        "is_early": today < span.first_day,
        "is_late": counts is None and today > span.due_on,
        "agreement": agreement,
        "lines": lines,
        "others": others,
        "satisfaction": satisfaction_beside(unit, span),
        "counts": counts,
        "stands_in": counts is not None and counts.stands_in_for(span),
        "head_rating": labels[rating_of(counts, span)] if counts else "",
        "versions": versions_for(unit, span),
    }
    return render(request, "appraisal/organisation/detail.html", context, status=status)
