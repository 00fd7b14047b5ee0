"""What the browser may send."""

from django import forms

from ambon_kinerja.widgets import DayInput

from .reading.files import ENDINGS, ending_of

TYPES = {
    ".xls": "Format .xls sudah lama. Di Excel pilih “Simpan Sebagai”, lalu “Buku Kerja Excel (.xlsx)”.",
    ".xlsm": "Berkas ini memuat makro. Simpan sebagai “Buku Kerja Excel (.xlsx)”.",
    ".ods": "Berkas ini ODS. Simpan sebagai “Buku Kerja Excel (.xlsx)”.",
}


class UploadForm(forms.Form):
    """The file's name only; what is in it is looked at by `actions.receive_upload`."""

    berkas = forms.FileField(
        label="Berkas XLSX atau CSV",
        help_text="Templat kami, atau ekspor data utama dari SIASN. Paling banyak 60.000 baris. "
        "XLSX paling besar 5 MB, CSV paling besar 10 MB.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": "Pilih berkas XLSX atau CSV dari perangkat Anda.",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi data.",
            "max_length": "Nama berkas terlalu panjang; paling banyak 200 tanda.",
            "invalid": "Berkas tidak sampai. Pilih berkasnya sekali lagi.",
            "missing": "Berkas tidak sampai. Pilih berkasnya sekali lagi.",
        },
    )
    seluruh = forms.BooleanField(
        label="Berkas ini memuat seluruh pegawai",
        help_text="Siapa yang tidak ada di berkas lalu ditunjukkan untuk seluruh kota (atau seluruh wewenang Anda). "
        "Tanpa centang ini, hanya untuk perangkat daerah yang ada di berkas.",
        required=False,
    )

    def clean_berkas(self):
        upload = self.cleaned_data["berkas"]
        ending = ending_of(upload.name)
        if ending not in ENDINGS:
            raise forms.ValidationError(TYPES.get(ending, "Berkas harus berformat XLSX atau CSV."))
        return upload


class ApplyForm(forms.Form):
    """The second click; what is suspicious has to be confirmed with it."""

    diperiksa = forms.BooleanField(
        label="Saya sudah memeriksa semua hal yang mencurigakan, dan semuanya benar",
        error_messages={"required": "Periksa hal yang mencurigakan, lalu beri centang di sini."},
    )

    def __init__(self, *args, suspicious, **kwargs):
        super().__init__(*args, **kwargs)
        if not suspicious:
            del self.fields["diperiksa"]


class EndingsForm(forms.Form):
    """Whose assignment ends: the ticks of the page shown (`offered`: its keys), or everybody missing."""

    akhiri = forms.TypedMultipleChoiceField(
        label="Akhiri jabatan",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "Pilihan ini tidak ada di halaman ini. Muat ulang halamannya."},
    )
    hari_terakhir = forms.DateField(
        label="Hari terakhir di jabatan",
        help_text="Berlaku untuk setiap pegawai yang Anda beri centang.",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "Tulis tanggal yang ada, misalnya 31-12-2026."},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["akhiri"].choices = [(key, key) for key in offered]

    def clean(self):
        cleaned = super().clean()
        chosen = self.offered if "semua" in self.data else cleaned.get("akhiri")
        if chosen and not cleaned.get("hari_terakhir") and "hari_terakhir" not in self.errors:
            self.add_error(
                "hari_terakhir", "Isi hari terakhir di jabatan untuk pegawai yang Anda beri centang."
            )
        cleaned["chosen"] = chosen or []
        return cleaned
