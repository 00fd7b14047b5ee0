"""What the browser may send in the restricted lane."""

from functools import partial

from django import forms

from agencies.careers.forms.recording import PersonMixin, RecordForm
from ambon_kinerja import widgets
from ambon_kinerja.widgets import RadiosWithHints

from .models import RestrictedCase

words_field = partial(widgets.words_field, rows=5, longest=4000)
NO_REPORTER = "Tulis dengan kata Anda sendiri, tanpa apa pun yang menunjuk pelapor."


class IdentifyForm(PersonMixin, RecordForm):
    """Which employee is meant."""

    places = {"officer": "employee"}


class WriteForm(RecordForm):
    kind = forms.ChoiceField(
        label="Untuk siapa?",
        choices=[("handler", "Pelapor"), ("note", "Catatan pemeriksaan")],
        widget=RadiosWithHints(
            hints={
                "handler": "Pelapor membacanya dengan kodenya.",
                "note": "Hanya dibaca petugas jalur ini: apa yang ditemukan, dari mana.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih untuk siapa."),
    )
    text = words_field("Isi", missing="Tulis isinya.")


class SubstanceForm(RecordForm):
    substance = words_field("Pokok laporan", missing="Tulis pokok laporannya.", help_text=NO_REPORTER)
    is_checked = forms.BooleanField(
        label="Tidak ada yang menunjuk pelapor, juga tidak hari atau peristiwa yang hanya ia alami.",
        error_messages={"required": "Periksa dan centang."},
    )


class DecideForm(RecordForm):
    outcome = forms.ChoiceField(
        label="Putusan",
        choices=RestrictedCase.Outcome.choices,
        widget=RadiosWithHints(
            hints={
                "substantiated": "Hanya sesudah pegawai diberi hak jawab. Dapat menjadi umpan balik.",
                "not_substantiated": "Fakta menunjukkan yang lain.",
                "undecidable": "Fakta tidak cukup untuk memutus.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih putusan."),
    )
    finding = words_field(
        "Putusan dan alasannya",
        missing="Tulis alasannya.",
        help_text=f"Dibaca pelapor, dan pegawai bila ia sudah diminta menjawab. {NO_REPORTER}",
    )


class HandOverForm(RecordForm):
    to = forms.CharField(
        label="Diserahkan kepada",
        max_length=160,
        help_text="Contoh: Inspektorat untuk pemeriksaan disiplin (PP 94/2021); Kepolisian.",
        error_messages={"required": "Isi pihak yang menerima.", "max_length": "Paling banyak 160 huruf."},
    )
    words = words_field("Pesan kepada pelapor", missing="Tulis pesannya.", help_text=NO_REPORTER, rows=3)


class OrdinaryForm(RecordForm):
    text = words_field(
        "Isi pengaduan biasa",
        missing="Tulis isinya.",
        help_text="Tentang layanan, tanpa nama pegawai dan tanpa apa pun yang menunjuk pelapor.",
    )


class SealForm(RecordForm):
    reason = words_field(
        "Alasan membuka segel",
        missing="Tulis alasannya.",
        help_text="Tanpa nama. Dibaca orang kedua dan inspektorat.",
        rows=3,
        longest=1000,
    )


class AnswerForm(RecordForm):
    answer = words_field(
        "Jawaban Anda",
        missing="Tulis jawaban Anda.",
        help_text="Dikirim sekali dan tidak dapat diubah. Sebutkan bukti bila ada.",
        rows=8,
    )


class MessageForm(forms.Form):
    """The citizen writes in his thread."""

    text = words_field("Pesan Anda", missing="Tulis pesan Anda.", rows=4)
    sending_key = forms.CharField(widget=forms.HiddenInput, max_length=300)
