"""The public survey: no sign-in, no cookie, no script."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.services.models import Service

from .actions import NotOpen, record_response
from .forms import SurveyForm
from .models import SurveyResponse
from .queries import questionnaire_on
from .sending import StaleForm, new_sending_key, read_sending_key


# No cookie means no CSRF token; the signed, single-use sending key of the form takes its place.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request, slug):
    service = get_object_or_404(Service.objects.select_related("unit"), slug=slug)
    if not service.is_open:
        return render(request, "feedback/citizens/closed.html", {"service": service}, status=410)
    questionnaire = questionnaire_on(timezone.localdate())
    if request.method != "POST":
        form = SurveyForm(initial={"sending_key": new_sending_key(service)}, questionnaire=questionnaire)
        return show(request, service, form)
    form = SurveyForm(request.POST, questionnaire=questionnaire)
    if not form.is_valid():
        return show(request, service, form, status=422)
    try:
        key = read_sending_key(form.cleaned_data["sending_key"], service)
        response = record_response(
            service,
            answers=form.answers,
            sending_key=key,
            profile=form.profile,
            comment=form.cleaned_data["comment"],
        )
    except (StaleForm, NotOpen) as refused:
        form.data = form.data.copy()
        form.data["sending_key"] = new_sending_key(service)
        form.add_error(None, str(refused))
        return show(request, service, form, status=422)
    return redirect("feedback:survey-thanks", slug=service.slug, reference=response.reference)


def show(request, service, form, status=200):
    page = {"service": service, "form": form, "question_count": len(form.elements)}
    response = render(request, "feedback/citizens/survey.html", page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def thanks(request, slug, reference):
    given = get_object_or_404(
        SurveyResponse.objects.select_related("service__unit"), service__slug=slug, reference=reference
    )
    return render(request, "feedback/citizens/thanks.html", {"given": given, "service": given.service})
