"""Signing in and out, and changing one's password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.people.actions import change_password
from ambon_kinerja.addresses import address_of

from .actions import record_failed_sign_in, record_sign_in, record_sign_out
from .forms import PasswordChangeForm, SignInForm
from .throttle import begin_attempt, forget_attempts, in_words

DOES_NOT_MATCH = "NIP atau surel dan kata sandi tidak cocok. Periksa keduanya."


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    aim = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(aim or resolve_url(settings.LOGIN_REDIRECT_URL))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        name, address = form.cleaned_data["username"], address_of(request)
        if wait := begin_attempt(name, address):
            return too_early(request, wait)
        user = authenticate(request, username=name, password=form.cleaned_data["password"])
        if user is not None:
            with transaction.atomic():
                forget_attempts(name, address)
                login(request, user)
                record_sign_in(user)
            return HttpResponseRedirect(aim or resolve_url(settings.LOGIN_REDIRECT_URL))
        record_failed_sign_in(name)
        form.add_error(None, DOES_NOT_MATCH)
    return render(
        request,
        "agencies/accounts/sign_in.html",
        {"form": form, "next": aim},
        status=422 if form.errors else 200,
    )


def own_address(request, text):
    """`text` if it is an address of this host, else nothing."""
    allowed = url_has_allowed_host_and_scheme(
        text, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return text if allowed else ""


def too_early(request, wait):
    response = render(
        request, "agencies/accounts/too_many_attempts.html", {"wait": in_words(wait)}, status=429
    )
    response.headers["Retry-After"] = str(max(1, round(wait.total_seconds())))
    return response


@login_not_required
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        with transaction.atomic():
            record_sign_out(request.user)
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
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    form = PasswordChangeForm(request.POST or None, user=request.user)
    if form.is_valid():
        name, address = f"password of {request.user.pk}", address_of(request)
        if wait := begin_attempt(name, address):
            return too_early(request, wait)
        if request.user.check_password(form.cleaned_data["old"]):
            forget_attempts(name, address)
            change_password(request.user, password=form.cleaned_data["new"], by=request.user)
            update_session_auth_hash(request, request.user)
            messages.success(request, "Kata sandi Anda sudah diganti. Sesi di perangkat lain sudah berakhir.")
            return redirect("agencies:account")
        form.add_error("old", "Kata sandi sekarang tidak cocok.")
    return render(
        request, "agencies/accounts/password_change.html", {"form": form}, status=422 if form.errors else 200
    )
