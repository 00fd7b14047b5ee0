"""What the browser may send: an answer, a choice of colleagues, a round, a reply."""

from django import forms
from django.conf import settings

from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import ReasonMixin, RecordForm
from ambon_kinerja.widgets import RadiosWithHints

from .models import FeedbackRound
from .values import LEVELS

Choosing = FeedbackRound.Choosing
TEXT_LENGTH = 1000


def in_a_sentence(guide):
    return guide[:1].lower() + guide[1:]


class AnswerForm(forms.Form):
    """One level for each value, seen by its guides; words if the rater likes."""

    text = forms.CharField(
        label="Catatan",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Catatan paling banyak 1.000 huruf."},
    )

    def __init__(self, *args, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.values = [value.key for value in values]
        for value in values:
            missing = f"Pilih satu jawaban untuk {value.name}."
            self.fields[value.key] = forms.TypedChoiceField(
                label=value.name,
                help_text=f"{value.meaning} Perilakunya: {'; '.join(map(in_a_sentence, value.guides))}.",
                choices=LEVELS.items(),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": missing, "invalid_choice": missing},
            )
        self.fields["text"].help_text = (
            "Tulis perilaku yang Anda lihat. Jangan sebut nama, tanggal, atau kejadian yang hanya Anda ketahui, dan"
            " hindari gaya bahasa yang mudah dikenali. Catatan dibaca tanpa nama, diacak, dan hanya bila sedikitnya"
            f" {settings.COLLEAGUES_LEAST_TEXTS} rekan menulis."
        )
        self.order_fields([*self.values, "text"])

    @property
    def answers(self):
        return {key: self.cleaned_data[key] for key in self.values}


class CandidatesForm(RecordForm):
    """Who may be asked, out of peers and subordinates."""

    people = forms.TypedMultipleChoiceField(
        label="Rekan",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih rekan dari daftar."},
    )

    def __init__(self, *args, people, hint, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people
        self.fields["people"].help_text = hint


class RoundForm(RecordForm):
    """A new round: about what time, in which units, until when."""

    name = forms.CharField(
        label="Nama putaran",
        max_length=120,
        help_text="Contoh: Semester II 2026.",
        error_messages={
            "required": "Isi nama putaran.",
            "max_length": "Nama putaran paling banyak 120 huruf.",
        },
    )
    starts_on = DayField(label="Awal masa yang dinilai", missing="Isi awal masa.")
    ends_on = DayField(label="Akhir masa yang dinilai", missing="Isi akhir masa.")
    units = forms.ModelMultipleChoiceField(
        label="Unit",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="Semua pegawai di unit ini dan di bawahnya ikut serta.",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_pk_value", "list"), "Pilih unit dari daftar."
        ),
    )
    choosing = forms.ChoiceField(
        label="Cara memilih rekan",
        choices=Choosing.choices,
        widget=RadiosWithHints(
            hints={
                Choosing.DRAWN: "Sistem mengundi dari rekan setingkat dan bawahan setiap pegawai.",
                Choosing.APPROVED: "Pegawai boleh mengusulkan, atasan menyetujui, lalu sistem mengundi dari daftarnya.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih caranya."),
    )
    last_day = DayField(
        label="Hari terakhir menjawab",
        missing="Isi hari terakhir.",
        help_text="Jawaban diterima sampai akhir hari ini, waktu Ambon (WIT).",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units


class EndForm(ReasonMixin, RecordForm):
    """Why a round is ended before its time."""


class ReplyForm(forms.Form):
    text = forms.CharField(
        label="Tanggapan Anda",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Atasan Anda membaca tanggapan ini. Rekan yang menjawab tidak.",
        error_messages={
            "required": "Tulis tanggapan Anda.",
            "max_length": "Tanggapan paling banyak 2.000 huruf.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=1_000_000)
