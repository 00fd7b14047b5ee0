"""Beginning from last year's plan, seeing what became of each copied result, and saying why a target is absolute."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions.confirming import allow_absolute
from ..actions.copying import copy_last_year
from ..completeness import findings_of, results_now, source_of
from ..forms.confirming import AbsoluteForm
from ..library.copied import compared, to_compare
from ..rules import EDITABLE
from .reading import find_skp
from .results import closed, plan_of_owner

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_POST
def skp_copy(request, pk):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    try:
        copy_last_year(skp, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            f"SKP {skp.year - 1} disalin. Sesuaikan target, lalu hubungkan dengan hasil kerja pimpinan.",
        )
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_safe
def result_origin(request, pk, result):
    """The text of a copied result then and now, side by side."""
    skp = find_skp(request, pk)
    found = next((one for one in results_now(skp) if one.pk == result), None)
    source = source_of(found) if found is not None else None
    if source is None:
        raise Http404
    find_skp(request, source.skp_id)  # who may not read last year's plan reads nothing of it here either
    lines = compared(to_compare(source), to_compare(found))
    context = {
        "skp": skp,
        "result": found,
        "year": source.skp.year,
        "lines": lines,
        "changed": sum(line.is_changed for line in lines),
    }
    return render(request, "appraisal/planning/origin.html", context)


@require_http_methods(FORM_METHODS)
def result_absolute(request, pk, result):
    skp = plan_of_owner(request, pk)
    if skp.state not in EDITABLE:
        return closed(request, skp)
    found = get_object_or_404(skp.results.prefetch_related("indicators"), pk=result)
    form = AbsoluteForm(
        request.POST if request.method == "POST" else None,
        initial={"ground": found.absolute_ground, "reason": found.absolute_reason},
    )
    if form.is_valid():
        try:
            allow_absolute(found, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Alasan target mutlak disimpan.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    context = {
        "skp": skp,
        "result": found,
        "form": form,
        "findings": [one for one in findings_of(found, skp) if one.code == "absolute"],
    }
    return render(request, "appraisal/planning/absolute.html", context, status=422 if form.errors else 200)
