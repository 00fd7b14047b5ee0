"""What the browser may send about a manual indikator (form A.1.3)."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from ..models import IndicatorManual
from ..models.results import Control


def long_text(label, help_text, required="", longest=2000, rows=3):
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={
            "required": required,
            "max_length": f"{label} paling banyak {longest:,} huruf.".replace(",", "."),
        },
    )


class ManualForm(forms.Form):
    purpose = long_text("Tujuan", "Mengapa indikator ini diukur.", "Isi tujuan.")
    definition = long_text("Definisi", "Apa yang dihitung dan apa yang tidak.", "Isi definisi.", rows=4)
    formula = long_text(
        "Formula", "Contoh: jumlah keluarga sehat dibagi jumlah keluarga, kali 100.", "Isi formula."
    )
    unit = forms.CharField(
        label="Satuan pengukuran",
        max_length=80,
        error_messages={"required": "Isi satuan pengukuran.", "max_length": "Satuan paling banyak 80 huruf."},
    )
    control = forms.ChoiceField(
        label="Kualitas dan tingkat kendali",
        choices=Control.choices[:3],
        widget=RadiosWithHints(
            hints={
                "outcome": "Perubahan yang dirasakan masyarakat; banyak pihak ikut menentukan.",
                "intermediate": "Perubahan pada penerima langsung layanan.",
                "low": "Keluaran yang juga bergantung pada pihak lain.",
            }
        ),
        error_messages={
            "required": "Pilih kualitas dan tingkat kendali.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    source = long_text(
        "Sumber data", "Dari mana angkanya diambil dan siapa yang menyimpannya.", "Isi sumber data."
    )
    reporting = forms.ChoiceField(
        label="Periode pelaporan",
        choices=IndicatorManual.Reporting.choices,
        widget=RadiosWithHints,
        error_messages={"required": "Pilih periode pelaporan.", "invalid_choice": "Pilih dari daftar."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *args, is_qualitative, **kwargs):
        """Formula and unit are optional in the qualitative approach (page 38)."""
        super().__init__(*args, **kwargs)
        for name in ("formula", "unit"):
            self.fields[name].required = not is_qualitative
