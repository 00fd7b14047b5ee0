"""Filling a plan: one page per result, one per expected behaviour."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.rulebook.models import BehaviourValue

from ..actions import Conflict, content_of, remove_result, save_result, set_expectation
from ..coverage import goals_of
from ..forms import MOST_INDICATORS, ExpectationForm, ResultForm, format_of, indicator_formset, typed_rows
from ..library.examples import example_to_use, rows_of_example
from ..models import Indicator, Skp, WorkResult
from ..queries import possible_assigners, results_to_support
from ..rules import EDITABLE, OPEN, is_appraiser_today, is_owner
from .reading import find_skp

FORM_METHODS = ["GET", "HEAD", "POST"]
# Buttons that show the form again with everything typed; none of them stores anything.
REDRAW = ("tambah_baris", "hapus_baris", "sunting", "cari")
SHOWN = ("kind", "parent", "goal", "statement", "origin", "control", "assigned_by", "assigner")


@require_http_methods(FORM_METHODS)
def result_add(request, pk):
    return answer_result(request, plan_of_owner(request, pk), None)


@require_http_methods(FORM_METHODS)
def result_edit(request, pk, result):
    skp = plan_of_owner(request, pk)
    found = skp.results.filter(pk=result).first()
    if found is None and (request.method != "POST" or WorkResult.objects.filter(pk=result).exists()):
        raise Http404
    # Removed in another window while this one was typing: what was typed is not lost, it meets the conflict page.
    return answer_result(request, skp, found)


def answer_result(request, skp, result):
    if skp.state not in EDITABLE:
        return closed(request, skp)
    if request.method != "POST":
        example = example_to_use(request.GET.get("contoh", "")) if result is None else None
        rows = rows_of_example(example) if example else rows_of(result)
        form = ResultForm(**offered_to(skp), initial=first_values(skp, result, example))
        return show_result(request, skp, result, form, rows_form(skp, rows))
    form = ResultForm(request.POST, **offered_to(skp))
    if any(name in request.POST for name in REDRAW):
        return redraw(request, skp, result, form)
    formset = indicator_formset(request.POST, **format_of(skp))
    if not (form.is_valid() & formset.is_valid()):
        return show_result(request, skp, result, form, formset, status=422)
    try:
        save_result(skp, by=request.user, result=result, indicators=formset.indicators(), **form.cleaned_data)
    except Conflict as conflict:
        return show_conflict(request, skp, conflict)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show_result(request, skp, result, form, formset, status=422)
    messages.success(request, "Hasil kerja disimpan.")
    if "lagi" in request.POST:
        return redirect("appraisal:result-add", pk=skp.pk)
    return redirect("appraisal:skp-detail", pk=skp.pk)


def offered_to(skp):
    """What a result of this plan can be about; the goals only where its owner leads a unit that has some."""
    goals = goals_of(skp) if skp.is_for_leader else None
    return {
        "superior_results": results_to_support(skp),
        "goals": goals if goals is not None and goals.exists() else None,
        "people": possible_assigners(skp),
        "for_leader": skp.is_for_leader,
    }


def first_values(skp, result, example=None):
    """What a fresh form of `result` (None: a new one, perhaps from an example) starts with."""
    values = {} if result is None else {name: getattr(result, name) for name in SHOWN}
    if example is not None:
        values = {"kind": "main", "statement": example.statement, "control": example.control}
    return values | {"version": skp.version}


def rows_form(skp, rows):
    return indicator_formset(rows=rows, **format_of(skp))


def rows_of(result):
    if result is None:
        return []
    rows = content_of(result)["indicators"]
    return [
        row | {"target_high": row["target_high"] if row["direction"] == "range" else None} for row in rows
    ]


def redraw(request, skp, result, form):
    """The same form with a row more or less, or with people found; every typed word is kept, right or wrong."""
    rows, asked = typed_rows(request.POST), request.POST.get("hapus_baris", "")
    if asked.isascii() and asked.isdecimal() and int(asked[:3]) < len(rows):
        del rows[int(asked[:3])]
    if "tambah_baris" in request.POST and len(rows) < MOST_INDICATORS:
        rows.append({})
    form.search_only()
    return show_result(request, skp, result, form, rows_form(skp, rows))


def show_result(request, skp, result, form, formset, *, status=200):
    context = {
        "skp": skp,
        "result": result,
        "form": form,
        "formset": formset,
        "may_add_row": formset.total_form_count() < MOST_INDICATORS,
        "background_open": any(
            form[name].errors or form[name].value() for name in ("origin", "control", "assigned_by")
        )
        or bool(form["assigner"].errors)
        or has_person(form["assigner"].value()),
    }
    return render(request, "appraisal/planning/result.html", context, status=status)


def has_person(value):
    return bool(value[0]) if isinstance(value, tuple) else value is not None


def show_conflict(request, skp, conflict):
    """Both texts side by side; mine can be stored over it, edited again, or let go."""
    skp = Skp.objects.get(pk=skp.pk)
    stored = readable(content_of(conflict.stored)) if conflict.stored else None
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version", "lagi", *REDRAW)
        for value in values
    ]
    context = {"skp": skp, "stored": stored, "sent": readable(conflict.sent), "typed": typed}
    context["result"] = conflict.stored
    return render(request, "appraisal/planning/conflict.html", context, status=409)


def readable(content):
    """The words of a result and its indicators, for a page that only shows them."""
    words = {
        name: dict(WorkResult._meta.get_field(name).choices).get(content[name], "")
        for name in ("origin", "control")
    }
    return content | words | {"indicators": [Indicator(**one) for one in content["indicators"]]}


@require_http_methods(FORM_METHODS)
def result_remove(request, pk, result):
    skp = plan_of_owner(request, pk)
    found = skp.results.filter(pk=result).first()
    if skp.state not in EDITABLE:
        return closed(request, skp)
    if found is None:
        messages.info(request, "Hasil kerja ini sudah dihapus.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    if request.method != "POST":
        return render(request, "appraisal/planning/remove.html", {"skp": skp, "result": found})
    try:
        remove_result(found, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Hasil kerja dihapus.")
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_http_methods(FORM_METHODS)
def expectation_edit(request, pk, value):
    skp = find_skp(request, pk)
    if not is_appraiser_today(request.user, skp):
        raise Http404
    value = get_object_or_404(BehaviourValue, pk=value)
    if skp.state not in OPEN:
        return closed(request, skp)
    stored = skp.expectations.filter(value=value).first()
    form = ExpectationForm(
        request.POST if request.method == "POST" else None, initial={"text": stored.text if stored else ""}
    )
    if form.is_valid():
        try:
            set_expectation(skp, value=value, text=form.cleaned_data["text"], by=request.user)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Ekspektasi khusus untuk {value.name} disimpan.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    context = {"skp": skp, "value": value, "form": form}
    status = 422 if form.errors else 200
    return render(request, "appraisal/planning/expectation.html", context, status=status)


def plan_of_owner(request, pk):
    """The plan, if it is this person's own; else 404."""
    skp = find_skp(request, pk)
    if not is_owner(request.user, skp):
        raise Http404
    return skp


def closed(request, skp):
    """A calm word when the plan can no longer be changed."""
    messages.info(request, f"SKP ini dalam keadaan “{skp.get_state_display()}”, jadi tidak bisa diubah.")
    return redirect("appraisal:skp-detail", pk=skp.pk)
