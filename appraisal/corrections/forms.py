"""What the personnel office writes about a correction."""

from django import forms


class ConclusionForm(forms.Form):
    kesimpulan = forms.CharField(
        label="Apa yang mengikuti dari ralat ini?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Misalnya: tidak berpengaruh, atau diusulkan dibuka kembali. Pegawai membaca kalimat ini.",
        error_messages={
            "required": "Tulis kesimpulannya.",
            "max_length": "Kesimpulan paling panjang 1.000 tanda.",
        },
    )
