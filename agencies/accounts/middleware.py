"""Before every page: is the session still good, and is a step of signing in still missing?"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect

from .carrying import CARRIED, pack
from .forms import SignInForm
from .rules import needs_second_factor, password_has_expired
from .sessions import DEVICE, current_device, why_it_ended
from .views.pages import sign_in_page

ALWAYS_OPEN = {"sign-out", "signed-out", "session-ping", "password-again"}
FOR_A_NEW_PASSWORD = {"password-change"}
FOR_A_SECOND_FACTOR = {
    "second-factor", "totp-add", "totp-qr", "passkey-add", "recovery-codes", "recovery-codes-new",
    "recovery-codes-download", "recovery-codes-done",
}  # fmt: skip


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, for sessions whose device may go on; what a session that has ended has sent is kept."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        owner, device_key = request.session.get(SESSION_KEY), request.session.get(DEVICE)
        request.device = None
        if request.user.is_authenticated and (DEVICE in request.session or settings.SESSION_NEEDS_DEVICE):
            request.device = current_device(request)
            if request.device is None:
                logout(request)
        request.ended_session = (
            (int(owner), device_key) if owner and not request.user.is_authenticated else None
        )
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.ended_session is None:
            return super().handle_no_permission(request, view_func)
        owner, device_key = request.ended_session
        ended = f"Sesi Anda sudah berakhir {why_it_ended(device_key, owner)}".rstrip()
        if carried := pack(request, owner) if request.method == "POST" else "":
            return sign_in_page(request, SignInForm(), carried=carried, ended=ended, status=401)
        messages.info(request, f"{ended}. Masuk lagi untuk melanjutkan.")
        return super().handle_no_permission(request, view_func)


class SignInStepsMiddleware:
    """Somebody whose password has expired, or who needs a second factor, first does that and nothing else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or not getattr(view_func, "login_required", True):
            return None
        forget_what_is_sent_again(request)
        place = request.resolver_match.url_name
        if place in ALWAYS_OPEN:
            return None
        if password_has_expired(request.user):
            return None if place in FOR_A_NEW_PASSWORD else redirect("agencies:password-change")
        if lacks_second_factor(request):
            return None if place in FOR_A_SECOND_FACTOR else redirect("agencies:second-factor")
        return None


def lacks_second_factor(request):
    """Asked of the session, not of the account: one from before the factor was set up has not shown it."""
    if request.device is not None and request.device.second_factor:
        return False
    return needs_second_factor(request.user)


def forget_what_is_sent_again(request):
    """The form that was carried through the sign-in page is on its way again."""
    carried = request.session.get(CARRIED)
    if carried and request.method == "POST" and request.get_full_path() == carried["address"]:
        del request.session[CARRIED]
