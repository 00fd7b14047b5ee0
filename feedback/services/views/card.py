"""The card that stands at a counter: a large QR code to the survey, and the address for who has no camera."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..links import qr_svg, short_address, survey_address
from .finding import kept_service

SIZES = (("a5", "Kertas A5"), ("a4", "Kertas A4"))


@require_safe
def service_card(request, slug):
    service = kept_service(request, slug)
    counters = list(service.counters.filter(is_active=True))
    asked, size = request.GET.get("loket", ""), request.GET.get("ukuran", "")
    counter = next((each for each in counters if str(each.pk) == asked), None)
    if asked and counter is None:
        raise Http404
    context = {
        "service": service,
        "counter": counter,
        "counters": counters,
        "size": size if size in dict(SIZES) else "a5",
        "sizes": SIZES,
        "address": short_address(service),
        "qr": qr_svg(survey_address(service, counter=counter), error="q"),
    }
    return render(request, "feedback/services/card.html", context)
