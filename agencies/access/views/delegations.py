"""Handing one's right to a colleague, and the colleague's answer."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions.delegations import (
    accept_delegation,
    decline_delegation,
    offer_delegation,
    take_back_delegation,
)
from ..forms import DelegationForm
from ..models import Delegation
from ..queries import colleagues_of
from ..roles import SENTENCES
from ..rules import may_delegate
from ..scope import grants_on


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_offer(request, pk):
    grant = get_object_or_404(grants_on(request.user), pk=pk)
    if not may_delegate(request.user, grant):
        raise Http404
    colleagues = colleagues_of(request.user)
    form = DelegationForm(
        request.POST if request.method == "POST" else None,
        colleagues=colleagues,
        initial={"mulai": timezone.localdate()},
    )
    if form.is_valid() and offered(form, grant, request.user):
        messages.success(request, "Pelimpahan ditawarkan. Peran berlaku setelah rekan Anda menerimanya.")
        return redirect("agencies:account")
    grant.sentence = SENTENCES[grant.role]
    context = {
        "form": form,
        "grant": grant,
        "days": settings.DELEGATION_DAYS,
        "has_colleagues": colleagues.exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "agencies/access/delegation_offer.html", context, status=status)


def offered(form, grant, user):
    """The delegation, or None with the reason in the form."""
    facts = form.cleaned_data
    try:
        return offer_delegation(
            grant,
            recipient=facts["kepada"],
            first_day=facts["mulai"],
            last_day=facts["sampai"],
            reason=facts["alasan"],
            by=user,
        )
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_POST
def delegation_accept(request, pk):
    return answer(
        request, pk, "recipient", accept_delegation, "Anda sekarang memegang peran yang dilimpahkan."
    )


@require_POST
def delegation_decline(request, pk):
    return answer(request, pk, "recipient", decline_delegation, "Pelimpahan ditolak.")


@require_POST
def delegation_end(request, pk):
    return answer(request, pk, "delegator", take_back_delegation, "Pelimpahan diambil kembali.")


def answer(request, pk, mine, step, words):
    """Take `step` on the delegation in which this person is `mine`, and say so on the account page."""
    delegation = get_object_or_404(
        Delegation.objects.select_related("grant__unit", "delegator", "recipient"),
        pk=pk,
        **{mine: request.user},
    )
    try:
        step(delegation, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("agencies:account")
