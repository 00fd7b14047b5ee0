"""What the browser may send about strategies and matrices."""

from django import forms

from agencies.access.lookups import LookupField
from ambon_kinerja.widgets import RadiosWithHints
from appraisal.goals.forms import version_field, words
from appraisal.goals.rupiah import RupiahField

from .actions.initiatives import FIELDS, PARTS
from .guidance import HINTS, QUESTIONS
from .models import InitiativeLine, StrategicInitiative

MOST_LINES = 12
LONGEST_ROLE = 500


class LinesField(forms.CharField):
    """One text a line; cleans to a list without empty lines."""

    def __init__(self, *, most=MOST_LINES, longest=LONGEST_ROLE, rows=4, **options):
        self.most, self.longest = most, longest
        options.setdefault("required", False)
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}), max_length=most * (longest + 2), **options
        )
        self.error_messages["max_length"] = f"{self.label}: paling banyak {most * longest} huruf."

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(f"{self.label}: tulis paling banyak {self.most} baris.")
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(f"{self.label}: satu baris paling banyak {self.longest} huruf.")
        return lines


class InitiativeForm(forms.Form):
    title = words("Judul inisiatif strategi", 300, missing="Isi judul inisiatif strategi.", rows=2)
    indicators = forms.MultipleChoiceField(
        label="Indikator yang diintervensi",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih sedikitnya satu indikator.",
            "invalid_choice": "Pilih indikator dari SKP Anda.",
        },
    )
    owner = words(
        "Pemilik strategi", 160, missing="Isi pemilik strategi.", hint="Jabatan yang bertanggung jawab."
    )
    parties = words("Pihak yang terlibat", 500, rows=2)
    deadline = words(
        "Waktu penyelesaian", 120, missing="Isi waktu penyelesaian.", hint="Contoh: 12 bulan, atau Juni 2026"
    )
    beneficiaries = words("Penerima manfaat", 500, rows=2)
    purpose = words("Tujuan", 1000, missing="Isi tujuan.", rows=2)
    budget = RupiahField(label="Anggaran (rupiah)", required=False, help_text="Kosongkan jika tidak ada.")
    method = forms.ChoiceField(
        label="Metode cascading",
        choices=StrategicInitiative.Method.choices,
        widget=RadiosWithHints(hints=HINTS),
        error_messages={
            "required": "Pilih metode cascading.",
            "invalid_choice": "Pilih metode cascading dari daftar.",
        },
    )
    version = version_field()

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = [
            (
                str(column.indicator.pk),
                f"{column.heading} ({column.target})" if column.target else column.heading,
            )
            for column in columns
            if column.indicator
        ]
        for questions in QUESTIONS.values():
            for name, question in questions:
                self.fields[name] = words(question, 1000, rows=2)
        for kind, nature in PARTS:
            label = f"{InitiativeLine.Kind(kind).label}, {InitiativeLine.Nature(nature).label.lower()}"
            self.fields[f"{kind}_{nature}"] = LinesField(
                label=label, help_text="Satu baris untuk satu butir."
            )

    def questions(self):
        """[(method in words, its fields)] for the guiding part of the page."""
        return [
            (StrategicInitiative.Method(method).label, [self[name] for name, _ in questions])
            for method, questions in QUESTIONS.items()
        ]

    def parts(self):
        return [self[f"{kind}_{nature}"] for kind, nature in PARTS]

    def sent(self):
        """As `save_initiative` wants it."""
        data = self.cleaned_data
        return {
            "values": {name: data[name] for name in FIELDS},
            "indicators": [int(key) for key in data["indicators"]],
            "lines": {part: data["_".join(part)] for part in PARTS},
            "answers": {name: data[name] for questions in QUESTIONS.values() for name, _ in questions},
        }


class RowForm(forms.Form):
    """What one person is to bring about: a field for each column, one role a line."""

    is_team_lead = forms.BooleanField(
        label="Ketua tim",
        required=False,
        help_text="Ketua tim membagi perannya lagi kepada anggota tim dalam matriks tingkat kedua.",
    )
    version = version_field()

    def __init__(self, *args, columns, is_second_level=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_second_level:
            del self.fields["is_team_lead"]
        self.columns = columns
        for number, column in enumerate(columns, start=1):
            self.fields[f"peran-{column.key}"] = LinesField(
                label=f"{number}. {column.heading}",
                most=8,
                rows=3,
                help_text=f"Target: {column.target}" if column.target else "",
            )

    def cells(self):
        return [self[f"peran-{column.key}"] for column in self.columns]

    def roles(self):
        return {column.key: self.cleaned_data[f"peran-{column.key}"] for column in self.columns}


class PersonForm(forms.Form):
    person = LookupField(
        label="Pegawai",
        required=True,
        help_text="Tulis nama, lalu pilih.",
        error_messages={"required": "Isi nama pegawai."},
    )

    def __init__(self, *args, find, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].find = find


class ConsentForm(forms.Form):
    decision = forms.ChoiceField(
        label="Keputusan Anda",
        choices=(("setuju", "Setuju"), ("tolak", "Tidak setuju")),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih keputusan Anda."),
    )
    reason = words("Alasan", 1000, rows=3, hint="Wajib jika Anda tidak setuju.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "tolak" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Tulis alasan menolak.")
        return cleaned
