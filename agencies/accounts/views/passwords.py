"""Changing one's password, and setting it by an e-mailed link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from agencies.people.actions import change_password
from ambon_kinerja.notices.actions import tell

from ..actions import NOT_YOU, request_reset, set_password_by_link
from ..forms import ForgottenForm, NewPasswordForm, PasswordAgainForm, PasswordChangeForm
from ..links import link_of
from ..rules import password_has_expired
from ..sessions import confirm_password, keep_this_session
from .pages import begin_guess, forget_guesses, onwards, own_address, page

TOKEN = "password_link"  # noqa: S105 (a name in the session)
NO_MATCH = "Kata sandi sekarang tidak cocok."


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    user, name = request.user, f"password of {request.user.pk}"
    form = PasswordChangeForm(request.POST or None, user=user)
    if form.is_valid():
        if too_early := begin_guess(request, name, owner=user.pk):
            return too_early
        if user.check_password(form.cleaned_data["old"]):
            forget_guesses(request, name, owner=user.pk)
            with transaction.atomic():
                change_password(user, password=form.cleaned_data["new"], by=user)
                tell(user, subject="Kata sandi Anda diganti", body=NOT_YOU)
            keep_this_session(request, user)
            messages.success(request, "Kata sandi Anda sudah diganti. Sesi di perangkat lain sudah berakhir.")
            return redirect("agencies:account")
        form.add_error("old", NO_MATCH)
    return page(request, "password_change", {"has_expired": password_has_expired(user)}, form=form)


@never_cache
@sensitive_post_parameters("old")
@require_http_methods(["GET", "HEAD", "POST"])
def password_again(request):
    """Asked before second factors are touched, when the sign-in is a while ago."""
    user, name = request.user, f"password of {request.user.pk}"
    aim = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    form = PasswordAgainForm(request.POST or None)
    if form.is_valid():
        if too_early := begin_guess(request, name, owner=user.pk):
            return too_early
        if user.check_password(form.cleaned_data["old"]):
            forget_guesses(request, name, owner=user.pk)
            confirm_password(request)
            return onwards(aim)
        form.add_error("old", NO_MATCH)
    return page(
        request, "password_again", {"next": aim, "has_password": user.has_usable_password()}, form=form
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request):
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["username"]
        if too_early := begin_guess(request, f"reset of {name}"):
            return too_early
        request_reset(name)
        return redirect("agencies:password-forgotten-sent")
    return page(request, "password_forgotten", {}, form=form)


@login_not_required
@never_cache
@require_GET
def password_forgotten_sent(request):
    return page(request, "password_forgotten_sent", {})


@login_not_required
@never_cache
@require_GET
def password_link(request, token):
    """Out of the address at once: what stands there lands in histories."""
    request.session[TOKEN] = token
    return redirect("agencies:password-set")


@login_not_required
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password_set(request):
    with transaction.atomic():
        link = link_of(request.session.get(TOKEN, ""), lock=True)
        if link is None:
            response = page(request, "password_link_over", {})
            response.status_code = 410
            return response
        form = NewPasswordForm(request.POST or None, user=link.user)
        if not form.is_valid():
            return page(request, "password_set", {"owner": link.user, "purpose": link.purpose}, form=form)
        set_password_by_link(link, password=form.cleaned_data["new"])
    del request.session[TOKEN]
    messages.success(request, "Kata sandi baru sudah tersimpan. Masuklah dengan kata sandi itu.")
    return redirect("agencies:sign-in")
