"""Helping somebody who has lost phone and codes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.forms import ReasonForm
from agencies.access.scope import visible_accounts

from ..actions import reset_second_factors
from ..rules import may_reset_second_factors


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_reset(request, pk):
    account = get_object_or_404(visible_accounts(request.user), pk=pk)
    if not may_reset_second_factors(account, by=request.user):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reset_second_factors(account, by=request.user, reason=form.cleaned_data["alasan"])
        messages.success(
            request, f"Langkah kedua akun {account} dihapus. Pemiliknya memasang lagi saat masuk."
        )
        return redirect("agencies:account-detail", pk=pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "account": account}
    return render(request, "agencies/accounts/second_factor_reset.html", context, status=status)
