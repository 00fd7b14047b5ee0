"""One way to answer the small forms of this room: shown, searched in, refused with what was typed, or done once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from agencies.careers.views.answering import Page, answered, show_conflict
from agencies.structure.refusals import NotPossible
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import Conflict
from ..queries import visible_counsellings, visible_guidances, visible_reports

FORMS = require_http_methods(["GET", "HEAD", "POST"])

__all__ = ["FORMS", "Page", "answer", "found", "found_counselling", "found_report", "take_step", "too_late"]


def answer(request, form, page, *, store, done, now=None, status=200, **more):
    """Show `form`, or let `store(cleaned_data)` act once; it returns the address to go to.

    In a conflict the page shows what was typed and, by `now(stored)`, what is recorded: [(label, value)]; the form
    then speaks of the recorded version.
    """

    def refuse(refusal, context):
        if isinstance(refusal, Conflict):
            return show_conflict(form, context, refusal.stored, now)
        place = getattr(refusal, "about", "")
        form.add_error(place if place in form.fields else None, str(refusal))
        return 422

    refusals = (StepRefused, NotPossible)
    words = {"store": store, "done": done, "status": status}
    return answered(request, form, page, refusals=refusals, refuse=refuse, **words, **more)


def found(request, pk, may=None):
    """The guidance, if this person may read it and could ever do this with it; else 404."""
    guidance = get_object_or_404(visible_guidances(request.user), pk=pk)
    if may is not None and not may(request.user, guidance):
        raise Http404
    return guidance


def found_report(request, pk, may=None):
    report = get_object_or_404(visible_reports(request.user), pk=pk)
    if may is not None and not may(request.user, report):
        raise Http404
    return report


def found_counselling(request, pk, may=None):
    counselling = get_object_or_404(visible_counsellings(request.user), pk=pk)
    if may is not None and not may(request.user, counselling):
        raise Http404
    return counselling


def too_late(request, record, address):
    """The button was pressed twice, or somebody was faster: say how things stand and show them."""
    messages.info(request, f"Tidak ada yang berubah. Keadaannya sekarang “{record.get_state_display()}”.")
    return redirect(address)


def take_step(request, record, step, act, *, address, done):
    """A step that is one button: taken, or told why not."""
    if record.state not in step.sources:
        return too_late(request, record, address)
    try:
        act(record, by=request.user)
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(address)
