"""The service, counter, duty or sheet that this person keeps; for all others there is no such page."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from ..models import CodeSheet, Counter, CounterDuty
from ..queries import managed_services
from ..rules import may_keep_services

FORM_METHODS = ["GET", "HEAD", "POST"]
PAGES = require_http_methods(FORM_METHODS)


def keepers_only(request):
    if not may_keep_services(request.user):
        raise Http404


def kept_service(request, slug):
    return get_object_or_404(managed_services(request.user).select_related("unit"), slug=slug)


def kept_counter(request, slug, pk):
    return get_object_or_404(
        Counter.objects.filter(service__in=managed_services(request.user)).select_related("service__unit"),
        service__slug=slug,
        pk=pk,
    )


def kept_duty(request, slug, pk):
    return get_object_or_404(
        CounterDuty.objects.filter(counter__service__in=managed_services(request.user)).select_related(
            "counter__service__unit", "employee"
        ),
        counter__service__slug=slug,
        pk=pk,
    )


def kept_sheet(request, slug, pk):
    return get_object_or_404(
        CodeSheet.objects.filter(service__in=managed_services(request.user)).select_related(
            "service__unit", "counter"
        ),
        service__slug=slug,
        pk=pk,
    )
