"""What an officer may send about a letter. Each form carries the version of the letter it was opened on."""

from django import forms

from agencies.access.lookups import MOST_FOUND, LookupField, Option
from agencies.careers.forms.recording import RecordForm
from ambon_kinerja.widgets import DayInput, ShortText

from ..models import ComplaintTerm
from ..targets import open_units, unit_words
from ..words import READ_BY_OFFICERS, READ_BY_REPORTER
from .fields import FILE_HINT, FilesField, words


def find_unit(text, key=None):
    known = open_units() if key is None else open_units().filter(pk=key)
    for word in text.split()[:6]:
        known = known.filter(name__icontains=word)
    found = list(known.select_related("parent").order_by("path")[: MOST_FOUND + 1])
    return [
        Option(unit, name=unit.name, detail=unit_words(unit, unit.parent), exact=(unit.code, unit.name))
        for unit in found
    ]


class StepForm(RecordForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    @property
    def values(self):
        """What the action wants, without what only the form needs."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("sending_key", "version")
        }


class VerifyForm(StepForm):
    is_supervisory = forms.BooleanField(
        label="Berkadar pengawasan",
        required=False,
        help_text="Centang bila menyangkut penyalahgunaan wewenang atau kerugian negara. Waktunya lebih panjang.",
    )


class BeginForm(StepForm):
    pass


class ReasonForm(StepForm):
    reason = words("Alasan", missing="Tulis alasannya.", longest=2000, rows=4, help_text=READ_BY_REPORTER)


class NoteForm(StepForm):
    reason = words("Alasan", missing="Tulis alasannya.", longest=2000, rows=4, help_text=READ_BY_OFFICERS)


class ForwardForm(NoteForm):
    unit = LookupField(
        label="Unit tujuan",
        find=find_unit,
        help_text="Tulis sebagian nama unit, tekan Cari, lalu pilih.",
        error_messages={"required": "Pilih unit tujuan."},
    )
    field_order = ("unit", "reason")


class AskForm(StepForm):
    text = words("Pertanyaan kepada pelapor", missing="Tulis pertanyaan Anda.", help_text=READ_BY_REPORTER)


class AnswerForm(StepForm):
    text = words("Jawaban kepada pelapor", missing="Tulis jawabannya.", rows=8, help_text=READ_BY_REPORTER)
    files = FilesField(help_text=f"{FILE_HINT} Pelapor dapat mengunduhnya.")


class MergeForm(StepForm):
    main = forms.RegexField(
        r"^\s*[Pp]?-?0*([1-9][0-9]{0,14})\s*$",
        label="Nomor laporan utama",
        widget=ShortText,
        help_text="Misalnya P-000123. Pelapor laporan ini akan membaca jawaban laporan utama.",
        error_messages={"required": "Isi nomor laporan utama.", "invalid": "Tulis nomor seperti P-000123."},
    )

    def clean_main(self):
        return int("".join(sign for sign in self.cleaned_data["main"] if sign.isascii() and sign.isdigit()))


class TransferForm(ReasonForm):
    number = forms.CharField(
        label="Nomor SP4N-LAPOR!",
        max_length=40,
        error_messages={
            "required": "Isi nomor laporan di SP4N-LAPOR!.",
            "max_length": "Paling banyak 40 tanda.",
        },
    )
    field_order = ("number", "reason")


class TermForm(RecordForm):
    kind = forms.ChoiceField(
        label="Untuk",
        choices=ComplaintTerm.Kind.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih satu."),
    )
    days = forms.IntegerField(
        label="Hari kerja",
        min_value=1,
        max_value=250,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Isi 1 sampai 250 hari kerja."
        ),
    )
    valid_from = forms.DateField(
        label="Berlaku sejak",
        widget=DayInput,
        error_messages={"required": "Isi tanggal mulai.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    source = forms.CharField(
        label="Dasar",
        max_length=200,
        error_messages={"required": "Tulis dasarnya.", "max_length": "Tulis paling banyak 200 huruf."},
    )
