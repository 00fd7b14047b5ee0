"""What the browser may send about a target without room for a mistake."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from ..models import WorkResult


class AbsoluteForm(forms.Form):
    ground = forms.ChoiceField(
        label="Hasil kerja ini menyangkut",
        choices=[*WorkResult.Ground.choices, ("", "Tidak satu pun; saya akan mengubah kalimatnya")],
        widget=RadiosWithHints,
        required=False,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )
    reason = forms.CharField(
        label="Mengapa target mutlak diperlukan?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pejabat penilai membaca kalimat ini sebelum menyepakati SKP.",
        error_messages={"max_length": "Paling banyak 1.000 huruf."},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ground") and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", "Tulis mengapa target mutlak ini diperlukan.")
        return cleaned
