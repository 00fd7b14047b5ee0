"""Filling in for a citizen who cannot do so himself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.structure.refusals import NotPossible
from feedback.citizens.actions import NotOpen, WrongAnswers
from feedback.citizens.queries import questionnaire_on

from ..actions.assisted import fill_in_for_citizen
from ..forms.answers import AssistedForm
from ..models import AssistedTally
from ..queries import counters_to_assist, is_at_work, managed_tallies, services_to_assist
from ..rules import manages_counters

ROWS_A_PAGE = 25


@require_safe
def assisted_list(request):
    if not is_at_work(request.user):
        raise Http404
    today = timezone.localdate()
    services = services_to_assist(request.user, today).select_related("unit").order_by("name", "pk")
    page = Paginator(services, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "manages": manages_counters(request.user)}
    return render(request, "feedback/channels/assisted/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assisted_entry(request, slug):
    today = timezone.localdate()
    services = services_to_assist(request.user, today).select_related("unit")
    service = get_object_or_404(services, slug=slug)
    questionnaire = questionnaire_on(today, service)
    if questionnaire is None:
        raise Http404
    has_counters = service.counters.filter(is_active=True).exists()
    counters = counters_to_assist(request.user, today).filter(service=service) if has_counters else None
    form = AssistedForm(request.POST or None, questionnaire=questionnaire, counters=counters)
    if request.method != "POST":
        return show(request, service, form)
    if not form.is_valid():
        if "sending_key" in form.errors:
            form.with_a_new_key()
        return show(request, service, form, status=422)
    sent = form.cleaned_data
    try:
        fill_in_for_citizen(
            service,
            answers=form.answers,
            sending_key=f"bersama-{sent['sending_key']}"[:64],
            by=request.user,
            mode=sent["mode"],
            reason=sent["reason"],
            counter=sent.get("counter"),
            profile=form.profile,
            comment=sent["comment"],
        )
    except (NotPossible, NotOpen, WrongAnswers) as refused:
        form.add_error(None, str(refused))
        return show(request, service, form, status=422)
    messages.success(request, "Jawaban warga sudah masuk. Formulir ini siap untuk warga berikutnya.")
    return redirect("feedback:assisted-entry", slug=slug)


def show(request, service, form, status=200):
    context = {"service": service, "form": form}
    return render(request, "feedback/channels/assisted/entry.html", context, status=status)


@require_safe
def assisted_tallies(request):
    """Who filled in on which day, how often and why: for the service manager, never beside an answer."""
    if not manages_counters(request.user):
        raise Http404
    tallies = managed_tallies(request.user).filter(entries__gt=0)
    page = Paginator(
        tallies.select_related("service__unit", "counter", "entered_by").order_by(
            *AssistedTally._meta.ordering
        ),
        ROWS_A_PAGE,
    ).get_page(request.GET.get("halaman"))
    return render(request, "feedback/channels/assisted/tallies.html", {"page": page, "manages": True})
