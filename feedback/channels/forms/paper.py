"""What may be sent about a pile of paper: its frame, its numbers, the typed digits, what stands on the paper."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from agencies.careers.forms.days import DayField
from ambon_kinerja.widgets import ShortText

from ..actions.keying import Typed
from ..models.paper import LONGEST_DAYS, MOST_SHEETS
from .kiosks import PlaceForm

OLDEST = timedelta(days=366)


class BatchForm(PlaceForm):
    first_day = DayField(label="Hari layanan pertama", missing="Isi hari layanan pertama.")
    last_day = DayField(
        label="Hari layanan terakhir",
        missing="Isi hari layanan terakhir.",
        help_text="Paling lama 31 hari. Bila lebih dari sehari, tanggal setiap lembar ikut diketik.",
    )
    sheets = forms.IntegerField(
        label="Jumlah lembar",
        min_value=1,
        max_value=MOST_SHEETS,
        widget=ShortText(mode="numeric"),
        help_text="Beri setiap lembar nomor urut 1, 2, 3, dan seterusnya sebelum diketik.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Isi jumlah lembar antara 1 dan {MOST_SHEETS}.",
        ),
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=120,
        required=False,
        help_text="Tempat menyimpan lembarnya. Contoh: Map biru, lemari 2.",
        error_messages={"max_length": "Keterangan paling banyak 120 huruf."},
    )

    def clean(self):
        cleaned = super().clean()
        first, last, today = cleaned.get("first_day"), cleaned.get("last_day"), timezone.localdate()
        if first and first < today - OLDEST:
            self.add_error("first_day", "Hari layanan paling lama satu tahun yang lalu.")
        if last and last > today:
            self.add_error("last_day", "Hari layanan tidak boleh di masa depan.")
        elif first and last and last < first:
            self.add_error("last_day", "Hari terakhir mendahului hari pertama.")
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_day", "Satu kumpulan memuat paling banyak 31 hari. Pisahkan lembarnya.")
        return cleaned


class NumbersForm(forms.Form):
    """For each number on the paper the element it asks about."""

    def __init__(self, *args, numbers, labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = sorted(numbers)
        for number in self.numbers:
            self.fields[f"n{number}"] = forms.ChoiceField(
                label=f"Nomor {number} di kertas",
                choices=list(labels.items()),
                initial=numbers[number],
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih unsur dari daftar."),
            )

    def clean(self):
        cleaned = super().clean()
        seen = {}
        for number in self.numbers:
            element = cleaned.get(f"n{number}")
            if element in seen:
                self.add_error(f"n{number}", f"Unsur ini sudah dipakai nomor {seen[element]}.")
            elif element:
                seen[element] = number
        return cleaned

    @property
    def chosen(self):
        return {number: self.cleaned_data[f"n{number}"] for number in self.numbers}


class SheetRow:
    """One sheet in the grid: what was typed, as it was typed, and what is wrong with it."""

    def __init__(self, number, columns, *, data=None, keying=None):
        self.number, self.columns = number, columns
        self.errors = {}
        self.stored = None  # set when somebody wrote meanwhile: what is stored now
        if data is None:
            self.typed = {key: str(digit) for key, digit in (keying.keyed if keying else {}).items()}
            self.is_blank = bool(keying and keying.is_blank)
            self.version = keying.version if keying else 0
        else:
            self.typed = {column.key: text_of(data, f"s{number}-{column.key}") for column in columns}
            self.is_blank = bool(text_of(data, f"s{number}-kosong"))
            self.version = version_of(text_of(data, f"s{number}-versi"))

    @property
    def cells(self):
        return [
            {
                "column": column,
                "name": f"s{self.number}-{column.key}",
                "text": self.typed.get(column.key, ""),
                "is_wrong": column.key in self.errors,
            }
            for column in self.columns
        ]

    @property
    def is_untouched(self):
        return not self.is_blank and not any(self.typed.values())

    @property
    def fault(self):
        return " ".join(self.errors.values())

    def read(self):
        """A Typed, or None when something is wrong; then `errors` says what."""
        keyed = {}
        for column in self.columns:
            text = self.typed[column.key].strip()
            if not text:
                continue
            if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) in column.digits):
                self.errors[column.key] = (
                    f"Lembar {self.number}, {column.mark}: isi {column.advice}, atau kosongkan."
                )
                continue
            keyed[column.key] = int(text)
        if self.is_blank and keyed:
            self.errors["kosong"] = f"Lembar {self.number}: ditandai kosong, tetapi ada isinya."
        if self.errors:
            return None
        return Typed(number=self.number, keyed=keyed, is_blank=self.is_blank, version=self.version)


def text_of(data, name):
    """What was sent under this name, at most a few signs of it: nobody types more into a cell."""
    return data.get(name, "")[:12]


def version_of(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


EMPTY = "kosong"


class MismatchForm(forms.Form):
    """What a third look found for each difference on the page; one that was not looked at stays open."""

    def __init__(self, *args, mismatches, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.mismatches = mismatches
        for each in mismatches:
            column = columns[each.column]
            initial = (
                "" if each.resolved_at is None else EMPTY if each.on_paper is None else str(each.on_paper)
            )
            label = f"Lembar {each.sheet.number}, {column.mark} ({column.label}): nilai di kertas"
            self.fields[f"b{each.pk}"] = forms.ChoiceField(
                label=label,
                widget=forms.Select(attrs={"aria-label": label}),
                choices=[
                    ("", "Pilih"),
                    *(
                        (str(digit), f"{digit}" if words == str(digit) else f"{digit} – {words}")
                        for digit, words in column.choices
                    ),
                    (EMPTY, "Kosong di kertas"),
                ],
                required=False,
                initial=initial,
                error_messages={"invalid_choice": f"Lembar {each.sheet.number}: pilih nilai dari daftar."},
            )

    @property
    def found(self):
        """{mismatch pk: (digit or None, was open when the page was made)} of those that were looked at."""
        return {
            each.pk: (None if text == EMPTY else int(text), self.data.get(f"t{each.pk}", "") == "")
            for each in self.mismatches
            if (text := self.cleaned_data[f"b{each.pk}"])
        }
