"""What several pages of this room share: the door itself, where it leads, and who has to wait."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ambon_kinerja.addresses import address_of

from .. import national
from ..devices import people_of
from ..sessions import password_asked_recently
from ..throttle import begin_attempt, forget_attempts, in_words


def sign_in_page(request, form, *, aim="", carried="", ended="Sesi Anda sudah berakhir", status=200):
    context = {
        "form": form,
        "ended": ended,
        "next": aim,
        "carried": carried,
        "national_words": settings.OIDC_BUTTON if national.is_configured() else "",
        "national_address": f"{reverse('agencies:national-sign-in')}?{urlencode({'next': aim})}"
        if aim
        else reverse("agencies:national-sign-in"),
    }
    response = render(request, "agencies/accounts/sign_in.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def own_address(request, text):
    """`text` if it is an address of this host, else nothing."""
    allowed = url_has_allowed_host_and_scheme(
        text, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return text if allowed else ""


def onwards(aim):
    return HttpResponseRedirect(aim or resolve_url(settings.LOGIN_REDIRECT_URL))


def page(request, template, context, *, form=None):
    """A page with a form: 422 when something in it is wrong."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"agencies/accounts/{template}.html", context | {"form": form}, status=status)


def begin_guess(request, name, *, owner=None):
    """None, or the page that says how long to wait. `owner` is the key of the account, if one has this name."""
    wait = begin_attempt(name, address_of(request), known_device=owner in people_of(request))
    return too_early(request, wait) if wait else None


def forget_guesses(request, name, *, owner):
    forget_attempts(name, address_of(request), known_device=owner in people_of(request))


def too_early(request, wait):
    response = render(
        request, "agencies/accounts/too_many_attempts.html", {"wait": in_words(wait)}, status=429
    )
    response.headers["Retry-After"] = str(max(1, round(wait.total_seconds())))
    return response


def ask_password_again(request, *, aim=""):
    """None when the password was given a short while ago, else the way to the page that asks for it (ASVS 7.5.1)."""
    if password_asked_recently(request):
        return None
    return redirect(
        f"{reverse('agencies:password-again')}?{urlencode({'next': aim or request.path}, safe='/')}"
    )
