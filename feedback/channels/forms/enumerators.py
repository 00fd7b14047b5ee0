"""Whom a service manager may name, and for how long."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from agencies.access.lookups import LookupField
from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import RecordForm

LONGEST = timedelta(days=366)


class EnumeratorForm(RecordForm):
    unit = forms.ModelChoiceField(
        label="Untuk layanan unit",
        queryset=None,
        empty_label="Pilih unit",
        help_text="Berlaku juga untuk unit di bawahnya.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih unit dari daftar."),
    )
    employee = LookupField(
        label="Pegawai",
        help_text="Tulis namanya, lalu pilih. Sebaiknya bukan petugas loket.",
        error_messages={"required": "Isi pegawainya."},
    )
    start = DayField(label="Mulai", missing="Isi tanggal mulai.")
    last_day = DayField(
        label="Hari terakhir", missing="Isi hari terakhir.", help_text="Paling lama satu tahun."
    )

    def __init__(self, *args, units, find_person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["employee"].find = find_person

    def clean(self):
        cleaned = super().clean()
        start, last_day = cleaned.get("start"), cleaned.get("last_day")
        if start and start < timezone.localdate():
            self.add_error("start", "Masa tugas paling cepat mulai hari ini.")
        if start and last_day and last_day < start:
            self.add_error("last_day", "Hari terakhir mendahului hari mulai.")
        elif start and last_day and last_day - start > LONGEST:
            self.add_error("last_day", "Masa tugas paling lama satu tahun.")
        return cleaned
