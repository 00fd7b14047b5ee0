"""Signing in and out: password, second step, and the form that waited meanwhile."""

from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.people.queries import account_named

from ..actions import (
    WrongCode,
    record_failed_sign_in,
    record_failed_step,
    record_sign_out,
    use_passkey,
    use_recovery_code,
    use_totp,
)
from ..carrying import CARRIED, unpack
from ..devices import people_of, remember
from ..factors.passkeys import NotSigned, ask_for_signature, verified_signature
from ..forms import SecondStepForm, SignInForm
from ..models import SignedInDevice
from ..rules import has_second_factor
from ..sessions import enter, pending_user, wait_for_second_step
from .pages import begin_guess, forget_guesses, onwards, own_address, page, sign_in_page

DOES_NOT_MATCH = "NIP atau surel dan kata sandi tidak cocok. Periksa keduanya."
CHALLENGE = "passkey_challenge"
Factor = SignedInDevice.SecondFactor


@login_not_required
@never_cache
@sensitive_post_parameters("password", "carried")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    aim = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    carried = request.POST.get("carried", "")
    if request.user.is_authenticated:
        return onwards(aim)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["username"]
        if too_early := begin_guess(request, name, owner=owner_of(request, name)):
            return too_early
        user = authenticate(request, username=name, password=form.cleaned_data["password"])
        if user is not None:
            forget_guesses(request, name, owner=user.pk)
            return password_was_right(request, user, aim=aim, carried=unpack(carried, owner=user.pk))
        record_failed_sign_in(name)
        form.add_error(None, DOES_NOT_MATCH)
    carried = carried if unpack(carried) else ""
    return sign_in_page(request, form, aim=aim, carried=carried, status=422 if form.errors else 200)


def owner_of(request, name):
    """Whose name this is, asked only for a browser that somebody has signed in on: time tells the others nothing."""
    account = account_named(name) if people_of(request) else None
    return account.pk if account else None


def password_was_right(request, user, *, aim, carried=None, second_factor=""):
    """Go on to the second step when the person has one that was not shown yet, else in."""
    request.session.pop(CARRIED, None)  # of somebody who stopped at the second step
    if carried:
        request.session[CARRIED] = carried
    if not second_factor and has_second_factor(user):
        wait_for_second_step(request, user, aim=aim)
        return redirect("agencies:second-step")
    with transaction.atomic():
        enter(request, user, second_factor=second_factor)
    return remember(request, welcome(request, aim), user)


def welcome(request, aim):
    return redirect("agencies:send-again") if CARRIED in request.session else onwards(aim)


@login_not_required
@never_cache
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request):
    user, aim = pending_user(request)
    if user is None or request.user.is_authenticated:
        return redirect("agencies:sign-in")
    form = SecondStepForm(request.POST or None)
    if form.is_valid():
        name = f"second step of {user.pk}"
        if too_early := begin_guess(request, name, owner=user.pk):
            return too_early
        try:
            second_factor = shown_factor(request, user, **form.cleaned_data)
        except (WrongCode, NotSigned) as wrong:
            record_failed_step(user, step="second")
            form.add_error("code", str(wrong) or "Kunci sandi tidak cocok. Coba lagi, atau isi kode.")
        else:
            forget_guesses(request, name, owner=user.pk)
            with transaction.atomic():
                enter(request, user, second_factor=second_factor)
            return remember(request, welcome(request, aim), user)
    context = {"has_app": hasattr(user, "totp"), "passkey_options": ask_passkey(request, user)}
    return page(request, "second_step", context, form=form)


def ask_passkey(request, user):
    """What the browser is to sign, or "" when the person has no passkey. Each page asks for something new."""
    if not user.passkeys.exists():
        return ""
    options, request.session[CHALLENGE] = ask_for_signature(user)
    return options


def shown_factor(request, user, *, code, credential):
    """Which factor the person has shown, used up; raises WrongCode or NotSigned."""
    if credential:
        challenge = request.session.pop(CHALLENGE, "")
        passkey, sign_count = verified_signature(credential, challenge=challenge, user=user)
        use_passkey(passkey, sign_count=sign_count)
        return Factor.PASSKEY
    if code.isdigit():
        use_totp(user, code)
        return Factor.TOTP
    use_recovery_code(user, code)
    return Factor.RECOVERY


@never_cache
@require_GET
def send_again(request):
    carried = request.session.get(CARRIED)
    if carried is None:
        raise Http404
    return render(request, "agencies/accounts/send_again.html", carried)


@login_not_required
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        record_sign_out(request.user, request.device)
        logout(request)
    return redirect("agencies:signed-out")


@login_not_required
@never_cache
@require_GET
def signed_out(request):
    response = render(request, "agencies/accounts/signed_out.html")
    if not request.user.is_authenticated:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@require_POST
def session_ping(request):
    """A sign of life from the warning about the end of the session; the middleware has noted it."""
    return HttpResponse(status=204)
