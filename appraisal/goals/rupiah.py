"""Rupiah as people here write them: "Rp1.250.000.000". Pure."""

import re
from decimal import Decimal

from django import forms

from ambon_kinerja.widgets import ShortText

WHOLE = re.compile(
    r"^(?:rp\.?\s*)?(\d{1,15}|[1-9]\d{0,2}(?:\.\d{3}){1,4})(?:,(\d{1,2}))?(?:,-)?$", re.ASCII | re.IGNORECASE
)


class RupiahField(forms.Field):
    """Reads whole rupiah, with or without dots and "Rp"; cleans to a Decimal, or None when empty."""

    widget = ShortText(mode="numeric")
    default_error_messages = {
        "required": "Isi anggaran.",
        "invalid": "Tulis rupiah seperti 1.250.000.000, paling banyak 15 angka.",
    }

    def prepare_value(self, value):
        return written(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = str(value or "").strip()
        if not text:
            return None
        match = WHOLE.match(text)
        if match is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(match[1].replace(".", "") + (f".{match[2]}" if match[2] else ""))


def written(amount):
    """1250000000 as "1.250.000.000"; sen only where there are some."""
    whole, _, places = f"{amount:.2f}".partition(".")
    dotted = f"{int(whole):,}".replace(",", ".")
    return f"{dotted},{places}" if int(places) else dotted
