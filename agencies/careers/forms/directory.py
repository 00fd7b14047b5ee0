"""What the browser may ask of the page about an employee."""

from django import forms

from ambon_kinerja.widgets import DayInput

from .days import DAY_FORMATS, WRONG_DAY


class DayForm(forms.Form):
    """The day that is shown, and the day on whose evening it was known so."""

    tanggal = forms.DateField(
        label="Keadaan pada tanggal",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": WRONG_DAY},
    )
    tercatat = forms.DateField(
        label="Seperti tercatat pada akhir tanggal (opsional)",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": WRONG_DAY},
    )
