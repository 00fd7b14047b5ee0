"""One way to answer every form: shown, searched in, refused with what was typed, or acted upon once."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import redirect, render

from agencies.structure.refusals import NotPossible

from ..sending import new_key, once

TEMPLATE = "agencies/careers/record_form.html"


@dataclass(frozen=True)
class Page:
    """What stands around a form. `back` is where the breadcrumb and “Batal” lead; `is_final` marks what takes back."""

    title: str
    submit: str
    back: str
    back_words: str
    intro: str = ""
    facts: list = field(default_factory=list)  # [(label, value)] of what the form is about
    is_final: bool = False
    template: str = TEMPLATE


def answer(request, form, page, *, store, done, now=None, **more):
    """Show `form`, or let `store(cleaned_data)` act once; it returns the address to go to, `done` is what is said then.

    When the record was changed by somebody else meanwhile, the page shows what was typed and, by `now()`, what is
    recorded now: [(label, value)].
    """

    def refuse(refusal, context):
        form.refuse(refusal)
        if refusal.about != "row":
            return 422
        context["changed"] = now() if now else []
        return 409

    return answered(request, form, page, store=store, done=done, refusals=NotPossible, refuse=refuse, **more)


def show_conflict(form, context, stored, now):
    """Beside what was typed, what is recorded; the form then speaks of the recorded version. The page's status."""
    form.carry(stored.version if stored else 0)
    context["changed"], context["stored"] = now(stored), stored
    return 409


def answered(request, form, page, *, store, done, refusals, refuse, searches=True, status=200, **more):
    """What all rooms do with such a form; each says what its `refusals` (exceptions) put beside it.

    `refuse(refusal, context)` puts it there and returns the status of the page. `searches`: the form may ask only to
    look somebody up. `status` is that of the form as it is first shown.
    """
    context = {"form": form, "page": page, **more}
    if request.method != "POST":
        return render(request, page.template, context, status=status)
    if searches and "cari" in request.POST:
        form.search_only()
        return render(request, page.template, context)
    status = 422
    if form.is_valid():
        key = form.cleaned_data["sending_key"] or new_key()
        try:
            address = once(key, by=request.user, act=lambda: store(form.cleaned_data))
        except refusals as refusal:
            status = refuse(refusal, context)
        else:
            messages.success(request, done)
            return redirect(address)
    return render(request, page.template, context, status=status)
