"""What the browser may send about a day of the calendar."""

from datetime import date

from django import forms

from ambon_kinerja.widgets import DayInput

from .actions import FIELDS
from .models import Holiday

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
ONE_NAME_A_DAY = "Hari dengan nama ini sudah ada pada tanggal yang sama."


class HolidayForm(forms.ModelForm):
    class Meta:
        model = Holiday
        fields = FIELDS
        widgets = {"day": DayInput, "scope": forms.RadioSelect}
        labels = {
            "is_day_off": "Hari libur: tenggat tidak berjalan",
            "is_provisional": "Masih sementara: keputusannya dapat berubah",
            "source": "Dasar keputusan",
        }
        help_texts = {
            "day": "Contoh: 25-12-2026",
            "source": "Nomor keputusan atau surat edaran.",
        }
        error_messages = {
            "day": {"required": "Isi tanggal.", "invalid": "Tulis tanggal seperti 25-12-2026."},
            "name": {"required": "Isi nama hari.", "max_length": "Nama paling banyak 120 huruf."},
            "scope": dict.fromkeys(("required", "invalid_choice"), "Pilih berlaku untuk siapa."),
            "source": {"max_length": "Dasar keputusan paling banyak 200 huruf."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = Holiday.Scope.choices  # no empty answer beside the real ones
        self.fields["day"].input_formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("Isi tanggal antara 1 Januari 2020 dan 31 Desember 2099.")
        return day

    def clean(self):
        cleaned = super().clean()
        twin = Holiday.objects.filter(day=cleaned.get("day"), name=cleaned.get("name")).exclude(
            pk=self.instance.pk
        )
        if cleaned.get("day") and twin.exists():
            self.add_error("name", ONE_NAME_A_DAY)
        return cleaned

    def validate_constraints(self):
        """Checked in `clean`, in words that fit the field."""
