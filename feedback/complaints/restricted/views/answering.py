"""One way to find a case and to answer the forms of this lane: shown, refused with what was typed, or done once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.scope import has_role
from agencies.careers.sending import new_key, once
from agencies.careers.views.answering import Page
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
    context = {"form": form, "page": page, **more}
    if request.method != "POST":
        return render(request, page.template, context)
    if "cari" in request.POST:
        form.search_only()
        return render(request, page.template, context)
    if form.is_valid():
        key = form.cleaned_data["sending_key"] or new_key()
        try:
            address = once(key, by=request.user, act=lambda: store(form.cleaned_data))
        except StepRefused as refusal:
            place = getattr(form, "places", {}).get(
                getattr(refusal, "about", ""), getattr(refusal, "about", "")
            )
            form.add_error(place if place in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(address)
    return render(request, page.template, context, status=422)


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
