"""Proposing that a result is opened again; a second person decides on the page of the proposal."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ambon_kinerja.lifecycle.steps import StepRefused
from appraisal.scoring.forms import ReopeningForm
from appraisal.scoring.queries import visible_evaluations
from appraisal.scoring.reopening import propose_reopening
from appraisal.scoring.rules import may_propose_reopening


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_reopen(request, pk):
    readable = visible_evaluations(request.user).select_related(
        "skp__employee", "skp__unit", "period", "replaces"
    )
    evaluation = get_object_or_404(readable, pk=pk)
    if not may_propose_reopening(request.user, evaluation):
        raise Http404
    form = ReopeningForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (proposal := proposed(form, evaluation, request.user)):
        messages.success(request, "Usulan dicatat. Hasil tetap berlaku sampai orang kedua menyetujuinya.")
        return redirect("agencies:proposal-detail", pk=proposal.pk)
    context = {"form": form, "evaluation": evaluation, "days": settings.REOPENED_WORKING_DAYS}
    status = 422 if request.method == "POST" else 200
    return render(request, "appraisal/scoring/reopen.html", context, status=status)


def proposed(form, evaluation, user):
    """The proposal, or None with the reason in the form."""
    try:
        return propose_reopening(evaluation, by=user, **form.facts())
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return None
