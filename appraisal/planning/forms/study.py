"""What the browser may send about a study leave within a plan."""

from django import forms

from ambon_kinerja.widgets import DayInput, RadiosWithHints

from ..models import StudyPlan

UNKNOWN = [("", "Pilih akreditasi"), *StudyPlan.Accreditation.choices]


class StudyForm(forms.Form):
    institution = forms.CharField(
        label="Institusi pendidikan",
        max_length=160,
        error_messages={"required": "Isi institusi pendidikan.", "max_length": "Paling banyak 160 huruf."},
    )
    programme = forms.CharField(
        label="Program studi",
        max_length=160,
        error_messages={"required": "Isi program studi.", "max_length": "Paling banyak 160 huruf."},
    )
    level = forms.ChoiceField(
        label="Jenjang",
        choices=StudyPlan.Level.choices,
        widget=RadiosWithHints,
        error_messages={"required": "Pilih jenjang.", "invalid_choice": "Pilih jenjang."},
    )
    is_abroad = forms.BooleanField(label="Di luar negeri", required=False)
    university_accreditation = forms.ChoiceField(
        label="Akreditasi institusi",
        choices=UNKNOWN,
        required=False,
        help_text="Kosongkan jika di luar negeri.",
        error_messages={"invalid_choice": "Pilih akreditasi dari daftar."},
    )
    programme_accreditation = forms.ChoiceField(
        label="Akreditasi program studi",
        choices=UNKNOWN,
        required=False,
        help_text="Kosongkan jika di luar negeri.",
        error_messages={"invalid_choice": "Pilih akreditasi dari daftar."},
    )
    starts_on = forms.DateField(
        label="Mulai tugas belajar",
        widget=DayInput,
        error_messages={"required": "Isi tanggal mulai.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    ends_on = forms.DateField(
        label="Batas waktu normatif kelulusan",
        widget=DayInput,
        help_text="Menurut program studi, tanpa perpanjangan.",
        error_messages={
            "required": "Isi batas waktu kelulusan.",
            "invalid": "Tulis tanggal seperti 31-12-2026.",
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_abroad"):
            for name, words in (
                ("university_accreditation", "institusi"),
                ("programme_accreditation", "program studi"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"Pilih akreditasi {words}.")
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "Batas waktu kelulusan harus setelah tanggal mulai.")
        return cleaned
