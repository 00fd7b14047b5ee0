"""One way to answer the forms of this room: shown, refused with what was typed, or done once."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from agencies.careers.views.answering import Page, answered, show_conflict
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import Conflict
from ..queries import readable_staff, unit_today

FORMS = require_http_methods(["GET", "HEAD", "POST"])

__all__ = ["FORMS", "Page", "answer", "kept_employee", "unit_of"]


def answer(request, form, page, *, store, done, now=None):
    """Show `form`, or let `store(cleaned_data)` act once; it returns the address to go to.

    In a conflict the page shows what was typed and, by `now(stored)`, what is recorded: [(label, value)].
    """

    def refuse(refusal, context):
        if isinstance(refusal, Conflict):
            return show_conflict(form, context, refusal.stored, now)
        form.add_error(None, str(refusal))
        return 422

    words = {"store": store, "done": done, "searches": False}
    return answered(request, form, page, refusals=StepRefused, refuse=refuse, **words)


def kept_employee(request, key):
    """Somebody about whom this person's office enters data; else 404."""
    return get_object_or_404(readable_staff(request.user).select_related("user"), pk=key)


def unit_of(employee):
    """His unit of today; who holds no post has no form and no list (404)."""
    unit = unit_today(employee)
    if unit is None:
        raise Http404
    return unit
