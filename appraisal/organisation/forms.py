"""What the browser may send about an achievement."""

from django import forms

from ambon_kinerja.widgets import DayInput
from appraisal.goals.forms import version_field, words

from .models import Achievement


class AchievementForm(forms.Form):
    level = forms.ChoiceField(
        label="Capaian kinerja organisasi",
        choices=Achievement.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih satu dari lima capaian.",
            "invalid_choice": "Pilih satu dari lima capaian.",
        },
    )
    reason = words(
        "Alasan",
        4000,
        missing="Tulis alasannya.",
        rows=5,
        hint="Sebut angka atau rencana aksi yang menjadi dasar. Pegawai unit ini dapat membacanya.",
    )
    version = version_field()


class OnBehalfForm(AchievementForm):
    decree = words(
        "Nomor keputusan atau surat Wali Kota",
        80,
        missing="Isi nomor keputusan atau surat.",
        hint="Seperti tertulis pada naskah.",
    )
    decree_date = forms.DateField(
        label="Tanggal keputusan atau surat",
        help_text="Contoh: 15-01-2027",
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": "Isi tanggal keputusan atau surat.",
            "invalid": "Tulis tanggal seperti 15-01-2027.",
        },
    )
    field_order = ["level", "reason", "decree", "decree_date", "version"]
