"""What the browser may send about what was reached."""

from django import forms

from appraisal.planning.fields import IndonesianDecimalField

from .texts import NOTE_LENGTH, TOO_LONG, LongText

ONE_OF_TWO = "Kosongkan realisasi bila ingin memakai jumlah catatan, atau hapus centangnya."


class RealisationForm(forms.Form):
    """A number (or words), a note and a version for every indicator of the plan, named by the indicator's key.

    `suggestions` are what the lines of progress add up to, by indicator: taken over only where the box is ticked.
    """

    def __init__(self, *args, measures, suggestions=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.measures, self.suggestions = measures, suggestions or {}
        for measure in measures:
            key, stored = measure.indicator.pk, measure.realisation
            if measure.indicator.is_numeric:
                self.fields[f"value-{key}"] = IndonesianDecimalField(
                    label="Realisasi", required=False, initial=measure.value
                )
            else:
                self.fields[f"value-{key}"] = LongText(label="Realisasi", rows=3, initial=measure.text)
            self.fields[f"note-{key}"] = forms.CharField(
                label="Keterangan",
                required=False,
                initial=measure.note,
                max_length=NOTE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"version-{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, initial=stored.version if stored else 0
            )
            if key in self.suggestions:
                words = self.suggestions[key].words
                self.fields[f"use-{key}"] = forms.BooleanField(label=f"Pakai {words}", required=False)

    def clean(self):
        cleaned = super().clean()
        for key, suggestion in self.suggestions.items():
            if not cleaned.get(f"use-{key}"):
                continue
            typed = cleaned.get(f"value-{key}")
            if typed in (None, suggestion.value) or typed == self.initial_value(key):
                cleaned[f"value-{key}"] = suggestion.value
            else:
                self.add_error(f"value-{key}", ONE_OF_TWO)
        return cleaned

    def initial_value(self, key):
        return self.fields[f"value-{key}"].initial

    def rows(self):
        """{indicator key: (value, note, version)} as `record_realisations` wants them."""
        data, keys = self.cleaned_data, [measure.indicator.pk for measure in self.measures]
        return {key: (data[f"value-{key}"], data[f"note-{key}"], data[f"version-{key}"]) for key in keys}
