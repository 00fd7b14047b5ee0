"""What a visitor may send to the page of verification."""

from django import forms

from .queries import code_in

MOST_BYTES = 20 * 1024 * 1024


class CodeForm(forms.Form):
    kode = forms.CharField(
        label="Kode dokumen",
        max_length=200,
        help_text="22 huruf dan angka di samping kode QR. Huruf besar dan kecil berbeda.",
        error_messages={"required": "Isi kode dokumen", "max_length": "Kode terdiri atas 22 huruf dan angka"},
    )

    def clean_kode(self):
        code = code_in(self.cleaned_data["kode"])
        if code is None:
            raise forms.ValidationError("Kode terdiri atas 22 huruf, angka, tanda - atau _")
        return code


class FileForm(forms.Form):
    berkas = forms.FileField(
        label="Berkas PDF",
        help_text="Paling besar 20 MB. Berkas Anda tidak disimpan.",
        error_messages={
            "required": "Pilih berkas yang ingin Anda periksa",
            "invalid": "Pilih berkas yang ingin Anda periksa",
            "missing": "Pilih berkas yang ingin Anda periksa",
            "empty": "Berkas itu kosong",
            "max_length": "Nama berkas terlalu panjang",
        },
    )

    def clean_berkas(self):
        upload = self.cleaned_data["berkas"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("Berkas harus lebih kecil dari 20 MB")
        return upload
