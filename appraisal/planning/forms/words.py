"""Short texts about a whole plan: why it comes back, what is expected, why it is adjusted, and its format."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from ..models import Skp
from .results import SuperiorResultField


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Apa yang perlu diperbaiki?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pegawai membaca kalimat ini.",
        error_messages={
            "required": "Tulis apa yang perlu diperbaiki.",
            "max_length": "Alasan paling banyak 2.000 huruf.",
        },
    )


class ExpectationForm(forms.Form):
    text = forms.CharField(
        label="Ekspektasi khusus pimpinan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Kosongkan jika tidak ada.",
        error_messages={"max_length": "Ekspektasi khusus paling banyak 2.000 huruf."},
    )


class AdjustmentForm(forms.Form):
    reason = forms.CharField(
        label="Mengapa SKP perlu disesuaikan?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pejabat penilai membaca alasan ini. Contoh: Target dinaikkan karena ada tambahan tenaga.",
        error_messages={
            "required": "Tulis alasan penyesuaian.",
            "max_length": "Alasan paling banyak 2.000 huruf.",
        },
    )


class FormatForm(forms.Form):
    approach = forms.ChoiceField(
        label="Bagaimana target Anda ditulis?",
        choices=Skp.Approach.choices,
        widget=RadiosWithHints(
            hints={
                "quantitative": "Indikator dan target terpisah. Cocok bila hasil bisa dihitung atau diukur.",
                "qualitative": "Ukuran dan target menjadi satu kalimat. Cocok bila hasil lebih mudah digambarkan.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih pendekatan."),
    )
    audience = forms.ChoiceField(
        label="Format bagi",
        choices=Skp.Audience.choices,
        widget=RadiosWithHints(
            hints={
                "leader": "Format A.1.1 atau A.1.2: setiap indikator memiliki perspektif.",
                "staff": "Format A.1.6 atau A.1.7: setiap hasil mendukung hasil kerja pimpinan.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih format."),
    )

    def __init__(self, *args, may_choose_audience, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_choose_audience:
            del self.fields["audience"]


class LinksForm(forms.Form):
    """One choice for each result that waits: the leader's result it serves, or still none."""

    def __init__(self, *args, waiting, offered, **kwargs):
        super().__init__(*args, **kwargs)
        for result in waiting:
            self.fields[f"hasil-{result.pk}"] = SuperiorResultField(
                queryset=offered,
                required=False,
                label=result.statement,
                empty_label="Masih menunggu",
                error_messages={"invalid_choice": "Pilih hasil kerja pimpinan dari daftar."},
            )

    def links(self):
        """{key of a result: the leader's result}"""
        return {
            int(name.removeprefix("hasil-")): parent for name, parent in self.cleaned_data.items() if parent
        }
