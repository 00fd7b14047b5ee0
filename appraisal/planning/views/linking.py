"""The results that still wait for the leader's, and what they could belong to: one form for all."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import link_results
from ..forms import LinksForm
from ..queries import results_to_support, unlinked_results
from ..rules import may_link
from .agreeing import refused
from .reading import find_skp


@require_http_methods(["GET", "HEAD", "POST"])
def skp_link(request, pk):
    skp = find_skp(request, pk)
    if not may_link(request.user, skp):
        raise Http404
    waiting = list(unlinked_results(skp))
    offered = results_to_support(skp).filter(withdrawn_on=None)
    form = LinksForm(request.POST if request.method == "POST" else None, waiting=waiting, offered=offered)
    if form.is_valid():
        try:
            linked = link_results(skp, by=request.user, links=form.links())
        except StepRefused as refusal:
            return refused(request, skp, refusal)
        if linked:
            messages.success(request, f"{linked} hasil kerja dihubungkan dengan hasil kerja pimpinan.")
        else:
            messages.info(request, "Tidak ada yang berubah.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    context = {"skp": skp, "form": form, "waiting": waiting, "has_offers": offered.exists()}
    status = 422 if form.errors else 200
    return render(request, "appraisal/planning/link.html", context, status=status)
