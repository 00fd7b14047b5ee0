"""What came in, as far as an officer may know it: counts, reasons, and comments in batches; never an answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.roles import Role
from agencies.access.scope import has_role
from ambon_kinerja.lifecycle.steps import StepRefused, history_of, steps_open_to
from feedback.services.queries import managed_services, manages_city

from ..actions.comments import FEWEST, forget_contact
from ..actions.setting_aside import HasChanged, decide
from ..forms import DecisionForm
from ..models import SetAside, SurveyContact
from ..queries import figures_of_group, inbox_of, known_names, released_comments, set_aside_counts
from ..rules import may_call_citizens
from ..screening import screened
from ..states import STEPS

A_PAGE = 25


def found_service(request, slug):
    return get_object_or_404(managed_services(request.user).select_related("unit"), slug=slug)


@require_safe
def inbox(request):
    """The services this person manages, with what came in and what was set aside in the last days."""
    if not has_role(request.user, Role.SERVICE_MANAGER):
        raise Http404
    page = Paginator(inbox_of(request.user), A_PAGE).get_page(request.GET.get("halaman"))
    return render(
        request, "feedback/citizens/inbox.html", {"page": page, "is_office": manages_city(request.user)}
    )


@require_safe
def service_inbox(request, slug):
    """One service. The unit sees how many and why over a year; the survey office decides group by group."""
    service, today = found_service(request, slug), timezone.localdate()
    is_office = manages_city(request.user)
    context = {
        "service": service,
        "is_office": is_office,
        "year": today.year,
        "counts": set_aside_counts(service=service, start=today.replace(month=1, day=1), end=today),
    }
    if is_office:
        groups = SetAside.objects.filter(service=service).annotate(number=Count("responses"))
        groups = groups.order_by("-state", "-day", "pk")
        context["page"] = Paginator(groups, A_PAGE).get_page(request.GET.get("halaman"))
        context["contacts"] = SurveyContact.objects.filter(response__service=service).count()
    return render(request, "feedback/citizens/service_inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request, slug, pk):
    service = found_service(request, slug)
    if not manages_city(request.user):
        raise Http404
    group = get_object_or_404(SetAside.objects.filter(service=service), pk=pk)
    steps = steps_open_to(request.user, group, STEPS)
    if request.method != "POST":
        figures = figures_of_group(group)
        form = DecisionForm(steps=steps, initial={"seen": figures["number"]})
        return show_set_aside(request, service, group, form, figures=figures)
    form = DecisionForm(request.POST, steps=steps)
    if not form.is_valid():
        return show_set_aside(request, service, group, form, status=422)
    try:
        decide(group, by=request.user, **form.cleaned_data)
    except HasChanged as refused:
        form.data = form.data.dict() | {"seen": refused.now}
        form.add_error(None, str(refused))
    except StepRefused as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, "Keputusan disimpan.")
        return redirect("feedback:survey-inbox-service", slug=slug)
    group.refresh_from_db()
    return show_set_aside(request, service, group, form, status=409)


def show_set_aside(request, service, group, form, figures=None, status=200):
    context = {
        "service": service,
        "group": group,
        "figures": figures or figures_of_group(group),
        "form": form,
        "history": history_of(group),
        "is_open": bool(form.fields["step"].choices),
    }
    return render(request, "feedback/citizens/set_aside.html", context, status=status)


@require_safe
def comments(request, slug):
    """The comments of a service that may be read, in the order of the lot."""
    service = found_service(request, slug)
    released = released_comments(service=service).select_related("batch")
    page = Paginator(released, A_PAGE).get_page(request.GET.get("halaman"))
    return render(
        request, "feedback/citizens/comments.html", {"service": service, "page": page, "fewest": FEWEST}
    )


@require_safe
def contacts(request, slug):
    """Whom the survey office may call, with the comment it is about; the answers stay unseen."""
    service = found_service(request, slug)
    if not may_call_citizens(request.user):
        raise Http404
    rows = (
        SurveyContact.objects.filter(response__service=service).select_related("response").order_by("contact")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    names = known_names(service.unit)
    for contact in page:
        contact.about = screened(contact.response.comment, names=names)
    return render(request, "feedback/citizens/contacts.html", {"service": service, "page": page})


@require_POST
def contact_done(request, slug, pk):
    service = found_service(request, slug)
    if not may_call_citizens(request.user):
        raise Http404
    contact = SurveyContact.objects.filter(response__service=service, pk=pk).first()
    if contact is not None:
        forget_contact(contact, by=request.user)
    messages.success(request, "Kontak dihapus.")
    return redirect("feedback:survey-contacts", slug=slug)
