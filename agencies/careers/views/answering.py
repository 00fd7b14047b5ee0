"""One way to answer every form of this room: shown, searched in, refused with what was typed, or acted upon once."""

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
    context = {"form": form, "page": page, **more}
    if request.method != "POST":
        return render(request, page.template, context)
    if "cari" in request.POST:
        form.search_only()
        return render(request, page.template, context)
    if form.is_valid():
        try:
            key = form.cleaned_data["sending_key"] or new_key()
            address = once(key, by=request.user, act=lambda: store(form.cleaned_data))
        except NotPossible as refusal:
            form.refuse(refusal)
            if refusal.about == "row":
                context["changed"] = now() if now else []
                return render(request, page.template, context, status=409)
        else:
            messages.success(request, done)
            return redirect(address)
    return render(request, page.template, context, status=422)
