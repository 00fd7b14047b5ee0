"""Fields that several forms of this room share."""

from django import forms

from ambon_kinerja.widgets import DayInput

NOTE_LENGTH = 2000
TOO_LONG = f"Tulis paling banyak {NOTE_LENGTH} huruf."
ABOUT_LENGTH = 90


class LongText(forms.CharField):
    """A text of a few sentences; `missing` is said when it has to be there and is not."""

    def __init__(self, *, label, rows=4, missing="", **kwargs):
        super().__init__(
            label=label,
            required=bool(missing),
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing, "max_length": TOO_LONG},
            **kwargs,
        )


class Day(forms.DateField):
    def __init__(self, *, label="Tanggal", missing="Isi tanggal.", **kwargs):
        super().__init__(
            label=label,
            widget=DayInput,
            error_messages={"required": missing, "invalid": "Tulis tanggal seperti 31-12-2026."},
            **kwargs,
        )


class OneFile(forms.FileField):
    """A picture or a PDF; a phone offers its camera. What is wrong with a file is said by the rule, not by Django."""

    def __init__(self, *, label="Berkas", **kwargs):
        super().__init__(
            label=label,
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput(
                attrs={"accept": "image/jpeg,image/png,application/pdf,.pdf,.jpg,.jpeg,.png"}
            ),
            help_text="PDF, JPG, atau PNG, paling besar 5 MB. Lokasi foto dihapus otomatis.",
            error_messages={"invalid": "Berkas belum terbaca. Pilih ulang berkasnya."},
            **kwargs,
        )


class Choice(forms.ModelChoiceField):
    """One of some records; `missing` is said when none is chosen."""

    def __init__(self, *, label, missing="", what="pilihan", words=str, **kwargs):
        super().__init__(
            queryset=None,
            label=label,
            required=bool(missing),
            error_messages={"required": missing, "invalid_choice": f"Pilih {what} dari daftar."},
            **kwargs,
        )
        self.label_from_instance = words
