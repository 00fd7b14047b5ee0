"""Where a person is signed in, and ending it from here."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ..actions import end_device, end_other_devices
from ..sessions import DEVICE


def living_devices(user):
    """The devices of `user` whose session may still go on."""
    now = timezone.now()
    return user.devices.filter(
        ended_at=None,
        session_epoch=user.session_epoch,
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        began_at__gt=now - timedelta(seconds=settings.SESSION_LONGEST_SECONDS),
    )


@require_safe
def device_list(request):
    devices = list(living_devices(request.user))
    context = {"devices": devices, "here": request.session.get(DEVICE)}
    context["others"] = sum(device.pk != context["here"] for device in devices)
    return render(request, "agencies/accounts/device_list.html", context)


@require_POST
def device_end(request, pk):
    device = get_object_or_404(request.user.devices, pk=pk)
    end_device(device, by=request.user)
    messages.success(request, f"Perangkat “{device.browser}” sudah dikeluarkan.")
    return redirect("agencies:device-list")


@require_POST
def device_end_others(request):
    count = end_other_devices(request.user, but=request.session.get(DEVICE), by=request.user)
    messages.success(request, f"{count} perangkat lain sudah dikeluarkan.")
    return redirect("agencies:device-list")
