"""What the browser may send as evidence."""

from django import forms

from ambon_kinerja.widgets import DayInput
from appraisal.planning.forms import shortened

from .texts import ABOUT_LENGTH, OneFile


class EvidenceForm(forms.Form):
    result = forms.ModelChoiceField(
        queryset=None,
        label="Hasil kerja",
        empty_label="Pilih hasil kerja",
        error_messages={"required": "Pilih hasil kerja.", "invalid_choice": "Pilih hasil kerja dari daftar."},
    )
    title = forms.CharField(
        label="Nama bukti",
        max_length=160,
        help_text="Contoh: Rekapitulasi kunjungan ibu hamil September",
        error_messages={"required": "Isi nama bukti.", "max_length": "Nama bukti paling banyak 160 huruf."},
    )
    dated = forms.DateField(
        label="Tanggal bukti",
        widget=DayInput,
        error_messages={"required": "Isi tanggal bukti.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    upload = OneFile()
    link = forms.CharField(
        label="Atau tautan",
        required=False,
        max_length=500,
        widget=forms.URLInput,
        help_text="Diawali https://. Pastikan pejabat penilai dapat membukanya.",
        error_messages={"max_length": "Tautan terlalu panjang: paling banyak 500 huruf."},
    )

    def __init__(self, *args, results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].due_later = self.fields["link"].due_later = True  # one of the two is needed
        self.fields["result"].queryset = results
        self.fields["result"].label_from_instance = lambda result: shortened(result.statement, ABOUT_LENGTH)

    def clean(self):
        cleaned = super().clean()
        given = [bool(cleaned.get("upload")) or "upload" in self.files, bool(cleaned.get("link"))]
        if not {"upload", "link"} & set(self.errors):
            if not any(given):
                self.add_error("upload", "Pilih berkas atau isi tautan.")
            elif all(given):
                self.add_error("link", "Pilih salah satu: berkas atau tautan.")
        return cleaned


class ServiceForm(forms.Form):
    """Which service's survey shows which result."""

    service = forms.ModelChoiceField(
        queryset=None,
        label="Layanan",
        widget=forms.HiddenInput,
        error_messages={"required": "Pilih layanan.", "invalid_choice": "Pilih layanan dari daftar."},
    )
    result = forms.ModelChoiceField(
        queryset=None,
        label="Sebagai bukti untuk hasil kerja",
        empty_label="Pilih hasil kerja",
        error_messages={"required": "Pilih hasil kerja.", "invalid_choice": "Pilih hasil kerja dari daftar."},
    )

    def __init__(self, *args, services, results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services
        self.fields["result"].queryset = results
        self.fields["result"].label_from_instance = lambda result: shortened(result.statement, ABOUT_LENGTH)
