"""How many working days each step may take: the rows in force, those before them, and a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.careers.sending import new_key, once
from ambon_kinerja.lifecycle.steps import StepRefused

from ..actions import add_term
from ..forms.handling import TermForm
from ..models import ComplaintTerm
from ..queries import reads_any
from ..rules import may_change_terms


@require_http_methods(["GET", "HEAD", "POST"])
def term_list(request):
    if not reads_any(request.user):
        raise Http404
    may_change = may_change_terms(request.user)
    if request.method == "POST":
        if not may_change:
            raise Http404
        return add(request)
    return show(request, TermForm() if may_change else None)


def add(request):
    form = TermForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    values = {name: form.cleaned_data[name] for name in ("kind", "days", "valid_from", "source")}
    try:
        once(
            form.cleaned_data["sending_key"] or new_key(),
            by=request.user,
            act=lambda: str(add_term(by=request.user, **values).pk),
        )
    except StepRefused as refusal:
        about = getattr(refusal, "about", "")
        form.add_error(about if about in form.fields else None, str(refusal))
        return show(request, form, status=422)
    messages.success(
        request, "Tenggat disimpan. Tenggat yang sedang berjalan tetap memakai hitungan lamanya."
    )
    return redirect("feedback:complaint-terms")


def show(request, form, status=200):
    terms, in_force, today = list(ComplaintTerm.objects.all()), set(), timezone.localdate()
    for term in terms:  # newest first within each kind
        term.is_in_force = term.valid_from <= today and term.kind not in in_force
        if term.is_in_force:
            in_force.add(term.kind)
    context = {"terms": terms, "form": form, "today": today}
    return render(request, "feedback/complaints/terms.html", context, status=status)
