"""Form fields of a plan: numbers as people here write them, and aspects that may be combined."""

from decimal import Decimal

from django import forms

from ambon_kinerja.widgets import ShortText

from .figures import NotANumber, read_number, written


class IndonesianDecimalField(forms.Field):
    """Reads "1.234,5" and "1234.5" (see `figures`); cleans to a Decimal ≥ 0, or None when empty."""

    default_error_messages = {"required": "Isi angka."}

    def __init__(self, *, most_digits=12, most_places=2, **kwargs):
        self.most_digits, self.most_places = most_digits, most_places
        kwargs.setdefault("widget", ShortText(mode="decimal"))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return written(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if value is None or not str(value).strip():
            return None
        try:
            return read_number(str(value), most_digits=self.most_digits, most_places=self.most_places)
        except NotANumber as reason:
            raise forms.ValidationError(str(reason), code="invalid")

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class AspectsField(forms.MultipleChoiceField):
    """One aspect or several, ticked; cleans to one text such as "quantity+time", as it is stored."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.split("+") if isinstance(value, str) else value

    def to_python(self, value):
        return super().to_python(self.prepare_value(value) if value else value)

    def clean(self, value):
        ticked = super().clean(value)
        return "+".join(name for name, _ in self.choices if name in ticked)
