"""A proposed value as the browser sends it: one field for each part of the rule, with its faults in plain words."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput, ShortText

from .actions import why_not_from
from .shapes import ONE, Amount, Choice, Numbers, Whole

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
PREFIX = "nilai"


class DayForm(forms.Form):
    """The day whose rules are shown; a day that is none is today."""

    tanggal = forms.DateField(
        label="Berlaku pada tanggal", required=False, widget=DayInput, input_formats=DAY_FORMATS
    )

    def day(self):
        return (self.is_valid() and self.cleaned_data["tanggal"]) or timezone.localdate()


def field_of(part):
    """The form field for one part of a value."""
    kind = part.kind
    needed = {"required": "Isi bagian ini."}
    if isinstance(kind, Whole):
        span = f"Isi bilangan bulat antara {kind.low} dan {kind.high}."
        return forms.IntegerField(
            label=f"{part.label} ({kind.unit})" if kind.unit else part.label,
            required=not kind.optional,
            min_value=kind.low,
            max_value=kind.high,
            widget=ShortText(mode="numeric"),
            help_text="Kosongkan bila tidak dibatasi." if kind.optional else "",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), span),
        )
    if isinstance(kind, Amount):
        label = f"{part.label} ({kind.unit})" if kind.unit else part.label
        words = "Kosongkan bila tidak dibatasi." if kind.optional else ""
        return AmountField(kind, label=label, help_text=words, error_messages=needed)
    if isinstance(kind, Choice):
        return forms.ChoiceField(
            label=part.label,
            choices=kind.options,
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih satu jawaban."),
        )
    if isinstance(kind, Numbers):
        words = f"Pisahkan dengan koma, dari yang terbesar, misalnya: 7, 3, 1. Satuan: {kind.unit}."
        return NumbersField(kind, label=part.label, help_text=words, error_messages=needed)
    return forms.CharField(
        label=part.label,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=kind.longest,
        error_messages=needed | {"max_length": f"Paling banyak {kind.longest} huruf."},
    )


class NumbersField(forms.CharField):
    def __init__(self, kind, **options):
        super().__init__(max_length=60, **options)
        self.kind = kind

    def prepare_value(self, value):
        return ", ".join(str(number) for number in value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        pieces = [piece.strip() for piece in text.split(",")]
        numbers = [int(piece) if piece.isascii() and piece.isdigit() else None for piece in pieces]
        if fault := self.kind.fault(numbers):
            raise forms.ValidationError(fault)
        return numbers


class AmountField(forms.CharField):
    """Typed as "12,5" or "12.5", kept as "12.5"."""

    def __init__(self, kind, **options):
        widget = ShortText(mode="decimal")
        super().__init__(max_length=12, required=not kind.optional, widget=widget, **options)
        self.kind = kind

    def prepare_value(self, value):
        return value.replace(".", ",") if isinstance(value, str) else value

    def clean(self, value):
        text = super().clean(value).replace(",", ".")
        if not text:
            return None
        if fault := self.kind.fault(text):
            raise forms.ValidationError(fault)
        return text


class ChangeForm(forms.Form):
    """`shape` gives the fields of the value; cleans to `value` as it is stored."""

    valid_from = forms.DateField(
        label="Berlaku sejak tanggal",
        widget=DayInput,
        input_formats=DAY_FORMATS,
        help_text="Contoh: 01-01-2027",
        error_messages={"required": "Isi tanggal mulai.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    text = forms.CharField(
        label="Bunyi aturan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Satu kalimat yang dibaca semua pegawai.",
        error_messages={"required": "Isi bunyi aturan.", "max_length": "Paling banyak 300 huruf."},
    )
    source = forms.CharField(
        label="Dasar: peraturan, pasal, dan halaman",
        max_length=200,
        error_messages={"required": "Isi dasarnya.", "max_length": "Paling banyak 200 huruf."},
    )
    reason = forms.CharField(
        label="Alasan perubahan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca orang kedua yang memutuskan.",
        error_messages={"required": "Tulis alasannya.", "max_length": "Paling banyak 500 huruf."},
    )

    def __init__(self, data, rule, shape):
        self.rule, self.shape = rule, shape
        initial = {"text": rule.text, "source": rule.source}
        initial |= {name_of(part): shape.value_of(part, rule.value) for part in shape.parts}
        super().__init__(data, initial=initial)
        own = {name_of(part): field_of(part) for part in shape.parts}
        self.fields = own | self.fields

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if not 2022 <= day.year <= 2099:
            raise forms.ValidationError("Isi tanggal antara tahun 2022 dan 2099.")
        if refusal := why_not_from(self.rule.key, day):
            raise forms.ValidationError(refusal)
        return day

    def clean(self):
        cleaned = super().clean()
        names = [name_of(part) for part in self.shape.parts]
        if all(name in cleaned for name in names):
            if self.shape.is_simple:
                cleaned["value"] = cleaned[names[0]]
            else:
                cleaned["value"] = {part.name: cleaned[name_of(part)] for part in self.shape.parts}
            same = (self.rule.value, self.rule.text, self.rule.source)
            if (cleaned["value"], cleaned.get("text"), cleaned.get("source")) == same:
                self.add_error(None, "Belum ada yang berubah. Ubah nilai, bunyi, atau dasarnya.")
        return cleaned


def name_of(part):
    return PREFIX if part.name == ONE else f"{PREFIX}-{part.name.replace('.', '-')}"
