"""What the browser may send about a plan."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from ambon_kinerja.widgets import RadiosWithHints, ShortText

from ..fields import IndonesianDecimalField
from ..models import Indicator, WorkResult

MOST_INDICATORS = 10
PREFIX = "indikator"
UNREADABLE_ROWS = "Baris indikator tidak terbaca. Muat ulang halaman ini."


class SuperiorResultField(forms.ModelChoiceField):
    """Choices read as "result — whose"."""

    def label_from_instance(self, result):
        return f"{shortened(result.statement, 110)} — {result.skp.employee.name}"


class ResultForm(forms.Form):
    kind = forms.ChoiceField(
        label="Jenis hasil kerja",
        choices=WorkResult.Kind.choices,
        widget=RadiosWithHints(
            hints={
                "main": "Prioritas tinggi dan wajib ada. Tugas sebagai Plt. atau Plh. selalu utama.",
                "additional": "Prioritas rendah dan boleh tidak ada.",
            }
        ),
        error_messages={"required": "Pilih jenis hasil kerja.", "invalid_choice": "Pilih jenis hasil kerja."},
    )
    parent = SuperiorResultField(
        queryset=WorkResult.objects.none(),
        required=False,
        label="Rencana hasil kerja pimpinan yang diintervensi",
        empty_label="Menunggu hasil kerja pimpinan",
        help_text="Hasil kerja atasan yang Anda dukung.",
        error_messages={"invalid_choice": "Pilih hasil kerja pimpinan dari daftar."},
    )
    statement = forms.CharField(
        label="Rencana hasil kerja",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis hasilnya, bukan kegiatannya. Contoh: Ibu hamil mendapat pemeriksaan sesuai standar.",
        error_messages={
            "required": "Isi rencana hasil kerja.",
            "max_length": "Rencana hasil kerja paling banyak 1.000 huruf.",
        },
    )
    assigned_by = forms.CharField(
        label="Penugasan dari",
        max_length=160,
        required=False,
        help_text="Jabatan pimpinan atau tim yang memberi tugas, jika bukan pejabat penilai.",
        error_messages={"max_length": "Penugasan dari paling banyak 160 huruf."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, *args, superior_results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = superior_results


class IndicatorForm(forms.Form):
    aspect = forms.ChoiceField(
        label="Aspek",
        choices=[("", "Pilih aspek"), *Indicator.Aspect.choices],
        error_messages={"required": "Pilih aspek.", "invalid_choice": "Pilih aspek dari daftar."},
    )
    statement = forms.CharField(
        label="Indikator kinerja individu",
        max_length=300,
        help_text="Apa yang diukur. Contoh: Persentase ibu hamil yang diperiksa sesuai prosedur.",
        error_messages={
            "required": "Isi apa yang diukur.",
            "max_length": "Indikator paling banyak 300 huruf.",
        },
    )
    direction = forms.ChoiceField(
        label="Arah target",
        choices=Indicator.Direction.choices,
        widget=RadiosWithHints(
            hints={
                "higher": "Misalnya jumlah yang terlayani.",
                "lower": "Misalnya jumlah komplain.",
                "range": "Misalnya penyerapan anggaran 90 sampai 100 persen.",
            }
        ),
        error_messages={"required": "Pilih arah target.", "invalid_choice": "Pilih arah target."},
    )
    target_low = IndonesianDecimalField(
        label="Target",
        help_text="Untuk rentang, isi batas bawah. Contoh: 1.234,5",
        error_messages={"required": "Isi target."},
    )
    target_high = IndonesianDecimalField(
        label="Batas atas", required=False, help_text="Hanya untuk target dalam rentang."
    )
    unit = forms.CharField(
        label="Satuan",
        max_length=40,
        widget=ShortText,
        help_text="Contoh: orang, persen, dokumen",
        error_messages={"required": "Isi satuan.", "max_length": "Satuan paling banyak 40 huruf."},
    )

    def clean(self):
        cleaned = super().clean()
        low, high, direction = (cleaned.get(name) for name in ("target_low", "target_high", "direction"))
        if low is None or not direction or "target_high" in self.errors:
            return cleaned
        if direction == Indicator.Direction.RANGE:
            self.check_range(low, high)
        elif high is not None:
            self.add_error("target_high", "Kosongkan batas atas, atau pilih “Dalam rentang”.")
        elif low == 0:
            self.add_error(
                "target_low",
                "Isi target lebih dari 0. Untuk target nol, pilih “Dalam rentang” dengan batas bawah 0.",
            )
        return cleaned

    def check_range(self, low, high):
        if high is None:
            self.add_error("target_high", "Isi batas atas.")
        elif high <= low:
            self.add_error("target_high", "Batas atas harus lebih besar daripada batas bawah.")


class BaseIndicatorFormSet(BaseFormSet):
    """Rows left empty are nobody's indicator; there is no row that must be filled in a draft."""

    def initial_form_count(self):
        return 0

    def add_fields(self, form, index):
        """Says in each row's words which row it is, for the list of errors at the top of the page."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.required:
                words = field.error_messages["required"].rstrip(".")
                field.error_messages["required"] = f"{words} untuk indikator {index + 1}."

    def clean(self):
        """A forged count would drop rows in silence; one that is negative or too small is refused instead."""
        total = self.management_form.cleaned_data["TOTAL_FORMS"]
        if total < 0 or f"{self.add_prefix(total)}-statement" in self.data:
            raise forms.ValidationError(UNREADABLE_ROWS)

    def indicators(self):
        """The filled rows, as `save_result` wants them."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def indicator_formset(data=None, *, rows=()):
    """Bound to `data`, or showing `rows` (dicts of values, or of what was typed); one empty row when there are none."""
    factory = formset_factory(
        IndicatorForm,
        formset=BaseIndicatorFormSet,
        extra=max(len(rows), 1),
        max_num=MOST_INDICATORS,
        absolute_max=MOST_INDICATORS,
    )
    messages = {
        "missing_management_form": UNREADABLE_ROWS,
        "too_many_forms": f"Isi paling banyak {MOST_INDICATORS} indikator.",
    }
    return factory(
        data, initial=None if data is not None else list(rows), prefix=PREFIX, error_messages=messages
    )


def typed_rows(data):
    """The indicator rows as they were typed, right or wrong, so that a row can come or go without losing any."""
    count = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    total = (
        min(int(count), MOST_INDICATORS) if count.isascii() and count.isdecimal() and len(count) < 6 else 0
    )
    names = IndicatorForm.base_fields
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in names} for row in range(total)]


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


def version_seen(data):
    """The version a page carried along when it was read; 0, which no record has, when it is not a number."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def shortened(text, length):
    """`text` cut at a word so that a list of choices stays readable."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
