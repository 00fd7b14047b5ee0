"""What the browser may send about an example of the library."""

import re

from django import forms

from ambon_kinerja.widgets import RadiosWithHints, ShortText

from ..checks.wording import is_a_score
from ..fields import IndonesianDecimalField
from ..models import Indicator, Skp
from ..models.results import Control
from .rows import bound_rows, fresh_rows, index_sent, typed_values

PREFIX = "ukuran"
MOST_MEASURES = 6
MOST_POSTS = 12
MEASURED_BY = [
    ("", "Pilih"),
    ("Aspek (pegawai)", Indicator.Aspect.choices),
    ("Perspektif (pimpinan)", Indicator.Perspective.choices),
]


class ExampleForm(forms.Form):
    audience = forms.ChoiceField(
        label="Untuk",
        choices=Skp.Audience.choices,
        widget=RadiosWithHints,
        error_messages={"required": "Pilih untuk siapa.", "invalid_choice": "Pilih untuk siapa."},
    )
    posts = forms.CharField(
        label="Jabatan",
        max_length=600,
        help_text="Kata dalam nama jabatan, dipisah koma. Contoh: bidan, bidan desa",
        error_messages={
            "required": "Isi sedikitnya satu jabatan.",
            "max_length": "Jabatan paling banyak 600 huruf.",
        },
    )
    statement = forms.CharField(
        label="Rencana hasil kerja",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Isi rencana hasil kerja.", "max_length": "Paling banyak 1.000 huruf."},
    )
    control = forms.ChoiceField(
        label="Kualitas dan tingkat kendali",
        choices=[("", "Pilih"), *Control.choices],
        required=False,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )
    why = forms.CharField(
        label="Mengapa contoh ini baik",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Paling banyak 1.000 huruf."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def clean_posts(self):
        posts = [" ".join(re.findall(r"\w+", post.lower())) for post in self.cleaned_data["posts"].split(",")]
        posts = [post for post in dict.fromkeys(posts) if post]
        if not posts:
            raise forms.ValidationError("Isi sedikitnya satu jabatan.")
        if len(posts) > MOST_POSTS or any(len(post) > 80 for post in posts):
            raise forms.ValidationError(f"Isi paling banyak {MOST_POSTS} jabatan, masing-masing 80 huruf.")
        return posts


class MeasureForm(forms.Form):
    measured_by = forms.ChoiceField(
        label="Aspek atau perspektif",
        choices=MEASURED_BY,
        error_messages={"required": "Pilih aspek atau perspektif.", "invalid_choice": "Pilih dari daftar."},
    )
    statement = forms.CharField(
        label="Indikator",
        max_length=300,
        error_messages={
            "required": "Isi apa yang diukur.",
            "max_length": "Indikator paling banyak 300 huruf.",
        },
    )
    direction = forms.ChoiceField(
        label="Arah target",
        choices=Indicator.Direction.choices,
        initial="higher",
        error_messages={"required": "Pilih arah target.", "invalid_choice": "Pilih arah target."},
    )
    target_low = IndonesianDecimalField(
        label="Target", required=False, help_text="Untuk rentang, batas bawah."
    )
    target_high = IndonesianDecimalField(label="Batas atas", required=False, help_text="Hanya untuk rentang.")
    unit = forms.CharField(
        label="Satuan",
        max_length=120,
        required=False,
        widget=ShortText,
        error_messages={"max_length": "Satuan paling banyak 120 huruf."},
    )
    target_text = forms.CharField(
        label="Target dalam kata-kata",
        max_length=200,
        required=False,
        help_text="Hanya jika tidak berupa angka.",
        error_messages={"max_length": "Paling banyak 200 huruf."},
    )

    def clean(self):
        cleaned = super().clean()
        low, high = cleaned.get("target_low"), cleaned.get("target_high")
        if self.errors:
            return cleaned
        if (low is None) == (not cleaned["target_text"].strip()):
            self.add_error("target_low", "Isi target dengan angka atau dengan kata-kata, salah satu.")
        elif low is not None and not cleaned["unit"].strip() and not is_a_score(cleaned["statement"]):
            self.add_error("unit", "Isi satuan.")
        elif low is not None and cleaned["direction"] == "range" and (high is None or high <= low):
            self.add_error("target_high", "Batas atas harus lebih besar daripada batas bawah.")
        elif low == 0 and cleaned["direction"] != "range":
            self.add_error("target_low", "Isi target lebih dari 0.")
        return cleaned

    def as_stored(self):
        """What a LibraryEntry keeps of this row."""
        one, numeric = self.cleaned_data, self.cleaned_data["target_low"] is not None
        is_range = one["direction"] == "range"
        high = one["target_high"] if is_range else one["target_low"]
        by = one["measured_by"]
        return {
            "aspect": by if by in Indicator.Aspect.values else "",
            "perspective": by if by in Indicator.Perspective.values else "",
            "statement": one["statement"].strip(),
            "direction": one["direction"] if numeric else "higher",
            "target_low": str(one["target_low"]) if numeric else None,
            "target_high": str(high) if numeric else None,
            "unit": one["unit"].strip() if numeric else "",
            "target_text": one["target_text"].strip(),
        }


def measure_rows(data):
    """Bound rows; those left empty are nobody's."""
    return bound_rows(MeasureForm, data, PREFIX)


def fresh_measures(rows):
    shown = [
        row | {"measured_by": row.get("aspect") or row.get("perspective") or row.get("measured_by", "")}
        for row in rows
    ]
    return fresh_rows(MeasureForm, shown or [{}], PREFIX)


def redrawn_measures(data):
    rows = typed_values(MeasureForm, data, PREFIX)
    gone = index_sent(data.get("hapus", ""), rows)
    if gone is not None:
        del rows[gone]
    if "tambah" in data and len(rows) < MOST_MEASURES:
        rows.append({})
    return fresh_measures(rows)
