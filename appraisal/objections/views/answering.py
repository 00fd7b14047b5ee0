"""How forms are answered here: shown, refused with what was typed, in conflict with both texts, done once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from agencies.careers.views.answering import Page, answered, show_conflict
from ambon_kinerja.lifecycle.steps import StepRefused
from ambon_kinerja.row_security import as_service

from ..actions import Conflict
from ..models import EvaluationDocument
from ..queries import WITH_PEOPLE, visible_documents, visible_objections

FORMS = require_http_methods(["GET", "HEAD", "POST"])
FORM_PAGE = "appraisal/objections/form.html"

__all__ = [
    "FORMS",
    "FORM_PAGE",
    "Page",
    "answer",
    "found_document",
    "found_objection",
    "loaded",
    "press",
    "show_errors",
]


def found_document(request, pk):
    """The document with everything around it, if this person may find it; else 404.

    Past the wall for what stands around it: whoever passes a report on, or signed after an objection, may stand higher
    in the line than the wall of evaluations reaches.
    """
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    with as_service():
        return loaded(document.pk)


def loaded(key):
    return EvaluationDocument.objects.select_related(
        *WITH_PEOPLE, "employee__user", "signer__user", "evaluation__appraiser"
    ).get(pk=key)


def found_objection(request, pk, may=None):
    objection = get_object_or_404(visible_objections(request.user), pk=pk)
    if may is not None and not may(request.user, objection):
        raise Http404
    with as_service():  # the decider may stand higher in the line than the wall of evaluations reaches
        objection.document = loaded(objection.document_id)
    return objection


def show_errors(form, refusal):
    for name, sentences in getattr(refusal, "errors", {None: [str(refusal)]}).items():
        form.add_error(name if name in form.fields else None, sentences)


def answer(request, form, page, *, store, done, now=None, status=200, **more):
    """Show `form`, or let `store(cleaned_data)` act once; it returns the address to go to.

    In a conflict the page shows what was typed and, by `now(stored)`, what is recorded: [(label, value)].
    """

    def refuse(refusal, context):
        if isinstance(refusal, Conflict):
            return show_conflict(form, context, refusal.stored, now)
        show_errors(form, refusal)
        return 422

    words = {"store": store, "done": done, "status": status, "searches": False}
    return answered(request, form, page, refusals=StepRefused, refuse=refuse, **words, **more)


def press(request, act, *, address, done):
    """A step that is one button: taken, or told why not."""
    try:
        act()
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(address)
