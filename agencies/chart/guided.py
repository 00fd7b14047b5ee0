"""The way every change of the organisation goes: asked, looked at, carried out by a second click."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from agencies.structure.refusals import NotPossible

from .carrying_out import EffectsChanged, carry_out, done_before
from .effects import look_ahead

EDIT, LOOK, DO = "ubah", "periksa", "jalankan"
A_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Change:
    """A change as a page offers it.

    `act` carries it out from the valid form and returns the unit or post concerned, `day` is the first day on which
    something is another than before, `words` what it is, for the list of changes; `places` the breadcrumb.
    """

    kind: str
    title: str
    form: Form
    act: Callable
    day: Callable[[Form], date]
    words: Callable[[Form], str]
    places: list
    intro: str = ""
    facts: list = field(default_factory=list)


def asked(request):
    """The data for a form: what was sent, or None before."""
    return request.POST if request.method == "POST" else None


def guide(request, change):
    """The answer of this step: the form, the preview, or the way to what was changed."""
    if request.method != "POST":
        return form_page(request, change)
    if answer := answer_again(request):
        return answer
    step, key = request.POST.get("langkah", LOOK), key_of(request)
    if not change.form.is_valid():
        return form_page(request, change, status=422)
    if step == EDIT:
        return form_page(request, change)
    try:
        if step == DO and key:
            return redirect(carry_out_and_tell(request, change, key))
        return preview(request, change, look_ahead(act_of(request, change), change.day(change.form)))
    except EffectsChanged as changed:
        return preview(request, change, changed.effects, has_changed=True)
    except NotPossible as refused:
        change.form.add_error(None, str(refused))
        return form_page(request, change, status=422)


def key_of(request):
    """The sending key of this click, or "" when there is none."""
    key = request.POST.get("kunci", "")
    return key if A_KEY.fullmatch(key) else ""


def answer_again(request):
    """The way to what this very click has already made, or None."""
    done = request.POST.get("langkah") == DO and done_before(key_of(request), by=request.user)
    if not done:
        return None
    messages.info(request, f"Perubahan ini sudah dijalankan: {done}")
    return redirect("agencies:unit-detail", done.unit_id)


def act_of(request, change):
    return lambda: change.act(change.form, request.user)


def carry_out_and_tell(request, change, key):
    form = change.form
    done = carry_out(
        act_of(request, change),
        kind=change.kind,
        words=change.words(form),
        on=change.day(form),
        seen=request.POST.get("terlihat", ""),
        sending_key=key,
        by=request.user,
        **form.why(),
    )
    messages.success(request, f"Sudah dijalankan: {done}")
    return reverse("agencies:unit-detail", args=[done.unit_id])


def form_page(request, change, status=200):
    context = {
        "change": change,
        "form": change.form,
        "breadcrumb": [*change.places, (change.title, "")],
        "step": LOOK,
    }
    return render(request, "agencies/chart/change.html", context, status=status)


def preview(request, change, effects, *, has_changed=False):
    """What would happen, with a new sending key; 409 when something else has changed it in the meantime."""
    context = {
        "change": change,
        "answers": [field.as_hidden() for field in change.form],
        "effects": effects,
        "has_changed": has_changed,
        "day": change.day(change.form),
        "today": timezone.localdate(),
        "key": secrets.token_urlsafe(24),
        "breadcrumb": [*change.places, (change.title, "")],
    }
    return render(request, "agencies/chart/preview.html", context, status=409 if has_changed else 200)
