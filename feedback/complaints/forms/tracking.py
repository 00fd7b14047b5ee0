"""What a citizen may send with his code."""

from django import forms

from ..models import Complaint
from ..words import WRONG_CODE
from .fields import FilesField, words


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Kode pelacakan",
        max_length=200,
        help_text="Huruf besar atau kecil sama saja, tanda hubung boleh dilewati.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Isi kode pelacakan Anda.", "max_length": WRONG_CODE},
    )


class WriteForm(forms.Form):
    text = words("Tulis balasan Anda", missing="Tulis balasan Anda.", rows=5)
    files = FilesField()
    sending_key = forms.CharField(widget=forms.HiddenInput, required=False)


class ReopenForm(forms.Form):
    text = words("Apa yang belum selesai?", missing="Tulis apa yang belum selesai.", rows=4)
    sending_key = forms.CharField(widget=forms.HiddenInput, required=False)


class RateForm(forms.Form):
    satisfaction = forms.TypedChoiceField(
        label="Seberapa puas Anda dengan penanganan laporan ini?",
        choices=Complaint.Satisfaction.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih satu jawaban."),
    )
