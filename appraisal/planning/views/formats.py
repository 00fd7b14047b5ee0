"""Which of the four formats a plan is written in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import PlanIncomplete, choose_format
from ..forms import FormatForm
from ..rules import OPEN, is_appraiser_today, is_owner, may_choose_approach
from .reading import find_skp
from .results import closed


@require_http_methods(["GET", "HEAD", "POST"])
def skp_format(request, pk):
    skp = find_skp(request, pk)
    is_appraiser = is_appraiser_today(request.user, skp)
    if not is_appraiser and not is_owner(request.user, skp):
        raise Http404
    if skp.state not in OPEN or not may_choose_approach(request.user, skp):
        return closed(request, skp)
    form = FormatForm(
        request.POST if request.method == "POST" else None,
        may_choose_audience=is_appraiser,
        initial={"approach": skp.approach, "audience": skp.audience},
    )
    gaps = []
    if form.is_valid():
        try:
            chosen = choose_format(skp, by=request.user, **form.cleaned_data)
        except PlanIncomplete as incomplete:
            gaps = incomplete.gaps
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"SKP ini sekarang memakai format {chosen.form_code}.")
            return redirect("appraisal:skp-detail", pk=skp.pk)
    context = {"skp": skp, "form": form, "gaps": gaps, "is_appraiser": is_appraiser}
    status = 422 if form.errors or gaps else 200
    return render(request, "appraisal/planning/format.html", context, status=status)
