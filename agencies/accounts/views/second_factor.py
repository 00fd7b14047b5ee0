"""Setting up and taking away what one shows after the password."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agencies.people.actions import NotPossible

from ..actions import (
    WrongCode,
    add_passkey,
    add_totp,
    make_recovery_codes,
    remove_passkey,
    remove_totp,
)
from ..factors.passkeys import NotSigned, are_possible, ask_for_new, verified_new
from ..factors.totp import in_groups, new_secret, picture
from ..forms import PasskeyForm, TotpForm
from ..models import SignedInDevice
from ..rules import has_second_factor, may_remove_factor, needs_second_factor
from ..sealing import Unreadable, seal, unseal
from ..sessions import pass_second_step
from .pages import ask_password_again, begin_guess, forget_guesses, page

NEW_SECRET, NEW_CODES, CHALLENGE = "new_totp", "new_recovery_codes", "new_passkey_challenge"
SHOWN_SECONDS = 30 * 60
Factor = SignedInDevice.SecondFactor


@require_safe
def second_factor(request):
    user = request.user
    context = {
        "totp": getattr(user, "totp", None),
        "passkeys": user.passkeys.all(),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "has_factor": has_second_factor(user),
        "needs": needs_second_factor(user),
        "may_remove": may_remove_factor(user),
        "passkeys_are_possible": are_possible(),
        "is_waiting": NEW_CODES in request.session,
    }
    return render(request, "agencies/accounts/second_factor.html", context)


# --- the app ------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def totp_add(request):
    if ask := ask_password_again(request):
        return ask
    secret, name = waiting_secret(request), f"new app of {request.user.pk}"
    form = TotpForm(request.POST or None)
    if form.is_valid():
        if too_early := begin_guess(request, name, owner=request.user.pk):
            return too_early
        try:
            return keep_app(request, secret, form.cleaned_data["code"], name)
        except WrongCode as wrong:
            form.add_error("code", str(wrong))
    return page(request, "totp_add", {"secret": in_groups(secret)}, form=form)


def keep_app(request, secret, code, name):
    with transaction.atomic():
        add_totp(request.user, secret=secret, code=code, by=request.user)
        forget_guesses(request, name, owner=request.user.pk)
        pass_second_step(request, Factor.TOTP)
    del request.session[NEW_SECRET]
    messages.success(request, "Aplikasi kode sudah terpasang.")
    return codes_or_back(request)


def waiting_secret(request):
    """The secret that this session shows until a code from it came back; a new one when there is none."""
    try:
        return unseal(request.session.get(NEW_SECRET, ""), purpose=NEW_SECRET, seconds=SHOWN_SECONDS)
    except Unreadable:
        secret = new_secret()
        request.session[NEW_SECRET] = seal(secret, purpose=NEW_SECRET)
        return secret


@never_cache
@require_GET
def totp_qr(request):
    if ask := ask_password_again(request):
        return ask
    image = picture(waiting_secret(request), name=request.user.email)
    return HttpResponse(image, content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totp_remove(request):
    if ask := ask_password_again(request):
        return ask
    if not hasattr(request.user, "totp"):
        return redirect("agencies:second-factor")
    if request.method == "POST":
        return after_removal(request, lambda: remove_totp(request.user, by=request.user))
    context = {"what": "aplikasi kode", "may_remove": may_remove_factor(request.user)}
    return page(request, "factor_remove", context)


# --- passkeys -----------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request):
    if ask := ask_password_again(request):
        return ask
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            return keep_passkey(request, **form.cleaned_data)
        except NotSigned:
            form.add_error(None, "Kunci sandi belum tersimpan. Coba lagi, atau pakai aplikasi kode.")
    options, request.session[CHALLENGE] = ask_for_new(request.user)
    return page(request, "passkey_add", {"options": options}, form=form)


def keep_passkey(request, name, credential):
    verified = verified_new(credential, challenge=request.session.pop(CHALLENGE, ""))
    with transaction.atomic():
        add_passkey(request.user, name=name, verified=verified, by=request.user)
        pass_second_step(request, Factor.PASSKEY)
    messages.success(request, f"Kunci sandi “{name}” sudah tersimpan.")
    return codes_or_back(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_remove(request, pk):
    passkey = get_object_or_404(request.user.passkeys, pk=pk)
    if ask := ask_password_again(request):
        return ask
    if request.method == "POST":
        return after_removal(request, lambda: remove_passkey(passkey, by=request.user))
    context = {"what": f"kunci sandi “{passkey.name}”", "may_remove": may_remove_factor(request.user)}
    return page(request, "factor_remove", context)


def after_removal(request, remove):
    try:
        remove()
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Sudah dihapus. Kami mengirim pemberitahuan kepada Anda.")
    return redirect("agencies:second-factor")


# --- recovery codes -----------------------------------------------------------------------------


def codes_or_back(request):
    """With the first factor come the codes for the day it is lost."""
    if not request.user.recovery_codes.filter(used_at=None).exists():
        show_new_codes(request)
        return redirect("agencies:recovery-codes")
    return redirect("agencies:second-factor")


def show_new_codes(request):
    codes = make_recovery_codes(request.user, by=request.user)
    request.session[NEW_CODES] = seal(codes, purpose=NEW_CODES)


@require_POST
def recovery_codes_new(request):
    if ask := ask_password_again(request, aim=reverse("agencies:second-factor")):
        return ask
    if not has_second_factor(request.user):
        raise Http404
    show_new_codes(request)
    return redirect("agencies:recovery-codes")


@never_cache
@require_GET
def recovery_codes(request):
    """Shown until the person says he has kept them, then never again."""
    return render(request, "agencies/accounts/recovery_codes.html", {"codes": codes_on_show(request)})


@never_cache
@require_GET
def recovery_codes_download(request):
    text = "\r\n".join(
        ["Kode cadangan Ambon Kinerja", "Tiap kode hanya sekali pakai.", "", *codes_on_show(request), ""]
    )
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="kode-cadangan-ambon-kinerja.txt"'
    return response


def codes_on_show(request):
    try:
        return unseal(request.session.get(NEW_CODES, ""), purpose=NEW_CODES, seconds=SHOWN_SECONDS)
    except Unreadable:
        raise Http404


@require_POST
def recovery_codes_done(request):
    request.session.pop(NEW_CODES, None)
    messages.success(request, "Kode cadangan tidak ditampilkan lagi. Simpan baik-baik salinan Anda.")
    return redirect("agencies:second-factor")
