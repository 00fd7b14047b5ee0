"""The questionnaires of the city: read by every survey office, new versions proposed from a future day."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.services.models import Service

from ..actions.questionnaires import (
    QuestionnaireRefused,
    choose_kind,
    propose_questionnaire,
    revise_questionnaire,
    withdraw_questionnaire,
)
from ..elements import Kind
from ..forms.questionnaires import VersionForm, question_forms, questions_in_order
from ..models import Questionnaire
from ..queries import elements_of
from ..rules import may_keep_questionnaires

A_PAGE = 25


def for_the_office(view):
    """For all others the page does not exist."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not may_keep_questionnaires(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return answered


@for_the_office
@require_safe
def listing(request):
    versions = Questionnaire.objects.annotate(questions_asked=Count("questions", distinct=True)).order_by(
        "kind", "-valid_from"
    )
    page = Paginator(versions, A_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "feedback/citizens/questionnaires.html", context)


@for_the_office
@require_safe
def detail(request, pk):
    version = get_object_or_404(Questionnaire.objects.prefetch_related("questions"), pk=pk)
    context = {
        "version": version,
        "elements": elements_of(version),
        "has_begun": version.valid_from <= timezone.localdate(),
    }
    return render(request, "feedback/citizens/questionnaire.html", context)


@for_the_office
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """A new version, begun from the text of another one."""
    pattern = pattern_of(request)
    initial = (
        {"kind": pattern.kind, "name": pattern.name, "legal_basis": pattern.legal_basis} if pattern else {}
    )
    form = VersionForm(request.POST or None, initial=initial)

    def store(given, questions):
        return propose_questionnaire(**given, questions=questions, by=request.user)

    return edit(request, form, pattern, store, "Versi baru disimpan.")


@for_the_office
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request, pk):
    version = get_object_or_404(Questionnaire.objects.prefetch_related("questions"), pk=pk)
    if version.valid_from <= timezone.localdate():
        raise Http404
    initial = {name: getattr(version, name) for name in ("kind", "name", "legal_basis", "valid_from")}
    form = VersionForm(request.POST or None, initial=initial)
    form.fields["kind"].disabled = True

    def store(given, questions):
        given.pop("kind")
        return revise_questionnaire(version, **given, questions=questions, by=request.user)

    return edit(request, form, version, store, "Perubahan disimpan.", version=version)


def pattern_of(request):
    """The version named in the address, else the general one that began last."""
    versions = Questionnaire.objects.prefetch_related("questions")
    asked = request.GET.get("dari", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return get_object_or_404(versions, pk=asked)
    return versions.filter(kind=Kind.GENERAL).first()


def edit(request, form, pattern, store, done, version=None):
    questions = question_forms(request.POST or None, pattern)
    context = {"form": form, "questions": questions, "version": version}
    if request.method != "POST":
        return render(request, "feedback/citizens/questionnaire_form.html", context)
    if all([form.is_valid(), *(each.is_valid() for each in questions)]):
        try:
            stored = store(dict(form.cleaned_data), questions_in_order(questions))
        except QuestionnaireRefused as refused:
            for fault in refused.faults:
                form.add_error(None, fault)
        else:
            messages.success(request, done)
            return redirect("feedback:questionnaire-detail", pk=stored.pk)
    context["wrong_forms"] = [each for each in questions if each.errors]
    return render(request, "feedback/citizens/questionnaire_form.html", context, status=422)


@for_the_office
@require_POST
def withdraw(request, pk):
    version = get_object_or_404(Questionnaire, pk=pk)
    try:
        withdraw_questionnaire(version, by=request.user)
    except QuestionnaireRefused as refused:
        messages.warning(request, str(refused))
        return redirect("feedback:questionnaire-detail", pk=pk)
    messages.success(request, "Versi itu ditarik.")
    return redirect("feedback:questionnaire-list")


@for_the_office
@require_safe
def kinds(request):
    """Which kind of questionnaire each service asks."""
    services = Service.objects.select_related("unit", "survey_kind").order_by("name", "pk")
    page = Paginator(services, A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "feedback/citizens/kinds.html", {"page": page, "kinds": Kind})


@for_the_office
@require_POST
def choose(request, slug):
    service = get_object_or_404(Service, slug=slug)
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        messages.warning(request, "Pilih salah satu jenis kuesioner.")
        return redirect("feedback:questionnaire-kinds")
    choose_kind(service, kind=kind, by=request.user)
    messages.success(request, f"{service.name} memakai kuesioner untuk {Kind(kind).label.lower()}.")
    return redirect("feedback:questionnaire-kinds")
