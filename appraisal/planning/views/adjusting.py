"""Beginning and dropping an adjustment of an agreed plan; it is filled and agreed on the pages of any plan."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import begin_adjustment, drop_adjustment
from ..forms import AdjustmentForm
from ..queries import open_adjustment
from ..rules import is_owner, may_adjust
from ..states import DROP
from .agreeing import plan_for, refused, too_late
from .reading import find_skp


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_begin(request, pk):
    skp = find_skp(request, pk)
    if not is_owner(request.user, skp):
        raise Http404
    if found := open_adjustment(skp):
        messages.info(request, "Penyesuaian SKP ini sudah dimulai.")
        return redirect("appraisal:skp-detail", pk=found.pk)
    if not may_adjust(request.user, skp):
        messages.info(request, "Hanya SKP yang disepakati dan masih berlaku yang bisa disesuaikan.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    form = AdjustmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            adjustment = begin_adjustment(skp, by=request.user, reason=form.cleaned_data["reason"])
        except StepRefused as refusal:
            return refused(request, skp, refusal)
        messages.success(
            request, "Ubah seperlunya, lalu ajukan. SKP yang disepakati tetap berlaku sampai itu."
        )
        return redirect("appraisal:skp-detail", pk=adjustment.pk)
    status = 422 if form.errors else 200
    return render(request, "appraisal/planning/adjust.html", {"skp": skp, "form": form}, status=status)


@require_POST
def adjustment_drop(request, pk):
    skp = plan_for(DROP, request, pk)
    if skp.state not in DROP.sources:
        return too_late(request, skp)
    try:
        drop_adjustment(skp, by=request.user)
    except StepRefused as refusal:
        return refused(request, skp, refusal)
    messages.success(request, "Penyesuaian dibatalkan. SKP yang disepakati tidak berubah.")
    return redirect("appraisal:skp-detail", pk=skp.adjusts_id)
