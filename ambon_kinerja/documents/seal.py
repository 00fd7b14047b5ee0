"""The seal on a document: number, code, and a QR code to the public page that tells a genuine file."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse

INK = "#14212b"


@dataclass(frozen=True, kw_only=True)
class Seal:
    number: str
    code: str
    issued_at: datetime

    @property
    def url(self):
        return verification_url(self.code)

    @property
    def qr(self):
        """SVG as a data URI, with the quiet zone of four modules that ISO/IEC 18004 asks for."""
        return segno.make(self.url, error="m", micro=False).svg_data_uri(scale=4, border=4, dark=INK)

    @property
    def code_in_groups(self):
        return in_groups(self.code, 4)

    @property
    def site(self):
        return settings.SITE_URL.removeprefix("https://").removeprefix("http://").rstrip("/")


def verification_url(code):
    return settings.SITE_URL.rstrip("/") + reverse("ambon_kinerja:document-verify-code", args=[code])


def in_groups(text, size):
    return " ".join(text[start : start + size] for start in range(0, len(text), size))
