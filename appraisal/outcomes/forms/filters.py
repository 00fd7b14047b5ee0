"""What a list is asked for: every part may be missing or nonsense, then the list shows what it shows by itself."""

from datetime import date

from django import forms
from django.utils import timezone

from agencies.access.forms import UnitField
from agencies.access.lookups import SearchField
from appraisal.cycle.calendar import MONTHS

from ..lists.rows import Asked

FIRST_YEAR, MONTHS_BACK = 2022, 12


def years_to_choose(today):
    return list(range(today.year, max(FIRST_YEAR, today.year - 6) - 1, -1))


def months_to_choose(today):
    """The first days of the last months, the newest that has ended first."""
    number = today.year * 12 + today.month - 1
    return [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(1, MONTHS_BACK + 1)]


def month_words(month):
    return f"{MONTHS[month.month - 1]} {month.year}"


class ListForm(forms.Form):
    """`each` is the list; `units` those the reader may choose."""

    tahun = forms.ChoiceField(label="Tahun terakhir", required=False)
    bulan = forms.ChoiceField(label="Bulan", required=False)
    kotak = forms.ChoiceField(label="Kotak", required=False)
    keadaan = forms.ChoiceField(label="Keadaan", required=False)
    unit = UnitField(label="Unit", required=False, empty_label="Semua unit")
    cari = SearchField("Nama atau angka akhir NIP")
    parts = {
        "year": "tahun",
        "month": "bulan",
        "box": "kotak",
        "state": "keadaan",
        "unit": "unit",
        "text": "cari",
    }

    def __init__(self, data, *, each, units):
        super().__init__(data)
        self.each, self.today = each, timezone.localdate()
        for part, name in self.parts.items():
            if part not in each.needs:
                del self.fields[name]
        if "year" in each.needs and not each.looks_back:
            self.fields["tahun"].label = "Tahun"
        self.offer("tahun", [(str(year), str(year)) for year in years_to_choose(self.today)])
        self.offer(
            "bulan", [(f"{month:%Y-%m}", month_words(month)) for month in months_to_choose(self.today)]
        )
        self.offer("kotak", [("", "Semua"), *((str(box), f"Kotak {box}") for box in range(9, 0, -1))])
        self.offer("keadaan", [("semua", "Semua"), *each.states])
        if "unit" in self.fields:
            self.fields["unit"].offer(units)
        self.initial = {
            "tahun": str(self.usual_year()),
            "keadaan": each.default_state or "semua",
            "bulan": f"{months_to_choose(self.today)[0]:%Y-%m}",
        }
        self.data = self.initial | {name: value for name, value in (data or {}).items() if value}

    def offer(self, name, choices):
        if name in self.fields:
            self.fields[name].choices = choices
            self.fields[name].error_messages["invalid_choice"] = "Pilih satu dari daftar."

    def usual_year(self):
        """Results below Baik are of this year; what asks for a whole year looks back."""
        return self.today.year if self.each.word == "pembinaan" else self.today.year - 1

    def asked(self):
        self.is_valid()
        wanted = self.cleaned_data
        month = wanted.get("bulan") or self.initial["bulan"]
        state = wanted.get("keadaan", "")
        return Asked(
            year=int(wanted.get("tahun") or self.initial["tahun"]),
            month=date.fromisoformat(f"{month}-01") if "month" in self.each.needs else None,
            unit=wanted.get("unit"),
            state="" if state == "semua" else state,
            text=wanted.get("cari") or "",
            box=int(wanted.get("kotak") or 0),
        )

    @property
    def is_filtered(self):
        usual = self.initial | {"kotak": "", "unit": "", "cari": ""}
        return any(str(self.data.get(name) or "") != str(usual.get(name) or "") for name in self.fields)
