"""The officer on duty hands out codes himself: one for each citizen he has served, at his own counter and today.

As with the codes of the manager a code is shown in the answer to the press of the button and nowhere else; unlike
there, sending the same form again does not show it again (actions.sheets.hand_out_on_duty says why).
"""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from agencies.structure.refusals import NotPossible

from ..actions.sheets import hand_out_on_duty
from ..links import short_address
from ..making import StaleForm, new_making_key, read_making_key
from ..queries import counters_on_duty, with_given
from .codes import slip
from .finding import PAGES


@PAGES
def duty_codes(request):
    """For who is on duty at no counter today there is no such page."""
    today = timezone.localdate()
    counters = counters_on_duty(request.user, today)
    if not counters:
        raise Http404
    context, status = {"today": today, "most": settings.SURVEY_CODES_OF_A_COUNTER}, 200
    if request.method == "POST":
        counter = next((each for each in counters if str(each.pk) == request.POST.get("counter")), None)
        try:
            if counter is None:
                raise NotPossible("Pilih loket tempat Anda bertugas hari ini.")
            key = read_making_key(request.POST.get("key", "")[:400], counter.service, request.user)
            sheet, code = hand_out_on_duty(counter, key=key, day=today, by=request.user)
        except (StaleForm, NotPossible) as refusal:
            context["refusal"], status = str(refusal), 422
        else:
            service = counter.service
            context |= {
                "slip": slip(service, code),
                "service": service,
                "sheet": sheet,
                "address": short_address(service),
            }
    places = with_given(counters, today).order_by("service__name", "name", "pk")
    context["places"] = [(each, new_making_key(each.service, request.user)) for each in places]
    return render(request, "feedback/services/duty_codes.html", context, status=status)
