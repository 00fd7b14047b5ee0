"""What the browser may send about a year and its windows: whole days in WIT, first and last day included."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput, RadiosWithHints, ShortText

from .actions import end_of, start_of
from .models import WITHIN_THE_YEAR

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
            cleaned["opens_at"], cleaned["closes_at"] = start_of(first), end_of(last)
        return cleaned


def year_field():
    return forms.IntegerField(
        label="Tahun",
        min_value=2022,
        max_value=2099,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Isi tahun antara 2022 dan 2099."
        ),
    )


def count_field(label, hint):
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=90,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Isi jumlah hari kerja antara 1 dan 90."
        ),
    )


class YearForm(forms.Form):
    """A year to open; cleans to `counted`, the working days by the key of their rule."""

    COUNTS = ("documentation_working_days", "feedback_working_days", "evaluation_working_days")
    year = year_field()
    cadence = forms.ChoiceField(
        label="Evaluasi berkala",
        choices=WITHIN_THE_YEAR,
        widget=RadiosWithHints(
            hints={
                "monthly": "12 periode, satu setiap bulan.",
                "quarterly": "4 periode, satu setiap triwulan.",
            }
        ),
        help_text="Instansi memilih salah satu (PermenPANRB 6/2022 Pasal 24).",
        error_messages={"required": "Pilih bulanan atau triwulanan."}
        | {"invalid_choice": "Pilih bulanan atau triwulanan."},
    )
    documentation_working_days = count_field(
        "Hari kerja untuk mencatat kemajuan", "Dihitung setelah setiap periode berakhir."
    )
    feedback_working_days = count_field(
        "Hari kerja untuk umpan balik", "Dihitung setelah setiap periode berakhir."
    )
    evaluation_working_days = count_field(
        "Hari kerja untuk menilai", "Masa penilaian, mulai hari kerja pertama setelah periode berakhir."
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["counted"] = {name: cleaned[name] for name in self.COUNTS}
        return cleaned


class CloseForm(forms.Form):
    reason = forms.CharField(
        label="Alasan atau catatan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di jejak audit.",
        error_messages={"required": "Tulis alasannya.", "max_length": "Alasan paling banyak 500 huruf."},
    )


class PeriodForm(WindowForm):
    year = year_field()
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


class WindowChangeForm(ChangeForm):
    """The same for the windows that only remind."""

    first_day = day_field("Hari pertama")
    last_day = day_field("Hari terakhir", "Tenggatnya akhir hari ini, pukul 24.00 WIT.")
    what = forms.ChoiceField(
        label="Apa yang Anda ubah?",
        choices=((ChangeForm.MOVE, "Ubah hari"), (ChangeForm.CLOSE, "Tutup sekarang")),
        widget=RadiosWithHints(
            hints={ChangeForm.CLOSE: "Sejak saat ini yang belum selesai disebut terlambat."}
        ),
        error_messages={"required": "Pilih apa yang Anda ubah."},
    )
