"""Proposals: what waits for me, what became of mine, and deciding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambon_kinerja.lifecycle.steps import StepRefused, history_of

from ..actions.proposals import approve_proposal, refuse_proposal, withdraw_proposal
from ..forms import ReasonForm
from ..models import Proposal
from ..queries import proposals_awaiting
from ..roles import SENTENCES
from ..rules import is_proposer, keeps_access, may_decide, may_read_access
from ..scope import visible_proposals

ROWS_A_PAGE = 25
STEPS = {"approve": "Disetujui", "refuse": "Ditolak", "withdraw": "Ditarik kembali", "expire": "Kedaluwarsa"}


@require_safe
def proposal_list(request):
    shown = visible_proposals(request.user).select_related("unit", "proposed_by", "decided_by")
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "awaiting": proposals_awaiting(request.user).select_related("unit", "proposed_by"),
        "page": page,
        "may_read_access": may_read_access(request.user),
        "keeps": keeps_access(request.user),
    }
    return render(request, "agencies/access/proposal_list.html", context)


def find_proposal(request, pk):
    found = visible_proposals(request.user).select_related(
        "unit", "about", "beneficiary", "proposed_by", "decided_by"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
def proposal_detail(request, pk):
    return show(request, find_proposal(request, pk), ReasonForm())


def show(request, proposal, form, *, status=200):
    changes = [
        {"words": STEPS[change.step], "by_label": change.by_label, "at": change.at, "reason": change.reason}
        for change in history_of(proposal)
    ]
    waits = proposal.state == Proposal.State.PROPOSED and not proposal.is_expired()
    context = {
        "proposal": proposal,
        "sentence": SENTENCES.get(proposal.role, ""),
        "waits": waits,
        "may_decide": waits and may_decide(request.user, proposal),
        "may_withdraw": waits and is_proposer(request.user, proposal),
        "history": changes[::-1],
        "form": form,
    }
    return render(request, "agencies/access/proposal_detail.html", context, status=status)


@require_POST
def proposal_approve(request, pk):
    proposal = decidable(request, pk)
    try:
        approve_proposal(proposal, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Usulan disetujui dan langsung dilaksanakan.")
    return redirect("agencies:proposal-detail", pk=pk)


@require_http_methods(["POST"])
def proposal_refuse(request, pk):
    proposal, form = decidable(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, proposal, form, status=422)
    try:
        refuse_proposal(proposal, by=request.user, reason=form.cleaned_data["alasan"])
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Usulan ditolak. Pengusul sudah diberi tahu.")
    return redirect("agencies:proposal-detail", pk=pk)


@require_POST
def proposal_withdraw(request, pk):
    proposal = get_object_or_404(visible_proposals(request.user).filter(proposed_by=request.user), pk=pk)
    try:
        withdraw_proposal(proposal, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Usulan ditarik kembali.")
    return redirect("agencies:proposal-detail", pk=pk)


def decidable(request, pk):
    """The proposal, if this person may decide it or might have before somebody else did; else 404."""
    proposal = find_proposal(request, pk)
    if proposal.state == Proposal.State.PROPOSED and not proposal.is_expired():
        get_object_or_404(proposals_awaiting(request.user), pk=pk)
    return proposal
