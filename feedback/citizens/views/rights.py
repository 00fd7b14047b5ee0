"""What a citizen may know and take back: the notice, and erasing by code."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ambon_kinerja.addresses import address_of
from ambon_kinerja.personal_data.models import RetentionRule
from feedback.services.models import Service

from ..actions.comments import erase_words
from ..actions.web import TooMany, leave_trace
from ..forms import EraseForm
from ..guard import origin_of, refuse_guessing
from ..models import NetworkTrace, SurveyResponse
from ..sending import is_erase_code
from .showing import private

KEPT = ("survey_responses", "survey_contacts", "survey_networks")


@login_not_required
@private
@require_safe
def privacy(request, slug):
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug)
    kept = {rule.record_class: rule for rule in RetentionRule.objects.filter(record_class__in=KEPT)}
    return render(request, "feedback/citizens/privacy.html", {"service": service, "kept": kept})


# No cookie, so no CSRF token: the two codes typed are what only the sender has.
@csrf_exempt
@login_not_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, slug):
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug)
    if request.method != "POST":
        begun = {"reference": request.GET.get("nomor", "").replace("\x00", "")[:10]}
        return show(request, service, EraseForm(initial=begun))
    form = EraseForm(request.POST)
    if not form.is_valid():
        return show(request, service, form, status=422)
    origin = origin_of(
        address=address_of(request), agent=request.headers.get("User-Agent", ""), day=timezone.localdate()
    )
    try:
        refuse_guessing(origin, now=timezone.now())
    except TooMany:
        form.add_error(None, "Terlalu banyak kode salah dari jaringan ini. Coba lagi satu jam lagi.")
        return show(request, service, form, status=429)
    response = response_of(service, form.cleaned_data)
    if response is None:
        leave_trace(NetworkTrace.Kind.WRONG_CODE, origin)
        form.add_error("code", "Nomor dan kode ini tidak cocok. Periksa lagi halaman terima kasih Anda.")
        return show(request, service, form, status=422)
    erase_words(response)
    return render(request, "feedback/citizens/erased.html", {"service": service, "given": response})


def response_of(service, given):
    """The response that has this reference and this erase code, or None."""
    reference = given["reference"].strip().upper()
    response = SurveyResponse.objects.filter(service=service, reference=reference).first()
    return response if response is not None and is_erase_code(response, given["code"]) else None


def show(request, service, form, status=200):
    return render(request, "feedback/citizens/erase.html", {"service": service, "form": form}, status=status)
