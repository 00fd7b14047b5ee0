"""What the browser may upload."""

from django import forms

TYPES = {
    ".xls": "Format .xls sudah lama. Di Excel pilih “Simpan Sebagai”, lalu “Buku Kerja Excel (.xlsx)”.",
    ".xlsm": "Berkas ini memuat makro. Simpan sebagai “Buku Kerja Excel (.xlsx)”.",
    ".csv": "Berkas ini CSV. Salin isinya ke templat .xlsx kami.",
    ".ods": "Berkas ini ODS. Simpan sebagai “Buku Kerja Excel (.xlsx)”.",
}


class UploadForm(forms.Form):
    """The file's name only; what is in it is looked at by `actions.receive_upload`."""

    berkas = forms.FileField(
        label="Berkas XLSX",
        help_text="Paling besar 5 MB dan 60.000 baris.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Pilih berkas XLSX dari perangkat Anda.",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi data.",
            "max_length": "Nama berkas terlalu panjang; paling banyak 200 tanda.",
            "invalid": "Berkas tidak sampai. Pilih berkasnya sekali lagi.",
            "missing": "Berkas tidak sampai. Pilih berkasnya sekali lagi.",
        },
    )

    def clean_berkas(self):
        upload = self.cleaned_data["berkas"]
        ending = f".{upload.name.rsplit('.', 1)[-1].lower()}" if "." in upload.name else ""
        if ending != ".xlsx":
            raise forms.ValidationError(TYPES.get(ending, "Berkas harus berformat XLSX."))
        return upload
