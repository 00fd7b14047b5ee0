"""What the browser may send to cite a voice."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints
from appraisal.monitoring.forms.texts import ABOUT_LENGTH
from appraisal.monitoring.models import Feedback
from appraisal.planning.forms import shortened

from .actions import LONGEST_REASON


class CitationForm(forms.Form):
    about = forms.ChoiceField(
        label="Tentang",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Pilih hasil kerja atau nilai perilaku dari daftar."
        ),
    )
    tone = forms.ChoiceField(
        label="Isinya bagi pegawai ini",
        choices=Feedback.Tone.choices,
        widget=RadiosWithHints,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih isi umpan balik."),
    )
    reason = forms.CharField(
        label="Alasan mengutip",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa hubungannya dengan pekerjaan pegawai ini? Pegawai membacanya dan dapat menanggapi.",
        error_messages={
            "required": "Tulis mengapa bahan ini penting untuk penilaian.",
            "max_length": f"Tulis paling banyak {LONGEST_REASON} huruf.",
        },
    )

    def __init__(self, *args, results, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = {f"hasil-{row.pk}": {"result": row} for row in results}
        self.subjects |= {f"nilai-{row.pk}": {"value": row} for row in values}
        self.fields["about"].choices = [
            ("", "Pilih satu"),
            ("Hasil kerja", [(f"hasil-{row.pk}", shortened(row.statement, ABOUT_LENGTH)) for row in results]),
            ("Perilaku kerja", [(f"nilai-{row.pk}", row.name) for row in values]),
        ]

    def facts(self):
        """The keyword arguments of `cite_voice` but for period, piece and by."""
        data = dict(self.cleaned_data)
        return data | self.subjects[data.pop("about")]
