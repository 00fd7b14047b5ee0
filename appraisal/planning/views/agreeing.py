"""The steps of a plan: submit, withdraw, return, agree. Each is read once more before it is taken."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from ambon_kinerja.widgets import version_seen

from ..actions import Conflict, PlanIncomplete, agree_skp, return_skp, submit_skp, withdraw_skp
from ..completeness import gaps_in
from ..forms import ReasonForm
from ..rules import person_of
from ..states import AGREE, MERGE, RETURN, SUBMIT, WITHDRAW
from .reading import find_skp, plan_context

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def skp_submit(request, pk):
    skp = plan_for(SUBMIT, request, pk)
    if skp.state not in SUBMIT.sources:
        return too_late(request, skp)
    if request.method != "POST":
        return show_check(request, skp, gaps_in(skp))
    try:
        submit_skp(skp, by=request.user)
    except PlanIncomplete as incomplete:
        return show_check(request, skp, incomplete.gaps, status=422)
    except StepRefused as refusal:
        return refused(request, skp, refusal)
    messages.success(request, "SKP diajukan kepada pejabat penilai.")
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_POST
def skp_withdraw(request, pk):
    skp = plan_for(WITHDRAW, request, pk)
    if skp.state not in WITHDRAW.sources:
        return too_late(request, skp)
    try:
        withdraw_skp(skp, by=request.user)
    except StepRefused as refusal:
        return refused(request, skp, refusal)
    messages.success(request, "SKP ditarik kembali. Anda bisa mengubahnya, lalu mengajukannya lagi.")
    return redirect("appraisal:skp-detail", pk=skp.pk)


@require_http_methods(FORM_METHODS)
def skp_return(request, pk):
    skp = plan_for(RETURN, request, pk)
    if skp.state not in RETURN.sources:
        return too_late(request, skp)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return_skp(skp, by=request.user, reason=form.cleaned_data["reason"])
        except StepRefused as refusal:
            return refused(request, skp, refusal)
        messages.success(request, f"SKP dikembalikan kepada {skp.employee}.")
        return redirect("appraisal:skp-detail", pk=skp.pk)
    status = 422 if form.errors else 200
    return render(request, "appraisal/planning/return.html", {"skp": skp, "form": form}, status=status)


@require_http_methods(FORM_METHODS)
def skp_agree(request, pk):
    skp = find_skp(request, pk)
    step = MERGE if skp.is_adjustment else AGREE
    if skp.state not in step.sources and was_agreed_by(request.user, skp):
        return too_late(request, skp)
    if not step.may(request.user, skp):
        raise Http404
    if skp.state not in step.sources:
        return too_late(request, skp)
    if request.method != "POST":
        note_viewing(request.user, about=skp.employee, kind="skp")
        return render(request, "appraisal/planning/agree.html", plan_context(request, skp))
    try:
        agreed = agree_skp(skp, by=request.user, version=version_seen(request.POST))
    except Conflict:
        messages.warning(
            request, "SKP ini berubah setelah Anda membacanya. Baca sekali lagi sebelum menyepakati."
        )
        return redirect("appraisal:skp-agree", pk=skp.pk)
    except StepRefused as refusal:
        return refused(request, skp, refusal)
    messages.success(
        request, f"{'Penyesuaian SKP' if skp.is_adjustment else 'SKP'} {skp.employee} disepakati."
    )
    return redirect("appraisal:skp-detail", pk=agreed.pk)


def was_agreed_by(user, skp):
    """Who stepped in may do so no more once it is agreed, but his second press of the button is answered calmly."""
    person = person_of(user)
    return person is not None and person.pk == skp.appraiser_id


def plan_for(step, request, pk):
    """The plan, if the step could ever be this person's; else 404."""
    skp = find_skp(request, pk)
    if not step.may(request.user, skp):
        raise Http404
    return skp


def show_check(request, skp, gaps, *, status=200):
    context = plan_context(request, skp) | {"gaps": gaps}
    return render(request, "appraisal/planning/submit.html", context, status=status)


def too_late(request, skp):
    """The button was pressed twice, or somebody was faster: say how things stand and show them."""
    messages.info(
        request, f"Tidak ada yang berubah. SKP ini sudah dalam keadaan “{skp.get_state_display()}”."
    )
    return redirect("appraisal:skp-detail", pk=skp.pk)


def refused(request, skp, refusal):
    messages.warning(request, str(refusal))
    return redirect("appraisal:skp-detail", pk=skp.pk)
