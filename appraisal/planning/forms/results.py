"""What the browser may send about a plan."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BaseFormSet, formset_factory

from agencies.access.lookups import LookupField, person_finder
from agencies.people.models import Employee
from ambon_kinerja.widgets import RadiosWithHints, ShortText
from appraisal.goals.models import Goal

from ..checks.wording import is_a_score
from ..fields import AspectsField, IndonesianDecimalField
from ..models import Indicator, WorkResult
from ..models.results import Control

MOST_INDICATORS = 10
PREFIX = "indikator"
UNREADABLE_ROWS = "Baris indikator tidak terbaca. Muat ulang halaman ini."


class SuperiorResultField(forms.ModelChoiceField):
    """Choices read as "result — whose"."""

    def label_from_instance(self, result):
        return f"{shortened(result.statement, 110)} — {result.skp.employee.name}"


class GoalField(forms.ModelChoiceField):
    def label_from_instance(self, goal):
        return shortened(goal.statement, 140)


class ResultForm(forms.Form):
    """One result; the goals of an agreement are offered only to who leads the unit it is for."""

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
    goal = GoalField(
        queryset=Goal.objects.none(),
        required=False,
        label="Sasaran Perjanjian Kinerja",
        empty_label="Bukan sasaran Perjanjian Kinerja",
        help_text="Sasaran unit Anda yang dicapai dengan hasil ini. Setiap sasaran harus didukung hasil utama.",
        error_messages={"invalid_choice": "Pilih sasaran dari daftar."},
    )
    parent = SuperiorResultField(
        queryset=WorkResult.objects.none(),
        required=False,
        label="Rencana hasil kerja pimpinan yang diintervensi",
        empty_label="Menunggu hasil kerja pimpinan",
        help_text="Hasil kerja atasan yang Anda dukung.",
        error_messages={"invalid_choice": "Pilih hasil kerja pimpinan dari daftar."},
    )
    origin = forms.ChoiceField(
        label="Berasal dari",
        choices=[("", "Tidak disebut"), *WorkResult.Origin.choices],
        required=False,
        error_messages={"invalid_choice": "Pilih asal hasil kerja dari daftar."},
    )
    control = forms.ChoiceField(
        label="Kualitas dan tingkat kendali",
        choices=[("", "Tidak disebut"), *Control.choices],
        required=False,
        help_text="Seberapa jauh hasil ini bergantung pada Anda sendiri. Kendali tinggi: hampir seluruhnya.",
        error_messages={"invalid_choice": "Pilih tingkat kendali dari daftar."},
    )
    assigned_by = forms.CharField(
        label="Penugasan dari",
        max_length=160,
        required=False,
        help_text="Jabatan pimpinan atau tim yang memberi tugas, jika bukan pejabat penilai.",
        error_messages={"max_length": "Penugasan dari paling banyak 160 huruf."},
    )
    assigner = LookupField(
        label="Nama pimpinan pemberi tugas",
        required=False,
        help_text="Tulis namanya, tekan Cari, lalu pilih. Kosongkan jika pejabat penilai Anda sendiri.",
        nothing="Tidak ada pegawai dengan nama itu. Coba satu kata saja, atau kosongkan.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, *args, superior_results, goals=None, people=None, for_leader=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = superior_results
        if goals is None:
            del self.fields["goal"]
        else:
            self.fields["goal"].queryset = goals
        if for_leader:  # page 28: a leader answers for outcomes, not for what is wholly in his own hands
            self.fields["control"].choices = [("", "Tidak disebut"), *Control.choices[:3]]
        known = Employee.objects.none() if people is None else people
        self.fields["assigner"].find = person_finder(known, with_nip=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("origin") == WorkResult.Origin.ACTING and cleaned.get("kind") == "additional":
            self.add_error("kind", "Penugasan sebagai Plt. atau Plh. selalu hasil kerja utama.")
        return cleaned

    def search_only(self):
        """Nothing is judged yet: what was typed stays, and people are looked for by the name that was typed."""
        self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
        field = self.fields["assigner"]
        if not field.show(self["assigner"].data):
            self.add_error("assigner", field.nothing)


class IndicatorForm(forms.Form):
    """One indicator as the plan's format wants it.

    Staff name aspects, leaders a perspective. A quantitative one has a number with its unit or a target in words;
    in a qualitative one the target is part of the narrative.
    """

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)
    statement = forms.CharField(
        label="Indikator kinerja individu",
        max_length=300,
        help_text="Apa yang diukur. Contoh: Persentase ibu hamil yang diperiksa sesuai prosedur.",
        error_messages={
            "required": "Isi apa yang diukur.",
            "max_length": "Indikator paling banyak 300 huruf.",
        },
    )
    aspect = AspectsField(
        label="Aspek",
        choices=Indicator.Aspect.choices,
        help_text="Boleh lebih dari satu.",
        error_messages={"required": "Pilih aspek.", "invalid_choice": "Pilih aspek dari daftar."},
    )
    perspective = forms.ChoiceField(
        label="Perspektif",
        choices=[("", "Pilih perspektif"), *Indicator.Perspective.choices],
        help_text="Perspektif Anggaran harus ada pada sedikitnya satu indikator.",
        error_messages={"required": "Pilih perspektif.", "invalid_choice": "Pilih perspektif dari daftar."},
    )
    direction = forms.ChoiceField(
        label="Arah target",
        choices=Indicator.Direction.choices,
        required=False,
        widget=RadiosWithHints(
            hints={
                "higher": "Misalnya jumlah yang terlayani.",
                "lower": "Misalnya jumlah komplain.",
                "range": "Misalnya penyerapan anggaran 90 sampai 100 persen.",
            }
        ),
        error_messages={"invalid_choice": "Pilih arah target."},
    )
    target_low = IndonesianDecimalField(
        label="Target", required=False, help_text="Untuk rentang, isi batas bawah. Contoh: 1.234,5"
    )
    target_high = IndonesianDecimalField(
        label="Batas atas", required=False, help_text="Hanya untuk target dalam rentang."
    )
    unit = forms.CharField(
        label="Satuan",
        max_length=120,
        required=False,
        widget=ShortText,
        help_text="Contoh: orang, persen, dokumen",
        error_messages={"max_length": "Satuan paling banyak 120 huruf."},
    )
    target_text = forms.CharField(
        label="Atau target dalam kata-kata",
        max_length=200,
        required=False,
        help_text="Hanya bila target bukan angka. Contoh: Peraturan ditetapkan sebelum 30 Juni.",
        error_messages={"max_length": "Target dalam kata-kata paling banyak 200 huruf."},
    )
    NUMERIC = ("direction", "target_low", "target_high", "unit", "target_text")
    number = 1

    def __init__(self, *args, for_leader=False, is_qualitative=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("direction", "target_low", "unit"):
            self.fields[name].due_later = True
        del self.fields["aspect" if for_leader or is_qualitative else "perspective"]
        if is_qualitative:
            if not for_leader:
                self.fields.pop("perspective", None)
            self.narrate()

    def narrate(self):
        for name in self.NUMERIC:
            del self.fields[name]
        statement = self.fields["statement"]
        statement.label = "Ukuran keberhasilan dan target"
        statement.widget = forms.Textarea(attrs={"rows": 3})
        statement.max_length = 1000
        statement.validators = [MaxLengthValidator(1000, "Indikator paling banyak 1.000 huruf.")]
        statement.help_text = (
            "Satu kalimat yang memuat ukuran dan targetnya. Contoh: Paling sedikit 95% ibu hamil yang datang"
            " diperiksa sesuai prosedur sampai Desember."
        )

    def has_changed(self):
        return bool(set(self.changed_data) - {"pk"})

    def clean(self):
        cleaned = super().clean()
        if "target_low" not in self.fields or {"target_low", "target_high"} & set(self.errors):
            return cleaned
        low, high, direction = (cleaned.get(name) for name in ("target_low", "target_high", "direction"))
        if low is None:
            self.check_words(cleaned, high)
        elif cleaned.get("target_text"):
            self.add_error("target_text", "Pilih salah satu: target angka atau target dalam kata-kata.")
        else:
            self.check_number(low, high, direction, cleaned.get("unit"), cleaned.get("statement", ""))
        return cleaned

    def check_words(self, cleaned, high):
        if high is not None or not cleaned.get("target_text"):
            if "target_text" not in self.errors:
                self.add_error("target_low", f"Isi target untuk indikator {self.number}.")
            return
        cleaned |= {"direction": Indicator.Direction.HIGHER, "unit": ""}

    def check_number(self, low, high, direction, unit, statement):
        if not unit and "unit" not in self.errors and not is_a_score(statement):
            self.add_error("unit", f"Isi satuan untuk indikator {self.number}.")
        if not direction:
            if "direction" not in self.errors:
                self.add_error("direction", f"Pilih arah target untuk indikator {self.number}.")
        elif direction == Indicator.Direction.RANGE:
            self.check_range(low, high)
        elif high is not None:
            self.add_error("target_high", "Kosongkan batas atas, atau pilih “Dalam rentang”.")
        elif low == 0:
            self.add_error(
                "target_low",
                "Isi target lebih dari 0. Untuk target nol, pilih “Dalam rentang” dengan batas bawah 0.",
            )

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
        form.number = index + 1
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


def format_of(skp):
    """What decides which fields an indicator of this plan has."""
    return {"for_leader": skp.is_for_leader, "is_qualitative": skp.is_qualitative}


def indicator_formset(data=None, *, rows=(), **form):
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
        data,
        initial=None if data is not None else list(rows),
        prefix=PREFIX,
        error_messages=messages,
        form_kwargs=form,
    )


def typed_rows(data):
    """The indicator rows as they were typed, right or wrong, so that a row can come or go without losing any."""
    count = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    total = (
        min(int(count), MOST_INDICATORS) if count.isascii() and count.isdecimal() and len(count) < 6 else 0
    )
    return [
        {name: sent_value(data, f"{PREFIX}-{row}-{name}") for name in IndicatorForm.base_fields}
        for row in range(total)
    ]


def sent_value(data, name):
    """Several ticked aspects are one value, joined as they are stored."""
    values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
    return "+".join(values)


def shortened(text, length):
    """`text` cut at a word so that a list of choices stays readable."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
