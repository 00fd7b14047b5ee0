"""One way to find a case and to answer the forms of this lane: shown, refused with what was typed, or done once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from agencies.access.scope import has_role
from agencies.careers.views.answering import Page, answered
from ambon_kinerja.lifecycle.steps import StepRefused

from ..queries import LANE, visible_cases
from ..telling import page_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])
LIST = "feedback:conduct-case-list"

__all__ = ["FORMS", "LIST", "Page", "answer", "found", "lane_only", "page_of", "take_step", "too_late"]


def lane_only(user):
    """For all others there is no such page."""
    if not has_role(user, *LANE):
        raise Http404


def found(request, pk):
    return get_object_or_404(visible_cases(request.user), pk=pk)


def answer(request, form, page, *, store, done, **more):
    """Show `form`, or let `store(cleaned_data)` act once; it returns the address to go to."""

    def refuse(refusal, context):
        about = getattr(refusal, "about", "")
        place = getattr(form, "places", {}).get(about, about)
        form.add_error(place if place in form.fields else None, str(refusal))
        return 422

    return answered(request, form, page, store=store, done=done, refusals=StepRefused, refuse=refuse, **more)


def too_late(request, case):
    messages.info(request, f"Tidak ada yang berubah. Keadaannya sekarang “{case.get_state_display()}”.")
    return redirect(page_of(case))


def take_step(request, case, act, *, done):
    """A step that is one button."""
    try:
        act(case, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(page_of(case))
