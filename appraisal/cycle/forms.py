"""What the browser may send about a period: whole days in WIT, from the first hour of one to the last of the other."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput, RadiosWithHints, ShortText

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
ROMAN = (
    (1, "I (Januari–Maret)"),
    (2, "II (April–Juni)"),
    (3, "III (Juli–September)"),
    (4, "IV (Oktober–Desember)"),
)


def day_field(label, hint="Contoh: 31-12-2026"):
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages={"required": f"Isi {label.lower()}.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )


def start_of(day):
    """The first moment of a day in WIT."""
    return timezone.make_aware(datetime.combine(day, time.min))


class WindowForm(forms.Form):
    """Two days; cleans to `opens_at` and `closes_at`, the first moment after the last day."""

    first_day = day_field("Hari pertama penilaian")
    last_day = day_field("Hari terakhir penilaian", "Penilaian ditutup pada akhir hari ini, pukul 24.00 WIT.")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        for name, day in (("first_day", first), ("last_day", last)):
            if day and not 2022 <= day.year <= 2099:
                self.add_error(name, "Isi tanggal antara tahun 2022 dan 2099.")
        if first and last and last < first:
            self.add_error("last_day", "Hari terakhir tidak boleh sebelum hari pertama.")
        if not self.errors and first and last:
            cleaned["opens_at"], cleaned["closes_at"] = start_of(first), start_of(last + timedelta(days=1))
        return cleaned


class PeriodForm(WindowForm):
    year = forms.IntegerField(
        label="Tahun",
        min_value=2022,
        max_value=2099,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Isi tahun antara 2022 dan 2099."
        ),
    )
    number = forms.TypedChoiceField(
        label="Triwulan",
        choices=ROMAN,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih triwulan.", "invalid_choice": "Pilih triwulan."},
    )
    field_order = ("year", "number", "first_day", "last_day")


class ChangeForm(WindowForm):
    """Move the days, or close at once; then the days do not matter."""

    MOVE, CLOSE = "move", "close"
    what = forms.ChoiceField(
        label="Apa yang Anda ubah?",
        choices=((MOVE, "Ubah hari penilaian"), (CLOSE, "Tutup penilaian sekarang")),
        widget=RadiosWithHints(hints={CLOSE: "Sejak saat ini tidak ada penilaian yang bisa disimpan."}),
        error_messages={"required": "Pilih apa yang Anda ubah."},
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di jejak audit.",
        error_messages={"required": "Tulis alasannya.", "max_length": "Alasan paling banyak 500 huruf."},
    )
    field_order = ("what", "first_day", "last_day", "reason")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("what") == self.CLOSE:
            for name in ("first_day", "last_day"):
                self.errors.pop(name, None)
            cleaned |= {"opens_at": None, "closes_at": timezone.now()}
        return cleaned
