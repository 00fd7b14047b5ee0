"""What the browser may send about retention and incidents."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput

from .breach import Span, account_named, known_tables
from .catalogue import catalogue
from .models import RetentionRule

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
WRONG_DAY = "Tulis tanggal seperti 25-12-2026."
LEAST_REASON = 10


class RetentionForm(forms.ModelForm):
    why = forms.CharField(
        label="Alasan perubahan",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tulis alasan perubahan.",
            "max_length": "Alasan paling banyak 400 huruf.",
        },
    )

    class Meta:
        model = RetentionRule
        fields = ("months", "basis", "is_confirmed")
        labels = {"is_confirmed": "Sudah dipastikan dengan jadwal retensi arsip (JRA) Kota Ambon"}
        error_messages = {
            "months": {
                "invalid": "Tulis jumlah bulan dengan angka.",
                "min_value": "Isi paling sedikit 1 bulan.",
            },
            "basis": {"required": "Isi dasar hukum.", "max_length": "Dasar hukum paling banyak 240 huruf."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.action == RetentionRule.Action.KEEP:
            del self.fields["months"]

    def clean_months(self):
        months = self.cleaned_data["months"]
        least = catalogue().retention.get(self.instance.record_class, {}).get("least_months", 1)
        if months is None or months < least:
            raise forms.ValidationError(f"Isi paling sedikit {least} bulan.")
        if months > 1200:
            raise forms.ValidationError("Isi paling banyak 1.200 bulan.")
        return months

    def validate_constraints(self):
        """Said by `clean_months`, in words that fit the field."""


class IncidentForm(forms.Form):
    sejak = forms.DateField(
        label="Sejak tanggal",
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"required": "Isi tanggal mulai.", "invalid": WRONG_DAY},
    )
    sampai = forms.DateField(
        label="Sampai dengan tanggal",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        help_text="Kosongkan bila sampai sekarang.",
        error_messages={"invalid": WRONG_DAY},
    )
    akun = forms.CharField(
        label="Surel akun yang diambil alih",
        required=False,
        max_length=200,
        help_text="Kosongkan bila bukan tentang satu akun.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Surel paling banyak 200 huruf."},
    )
    tabel = forms.ChoiceField(
        label="Hanya jenis data",
        required=False,
        error_messages={"invalid_choice": "Pilih jenis data dari daftar."},
    )
    alasan = forms.CharField(
        label="Alasan mengunduh daftar",
        required=False,
        max_length=400,
        help_text="Wajib diisi untuk mengunduh. Alasan ini tersimpan di jejak audit bersama nama Anda.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Alasan paling banyak 400 huruf."},
    )

    def __init__(self, *args, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        self.fields["tabel"].choices = [("", "Semua jenis data"), *known_tables()]

    def clean_sejak(self):
        day = self.cleaned_data["sejak"]
        if day > timezone.localdate():
            raise forms.ValidationError("Tanggal mulai tidak boleh di masa depan.")
        return day

    def clean_akun(self):
        text = self.cleaned_data["akun"].strip()
        if not text:
            return None
        account = account_named(text)
        if account is None:
            raise forms.ValidationError("Tidak ada akun dengan surel ini.")
        return account

    def clean_alasan(self):
        reason = self.cleaned_data["alasan"].strip()
        if self.needs_reason and len(reason) < LEAST_REASON:
            raise forms.ValidationError(
                f"Tulis alasan mengunduh daftar ini, paling sedikit {LEAST_REASON} huruf."
            )
        return reason

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("sejak"), cleaned.get("sampai")
        if since and until and until < since:
            self.add_error("sampai", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        return cleaned

    def span(self):
        return Span(
            since=midnight(self.cleaned_data["sejak"]),
            until=midnight(self.cleaned_data["sampai"], 1) if self.cleaned_data["sampai"] else None,
            table=self.cleaned_data["tabel"],
            account=self.cleaned_data["akun"],
        )


def midnight(day, days_later=0):
    """The first moment (WIT) of `day`, or of a day later."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time.min))
