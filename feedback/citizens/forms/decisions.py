"""What the survey office decides about answers that were set aside."""

from django import forms


class DecisionForm(forms.Form):
    step = forms.ChoiceField(
        label="Keputusan",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih keputusannya.", "invalid_choice": "Pilih keputusannya."},
    )
    reason = forms.CharField(
        label="Alasan",
        help_text="Alasan ini tercatat bersama nama Anda.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Tulis alasannya."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**7)

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step.name, step.label) for step in steps]
