"""Form A.1.3: which indicators of a leader have their manual, writing one, printing all."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing

from ..actions import Conflict
from ..actions.fingerprints import fingerprint
from ..actions.manuals import FIELDS, manual_content, save_manual
from ..forms.manuals import ManualForm
from ..models import Indicator, IndicatorManual
from ..models.results import Control
from ..rules import EDITABLE, appraiser_today, can_edit_results
from .reading import find_skp
from .results import closed, plan_of_owner

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def manual_list(request, pk):
    skp = leaders_plan(find_skp(request, pk))
    note_viewing(request.user, about=skp.employee, kind="skp")
    return render(request, "appraisal/planning/manual_list.html", manual_context(request, skp))


@require_safe
def manual_print(request, pk):
    skp = leaders_plan(find_skp(request, pk))
    note_viewing(request.user, about=skp.employee, kind="skp")
    context = manual_context(request, skp) | {
        "controls": Control.choices[:3],
        "reportings": IndicatorManual.Reporting.choices,
    }
    return render(request, "appraisal/planning/manual_print.html", context)


def leaders_plan(skp):
    if not skp.is_for_leader:
        raise Http404
    return skp


def manual_context(request, skp):
    indicators = list(
        Indicator.objects.filter(result__skp=skp, withdrawn_on=None, result__withdrawn_on=None)
        .select_related("result", "manual")
        .order_by("-result__kind", "result__position", "position")
    )
    missing = sum(not hasattr(one, "manual") for one in indicators)
    return {
        "skp": skp,
        "indicators": indicators,
        "missing": missing,
        "has_manuals": missing < len(indicators),
        "appraiser": skp.appraiser or appraiser_today(skp),
        "may_edit": can_edit_results(request.user, skp),
    }


@require_http_methods(FORM_METHODS)
def manual_edit(request, pk, indicator):
    skp = leaders_plan(plan_of_owner(request, pk))
    if skp.state not in EDITABLE:
        return closed(request, skp)
    indicator = get_object_or_404(
        Indicator.objects.select_related("result__skp"), pk=indicator, result__skp=skp
    )
    stored = manual_content(indicator)
    if request.method != "POST":
        form = ManualForm(initial=initial_of(indicator, stored), is_qualitative=skp.is_qualitative)
        return show_manual(request, indicator, form)
    form = ManualForm(request.POST, is_qualitative=skp.is_qualitative)
    if not form.is_valid():
        return show_manual(request, indicator, form, status=422)
    values = {name: form.cleaned_data[name] for name in FIELDS}
    try:
        save_manual(indicator, values=values, seen=form.cleaned_data["seen"], by=request.user)
    except Conflict as conflict:
        form = ManualForm(
            initial=values | {"seen": fingerprint(conflict.stored)}, is_qualitative=skp.is_qualitative
        )
        return show_manual(
            request, indicator, form, status=409, rows=side_by_side(form, conflict.stored or {})
        )
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return show_manual(request, indicator, form, status=422)
    messages.success(request, "Manual indikator disimpan.")
    return redirect("appraisal:manual-list", pk=skp.pk)


def initial_of(indicator, stored):
    """The stored manual; a new one begins with what the indicator already says."""
    known = {"unit": indicator.unit}
    if indicator.result.control in dict(Control.choices[:3]):
        known["control"] = indicator.result.control
    return (stored or known) | {"seen": fingerprint(stored)}


def side_by_side(form, stored):
    """[(label, stored, typed)] of what differs."""
    shown = {"control": dict(Control.choices), "reporting": dict(IndicatorManual.Reporting.choices)}
    rows = []
    for name in FIELDS:
        old, new = stored.get(name, ""), form.initial[name]
        if old != new:
            words = shown.get(name, {})
            rows.append((form.fields[name].label, words.get(old, old), words.get(new, new)))
    return rows


def show_manual(request, indicator, form, *, status=200, **more):
    context = {"skp": indicator.result.skp, "indicator": indicator, "form": form} | more
    context["about"] = ("indicator", indicator.pk)
    return render(request, "appraisal/planning/manual_edit.html", context, status=status)
