"""The public address of a service's survey, as it is printed, and its QR code."""

from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe


def survey_address(service, *, counter=None, code=""):
    """The address that a QR code carries; `loket` says where it hung or was given, `kode` is a one-time code."""
    said = {"kode": code} if code else {"loket": counter.pk} if counter else {}
    return settings.SITE_URL.rstrip("/") + path_of(service) + (f"?{urlencode(said)}" if said else "")


def short_address(service):
    """The address that somebody reads and types."""
    return settings.SITE_URL.split("://")[-1].rstrip("/") + path_of(service)


def path_of(service):
    return reverse("feedback:survey", args=[service.slug])


def qr_svg(address, *, error="m"):
    """SVG for the page itself, black on white, with the quiet zone of four modules that ISO/IEC 18004 asks for."""
    qr = segno.make(address, error=error, micro=False)
    svg = qr.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308  drawn from the modules alone: nothing of the address stands in it
