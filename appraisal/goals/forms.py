"""What the browser may send about agreements and programmes."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from ambon_kinerja.widgets import DayInput

from .models import Goal, PriorityProgramme
from .rupiah import RupiahField

MOST_INDICATORS = 20  # one goal of a puskesmas has twelve (PermenPANRB 6/2022 page 165)
PREFIX = "indikator"
UNREADABLE_ROWS = "Baris indikator tidak terbaca. Muat ulang halaman ini."


def words(label, longest, *, missing="", rows=0, hint="", **options):
    """A text field whose messages say what to do."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    messages = {"max_length": f"{label} paling banyak {longest:,} huruf.".replace(",", ".")}
    if missing:
        messages["required"] = missing
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        widget=widget,
        help_text=hint,
        error_messages=messages,
        **options,
    )


def version_field():
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31, required=False)


class ProgrammeField(forms.ModelChoiceField):
    def label_from_instance(self, programme):
        unsure = "" if programme.is_confirmed else " (nama belum dipastikan)"
        return f"{programme}{unsure}"


class GoalAboveField(forms.ModelChoiceField):
    def label_from_instance(self, goal):
        return f"{shortened(goal.statement, 110)} — {goal.agreement.unit}"


class GoalForm(forms.Form):
    statement = words(
        "Sasaran",
        1000,
        missing="Isi sasaran.",
        rows=3,
        hint="Tulis keadaan yang ingin dicapai. Contoh: Meningkatnya derajat kesehatan masyarakat.",
    )
    supports = GoalAboveField(
        queryset=Goal.objects.none(),
        required=False,
        label="Sasaran unit di atas yang didukung",
        empty_label="Menunggu sasaran pimpinan",
        help_text="Boleh dihubungkan kemudian, setelah unit di atas menyusun sasarannya.",
        error_messages={"invalid_choice": "Pilih sasaran dari daftar."},
    )
    programme = ProgrammeField(
        queryset=PriorityProgramme.objects.all(),
        required=False,
        label="Program prioritas kota yang didukung",
        empty_label="Tidak langsung mendukung program prioritas",
        error_messages={"invalid_choice": "Pilih program prioritas dari daftar."},
    )
    version = version_field()

    def __init__(self, *args, above, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supports"].queryset = above
        self.fields["programme"].queryset = PriorityProgramme.objects.filter(
            first_year__lte=year, last_year__gte=year
        )


class GoalIndicatorForm(forms.Form):
    statement = words("Indikator kinerja", 500, missing="Isi indikator kinerja.", rows=2)
    target = words("Target", 120, missing="Isi target.", hint="Angka dan satuan. Contoh: 95 persen")
    baseline = words("Baseline", 120, hint="Keadaan terakhir. Contoh: 88 persen pada 2025")
    method = words("Metode perhitungan", 1000, rows=2)
    source = words("Sumber data", 200)


class BaseIndicatorRows(BaseFormSet):
    """Rows left empty are nobody's indicator; a draft may have none."""

    def initial_form_count(self):
        return 0

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.required:
                said = field.error_messages["required"].rstrip(".")
                field.error_messages["required"] = f"{said} untuk indikator {index + 1}."

    def clean(self):
        total = self.management_form.cleaned_data["TOTAL_FORMS"]
        if total < 0 or f"{self.add_prefix(total)}-statement" in self.data:
            raise forms.ValidationError(UNREADABLE_ROWS)

    def rows(self):
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def indicator_rows(data=None, *, rows=()):
    factory = formset_factory(
        GoalIndicatorForm,
        formset=BaseIndicatorRows,
        extra=max(len(rows), 1),
        max_num=MOST_INDICATORS,
        absolute_max=MOST_INDICATORS,
    )
    messages = {
        "missing_management_form": UNREADABLE_ROWS,
        "too_many_forms": f"Isi paling banyak {MOST_INDICATORS} indikator.",
    }
    initial = None if data is not None else list(rows)
    return factory(data, initial=initial, prefix=PREFIX, error_messages=messages)


def typed_rows(data):
    """The rows as they were typed, right or wrong, so that one can come or go without losing any."""
    count = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    total = (
        min(int(count), MOST_INDICATORS) if count.isascii() and count.isdecimal() and len(count) < 6 else 0
    )
    names = GoalIndicatorForm.base_fields
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in names} for row in range(total)]


class BudgetForm(forms.Form):
    name = words("Program atau kegiatan", 200, missing="Isi program atau kegiatan.")
    amount = RupiahField(label="Anggaran (rupiah)", help_text="Contoh: 1.250.000.000")
    version = version_field()


class ProgrammeForm(forms.Form):
    name = words("Nama program prioritas", 200, missing="Isi nama program prioritas.", rows=2)
    is_confirmed = forms.BooleanField(
        label="Nama ini sudah dipastikan",
        required=False,
        help_text="Centang setelah nama dicocokkan dengan dokumen resmi, misalnya RPJMD.",
    )
    version = version_field()


class ReasonForm(forms.Form):
    reason = words("Alasan", 2000, missing="Tulis alasannya.", rows=4, hint="Tersimpan di jejak audit.")


class PaperForm(forms.Form):
    signed_on = forms.DateField(
        label="Tanggal penandatanganan",
        help_text="Tanggal pada naskah. Contoh: 15-01-2026",
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": "Isi tanggal penandatanganan.",
            "invalid": "Tulis tanggal seperti 15-01-2026.",
        },
    )


def shortened(text, length):
    """`text` cut at a word so that a list of choices stays readable."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def year_asked(data, default):
    """The year in an address or a form; `default` when it is none of this century."""
    text = data.get("tahun", "")
    is_year = text.isascii() and text.isdecimal() and len(text) == 4 and text.startswith("20")
    return int(text) if is_year else default
