"""One draft in a session: how it stands, what is proposed, and the appraiser's answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.personal_data.actions import note_viewing
from appraisal.monitoring.actions import Conflict, Refused
from appraisal.scoring.matrix import Rating

from ..actions import accept_proposal, keep_proposal, propose_rating
from ..forms import KeepForm, ProposalForm
from ..models import CalibrationItem, CalibrationProposal
from ..queries import drafts_of
from ..rules import may_answer, may_chair, may_propose, may_read_item, person_of


def open_item(request, pk):
    """The item for whoever may read it; else 404."""
    items = CalibrationItem.objects.select_related("session__unit", "session__period", "employee__user")
    item = get_object_or_404(items, pk=pk)
    if not may_read_item(request.user, item):
        raise Http404
    return item


@require_http_methods(["GET", "HEAD", "POST"])
def calibration_item(request, pk):
    item = open_item(request, pk)
    note_viewing(request.user, about=item.employee, kind="evaluation")
    if request.method != "POST":
        return show(request, item, ProposalForm())
    if not may_propose(request.user, item):
        raise Http404
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            propose_rating(item, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Usulan dikirim kepada pejabat penilai.")
            return redirect("appraisal:calibration-item", pk=item.pk)
    return show(request, item, form, status=422)


def show(request, item, form, *, keep=None, keep_for=None, status=200):
    draft = drafts_of([item])[item.evaluation_id]
    proposals = list(item.proposals.select_related("proposed_by", "answered_by"))
    answers = item.session.state == item.session.State.OPEN and is_appraiser_on(
        person_of(request.user), item.employee, timezone.localdate()
    )
    for proposal in proposals:
        proposal.keep_form = None
        if answers and proposal.state == proposal.State.OPEN:
            proposal.keep_form = keep if proposal.pk == keep_for else KeepForm(prefix=f"usulan-{proposal.pk}")
    context = {
        "item": item,
        "session": item.session,
        "draft": draft,
        "ratings": [
            ("Usulan rating hasil kerja", words(draft.suggested), ""),
            ("Hasil kerja", words(draft.work), draft.work_reason),
            ("Perilaku kerja", words(draft.behaviour), draft.behaviour_reason),
        ],
        "proposals": proposals,
        "answers": answers,
        "waiting": sum(proposal.keep_form is not None for proposal in proposals),
        "wrong_forms": [keep] if keep else [],
        "form": form if may_propose(request.user, item) and draft.is_draft else None,
        "may_drop": not proposals and may_chair(request.user, item.session),
    }
    return render(request, "appraisal/calibration/item.html", context, status=status)


def words(code):
    return Rating(code).label if code else ""


@require_POST
def calibration_answer(request, pk):
    """Accept, or keep with a reason: which one says the button."""
    proposal = get_object_or_404(
        CalibrationProposal.objects.select_related("item__session", "item__employee"), pk=pk
    )
    item = open_item(request, proposal.item_id)
    answered = proposal.state != proposal.State.OPEN
    if not answered and not may_answer(request.user, proposal):
        raise Http404
    form = KeepForm(request.POST, prefix=f"usulan-{proposal.pk}")
    try:
        if "terima" in request.POST:
            accept_proposal(proposal, by=request.user)
            messages.success(request, "Usulan diterima. Draf penilaian berubah atas nama Anda.")
        elif form.is_valid():
            keep_proposal(proposal, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "Jawaban disimpan. Rating Anda tetap.")
        elif not answered:
            return show(request, item, ProposalForm(), keep=form, keep_for=proposal.pk, status=422)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    except Refused as refused:
        messages.warning(request, " ".join(refused.errors.values()))
    except Conflict:
        messages.warning(request, "Draf ini baru saja berubah. Baca sekali lagi.")
    return redirect("appraisal:calibration-item", pk=item.pk)
