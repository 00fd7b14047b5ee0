"""The questions of a survey as a tablet or an officer asks them."""

import secrets

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import RegexValidator

from ambon_kinerja.widgets import RadiosWithHints
from feedback.citizens.profile import CHOICES, NOT_TOLD

from ..models import AssistedTally

KEY = r"^[A-Za-z0-9_-]{16,64}$"
PROFILE = tuple((name, label, choices) for name, (label, choices) in CHOICES.items())
NOT_ONE = dict.fromkeys(("required", "invalid_choice"), "Pilih satu.")


def new_key():
    return secrets.token_urlsafe(16)


class AnswersForm(forms.Form):
    """One radio group a question, then what the citizen may say about himself; no name, no free text."""

    sending_key = forms.CharField(
        widget=forms.HiddenInput,
        validators=[RegexValidator(KEY, message="Formulir ini tidak utuh. Muat ulang halaman.")],
        error_messages={"required": "Formulir ini tidak utuh. Muat ulang halaman."},
    )

    def __init__(self, *args, questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sending_key"].initial = new_key
        self.elements, self.about = [], [name for name, *_ in PROFILE]
        for question in questionnaire.questions.all():
            self.elements.append(question.element)
            missing = f"Pilih satu jawaban untuk {question.label}."
            self.fields[question.element] = forms.TypedChoiceField(
                label=question.text,
                choices=question.options,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), missing),
            )
        for name, label, choices in PROFILE:
            self.fields[name] = forms.ChoiceField(
                label=label, choices=NOT_TOLD + choices, required=False, error_messages=NOT_ONE
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def answers(self):
        """{element: 1 to 4} of a valid form."""
        return {element: self.cleaned_data[element] for element in self.elements}

    @property
    def profile(self):
        return {name: self.cleaned_data[name] for name, *_ in PROFILE}

    def with_a_new_key(self):
        """The same typed form under another key, for a form whose key was lost."""
        self.data = self.data.copy()
        self.data["sending_key"] = new_key()


class AssistedForm(AnswersForm):
    """The same, with how and why somebody else fills it in."""

    counter = forms.ModelChoiceField(
        label="Loket yang melayani",
        queryset=None,
        empty_label="Pilih loket",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih loket dari daftar."),
        help_text="Loket tempat Anda atau rekan satu garis atasan bertugas hari ini tidak ada di daftar.",
    )
    mode = forms.ChoiceField(
        label="Cara mengisi",
        choices=AssistedTally.Mode,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih cara mengisi."),
    )
    reason = forms.ChoiceField(
        label="Mengapa dibantu?",
        choices=AssistedTally.Reason,
        widget=RadiosWithHints(hints={"other": "Jangan tulis nama atau keadaan pribadi warga di mana pun."}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih alasan."),
    )
    comment = forms.CharField(
        label="Saran warga",
        help_text="Tulis seperti yang dikatakan. Jangan tulis nama, NIK, atau nomor telepon.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        error_messages={"max_length": "Saran paling banyak 2.000 huruf."},
    )

    def __init__(self, *args, counters, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["counter", "mode", "reason"])
        if counters is None:
            del self.fields["counter"]
        else:
            self.fields["counter"].queryset = counters
