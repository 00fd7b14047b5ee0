"""The service manager's tablets: registered, looked over, revoked."""

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.structure.refusals import NotPossible
from ambon_kinerja.lifecycle.steps import StepRefused, history_of
from feedback.services.queries import managed_services

from ..actions.kiosks import register_kiosk, restore_kiosk, revoke_kiosk
from ..forms.kiosks import KioskForm, ReasonForm
from ..models import KioskReceipt
from ..queries import managed_kiosks
from ..rules import manages_counters

ROWS_A_PAGE = 25
INK = "#14212b"


def for_managers(user):
    if not manages_counters(user):
        raise Http404


@require_safe
def kiosk_list(request):
    for_managers(request.user)
    kiosks = (
        managed_kiosks(request.user)
        .select_related("service__unit", "counter")
        .order_by("state", "name", "pk")
    )
    page = Paginator(kiosks, ROWS_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "feedback/channels/kiosks/list.html", {"page": page, "manages": True})


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_register(request):
    for_managers(request.user)
    form = KioskForm(request.POST or None, services=managed_services(request.user).filter(is_open=True))
    if request.method != "POST":
        return show_form(request, form)
    if not form.is_valid():
        return show_form(request, form, status=422)
    try:
        device, key = register_kiosk(by=request.user, **form.cleaned_data)
    except NotPossible as refused:
        form.refuse(refused)
        return show_form(request, form, status=422)
    if key is None:
        messages.info(request, "Kios ini sudah terdaftar. Kuncinya hanya ditampilkan sekali.")
        return redirect("feedback:kiosk-detail", pk=device.pk)
    address = request.build_absolute_uri(reverse("feedback:tablet", kwargs={"key": key}))
    return render(
        request,
        "feedback/channels/kiosks/key.html",
        {"device": device, "address": address, "picture": picture_of(address)},
    )


def show_form(request, form, status=200):
    return render(request, "feedback/channels/kiosks/form.html", {"form": form}, status=status)


def picture_of(address):
    """A QR code as SVG. Drawn into the page: the key must not stand in another address that could be opened later."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=5, border=4, dark=INK, light="#ffffff"
    )
    return mark_safe(drawn)  # noqa: S308  made of the address alone


@require_safe
def kiosk_detail(request, pk):
    return show_kiosk(request, kiosk_of(request.user, pk), ReasonForm())


def kiosk_of(user, pk):
    for_managers(user)
    return get_object_or_404(managed_kiosks(user).select_related("service__unit", "counter"), pk=pk)


def show_kiosk(request, device, form, status=200):
    received = device.receipts.aggregate(
        all=Count("pk"), odd=Count("pk", filter=~Q(clock=KioskReceipt.Clock.RIGHT))
    )
    context = {"device": device, "form": form, "received": received, "history": history_of(device)}
    return render(request, "feedback/channels/kiosks/detail.html", context, status=status)


@require_POST
def kiosk_revoke(request, pk):
    return take_step(
        request, pk, revoke_kiosk, "Kios dicabut. Jawaban yang belum terkirim tetap ada di tablet."
    )


@require_POST
def kiosk_restore(request, pk):
    return take_step(
        request, pk, restore_kiosk, "Kios terpasang kembali dan mengirim jawaban yang tersimpan."
    )


def take_step(request, pk, act, words):
    device, form = kiosk_of(request.user, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return show_kiosk(request, device, form, status=422)
    try:
        act(device, by=request.user, reason=form.cleaned_data["reason"])
    except StepRefused as refused:
        form.add_error(None, str(refused))
        device.refresh_from_db()
        return show_kiosk(request, device, form, status=409)
    messages.success(request, words)
    return redirect("feedback:kiosk-detail", pk=pk)
