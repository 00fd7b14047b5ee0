"""Days in forms: how they may be written, and within which years they make sense."""

from datetime import date

from django import forms

from ambon_kinerja.widgets import DayInput

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
WRONG_DAY = "Isi tanggal seperti 31-12-2026."
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    """A day between 1950 and 2099."""

    widget = DayInput

    def __init__(self, *, missing="Isi tanggal.", **options):
        errors = {"required": missing, "invalid": WRONG_DAY}
        super().__init__(input_formats=DAY_FORMATS, error_messages=errors, **options)

    def validate(self, value):
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError("Isi tanggal antara 1 Januari 1950 dan 31 Desember 2099.")
