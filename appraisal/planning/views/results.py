"""Filling a plan: one page per result, one per expected behaviour."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.rulebook.models import BehaviourValue

from ..actions import Conflict, content_of, remove_result, save_result, set_expectation
from ..forms import MOST_INDICATORS, ExpectationForm, ResultForm, indicator_formset, typed_rows
from ..library.examples import example_to_use, rows_of_example
from ..models import Indicator, Skp, WorkResult
from ..queries import results_to_support
from ..rules import EDITABLE, is_appraiser_today, is_owner
from .reading import find_skp

FORM_METHODS = ["GET", "HEAD", "POST"]
# Buttons that show the form again with everything typed; none of them stores anything.
REDRAW = ("tambah_baris", "hapus_baris", "sunting")


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
        form = ResultForm(**blank(skp, result, example))
        return show_result(request, skp, result, form, indicator_formset(rows=rows))
    if any(name in request.POST for name in REDRAW):
        return redraw(request, skp, result)
    form = ResultForm(request.POST, superior_results=results_to_support(skp))
    formset = indicator_formset(request.POST)
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


def blank(skp, result, example=None):
    """What a fresh form of `result` (None: a new one, perhaps from an example) starts with."""
    initial = {"version": skp.version}
    if example is not None:
        initial |= {"kind": "main", "statement": example.statement, "control": example.control}
    if result is not None:
        initial |= {name: getattr(result, name) for name in ("kind", "parent", "statement", "assigned_by")}
    return {"initial": initial, "superior_results": results_to_support(skp)}


def rows_of(result):
    if result is None:
        return []
    rows = content_of(result)["indicators"]
    return [
        row | {"target_high": row["target_high"] if row["direction"] == "range" else None} for row in rows
    ]


def redraw(request, skp, result):
    """The same form with a row more or less, and every typed word kept, right or wrong."""
    rows, asked = typed_rows(request.POST), request.POST.get("hapus_baris", "")
    if asked.isascii() and asked.isdecimal() and int(asked[:3]) < len(rows):
        del rows[int(asked[:3])]
    if "tambah_baris" in request.POST and len(rows) < MOST_INDICATORS:
        rows.append({})
    typed = {name: request.POST.get(name, "") for name in ResultForm.base_fields}
    form = ResultForm(initial=typed, superior_results=results_to_support(skp))
    return show_result(request, skp, result, form, indicator_formset(rows=rows))


def show_result(request, skp, result, form, formset, *, status=200):
    context = {
        "skp": skp,
        "result": result,
        "form": form,
        "formset": formset,
        "may_add_row": formset.total_form_count() < MOST_INDICATORS,
    }
    return render(request, "appraisal/planning/result.html", context, status=status)


def show_conflict(request, skp, conflict):
    """Both texts side by side; mine can be stored over it, edited again, or let go."""
    skp = Skp.objects.get(pk=skp.pk)
    stored = readable(content_of(conflict.stored)) if conflict.stored else None
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version", *REDRAW)
        for value in values
    ]
    context = {"skp": skp, "stored": stored, "sent": readable(conflict.sent), "typed": typed}
    return render(request, "appraisal/planning/conflict.html", context, status=409)


def readable(content):
    return content | {"indicators": [Indicator(**one) for one in content["indicators"]]}


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
    if skp.state == Skp.State.AGREED:
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
