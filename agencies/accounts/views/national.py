"""Signing in at the national ASN sign-in, and coming back."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..actions import record_national_refusal
from ..models import SignedInDevice
from ..national import NotTrusted, account_of, claims_from, had_second_factor, is_configured, provider
from .pages import onwards, own_address
from .sign_in import password_was_right

AIM = "national_aim"
NOT_HERE = (
    "Akun ASN Anda belum terdaftar di sini, atau akunnya tidak aktif. Hubungi admin kepegawaian unit Anda."
)
NOT_NOW = "Layanan masuk ASN belum dapat dipakai saat ini. Coba lagi, atau masuk dengan kata sandi."


@login_not_required
@never_cache
@require_GET
def national_sign_in(request):
    if not is_configured():
        raise Http404
    aim = own_address(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return onwards(aim)
    request.session[AIM] = aim
    try:
        return provider().authorize_redirect(
            request, request.build_absolute_uri(reverse("agencies:national-return"))
        )
    except NotTrusted as reason:
        return refused(request, NOT_NOW, reason=str(reason), status=503)


@login_not_required
@never_cache
@require_GET
def national_return(request):
    if not is_configured():
        raise Http404
    aim = request.session.pop(AIM, "")
    if request.user.is_authenticated:
        return onwards(aim)
    try:
        claims = claims_from(request)
    except NotTrusted as reason:
        return refused(request, NOT_NOW, reason=str(reason), status=403)
    user = account_of(claims)
    if user is None:
        return refused(request, NOT_HERE, reason="no active account", status=403)
    second_factor = SignedInDevice.SecondFactor.NATIONAL if had_second_factor(claims) else ""
    return password_was_right(request, user, aim=aim, second_factor=second_factor)


def refused(request, words, *, reason, status):
    record_national_refusal(reason)
    return render(request, "agencies/accounts/national_refused.html", {"words": words}, status=status)
