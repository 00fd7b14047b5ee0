"""What the browser may send about sessions, proposals and reasons."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput
from appraisal.goals.forms import version_field, words
from appraisal.scoring.matrix import Rating

from .models import CalibrationProposal


class ReasonForm(forms.Form):
    text = words(
        "Alasan",
        4000,
        missing="Tulis alasannya.",
        rows=4,
        hint="Jelaskan keadaan unit, tanpa menyebut nama pegawai.",
    )


class SessionForm(forms.Form):
    held_on = forms.DateField(
        label="Tanggal sesi",
        help_text="Contoh: 05-10-2026",
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"required": "Isi tanggal sesi.", "invalid": "Tulis tanggal seperti 05-10-2026."},
    )
    agenda = words("Agenda", 4000, missing="Isi agenda.", rows=4, hint="Apa yang dibahas, dan urutannya.")
    version = version_field()

    def __init__(self, *args, is_new=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = is_new

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if self.is_new and day < timezone.localdate():
            raise forms.ValidationError("Tanggal sesi tidak boleh sebelum hari ini.")
        return day


class CloseForm(forms.Form):
    minutes = words(
        "Notula",
        8000,
        missing="Tulis notula.",
        rows=8,
        hint="Apa yang dibahas dan disepakati. Peserta dapat membacanya.",
    )
    attended = forms.MultipleChoiceField(
        label="Peserta yang hadir",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih peserta dari daftar."},
    )

    def __init__(self, *args, participants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attended"].choices = [
            (str(each.pk), f"{each.employee.name}, {each.post_name}") for each in participants
        ]


class CancelForm(forms.Form):
    reason = words("Alasan", 2000, missing="Tulis alasannya.", rows=3, hint="Tersimpan di jejak audit.")


class ProposalForm(forms.Form):
    aspect = forms.ChoiceField(
        label="Rating yang dibahas",
        choices=CalibrationProposal.Aspect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih rating yang dibahas.", "invalid_choice": "Pilih dari daftar."},
    )
    to_rating = forms.ChoiceField(
        label="Usulan rating",
        choices=Rating.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih rating yang diusulkan.", "invalid_choice": "Pilih dari daftar."},
    )
    reason = words(
        "Alasan usulan",
        4000,
        missing="Tulis alasan usulan.",
        rows=4,
        hint="Bila usulan diterima, pegawai membaca alasan ini. Jangan menyebut pegawai lain.",
    )


class KeepForm(forms.Form):
    reason = words("Alasan tetap pada rating Anda", 4000, missing="Tulis alasannya.", rows=3)
