"""What the personnel office enters: initial credit, particulars, past results, potentials, rewards."""

import re
from decimal import Decimal

from django import forms
from django.utils import timezone

from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import RecordForm
from ambon_kinerja.widgets import RadiosWithHints, ShortText
from appraisal.rulebook.outcome_rules import LEVELS, POTENTIAL
from appraisal.scoring.matrix import Predikat, Rating

from ..credit import predikat_code
from ..models import RewardProposal

PICK = "Pilih satu jawaban."
MOST_CREDIT = Decimal("9999.99")


def short_field(label, longest, *, missing="", **options):
    errors = {"required": missing, "max_length": f"{label}: paling banyak {longest} huruf."}
    return forms.CharField(
        label=label, max_length=longest, required=bool(missing), error_messages=errors, **options
    )


def words_field(label, longest=500, *, missing="Tulis alasannya.", **options):
    widget = forms.Textarea(attrs={"rows": 3})
    errors = {"required": missing, "max_length": f"Paling banyak {longest} huruf."}
    return forms.CharField(label=label, max_length=longest, widget=widget, error_messages=errors, **options)


class CreditField(forms.CharField):
    """Typed as "48,75" or "48.75"."""

    def __init__(self, **options):
        super().__init__(max_length=12, widget=ShortText(mode="decimal"), **options)

    def prepare_value(self, value):
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value

    def clean(self, value):
        text = super().clean(value).replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", text):
            raise forms.ValidationError(
                "Tulis bilangan seperti 48,75; paling banyak dua angka di belakang koma."
            )
        return Decimal(text)


class BalanceForm(RecordForm):
    level = forms.ChoiceField(
        label="Jenjang", choices=LEVELS, error_messages=dict.fromkeys(("required", "invalid_choice"), PICK)
    )
    amount = CreditField(label="Angka kredit", error_messages={"required": "Isi angka kreditnya."})
    as_of = DayField(label="Dihitung sampai dengan", missing="Isi tanggalnya.")
    decree = short_field("Nomor keputusan", 80, missing="Isi nomor keputusan.")
    decree_date = DayField(label="Tanggal keputusan", missing="Isi tanggal keputusan.")
    note = short_field(
        "Keterangan", 300, help_text="Boleh kosong. Contoh: integrasi angka kredit konvensional."
    )

    def clean_as_of(self):
        return not_in_future(self.cleaned_data["as_of"])

    def clean_decree_date(self):
        return not_in_future(self.cleaned_data["decree_date"])


def not_in_future(day):
    if day > timezone.localdate():
        raise forms.ValidationError("Tanggal ini belum tiba.")
    return day


class ParticularsForm(RecordForm):
    card_number = short_field("Nomor seri Karpeg", 30)
    birth_place = short_field("Tempat lahir", 80)
    education = short_field("Pendidikan tertinggi", 120, help_text="Contoh: D-IV Kebidanan.")
    rank_since = DayField(label="Pangkat terhitung mulai tanggal", required=False)
    service_years = forms.IntegerField(
        label="Masa kerja golongan: tahun",
        required=False,
        min_value=0,
        max_value=50,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Isi 0 sampai 50 tahun."),
    )
    service_months = forms.IntegerField(
        label="Masa kerja golongan: bulan",
        required=False,
        min_value=0,
        max_value=11,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Isi 0 sampai 11 bulan."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def carry(self, version):
        """The form then speaks of the recorded version, so that a second press can win."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)


class AssessmentForm(RecordForm):
    until = DayField(label="Dihitung sampai dengan", missing="Isi tanggalnya.")

    def clean_until(self):
        return not_in_future(self.cleaned_data["until"])


def rating_field(label):
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "Tidak diketahui"), *Rating.choices],
        error_messages={"invalid_choice": PICK},
    )


SOURCE_HELP = "Contoh: e-Kinerja BKN, atau dokumen evaluasi di kertas."


class PastResultForm(RecordForm):
    year = forms.IntegerField(
        label="Tahun",
        min_value=2014,
        max_value=2099,
        widget=ShortText(mode="numeric"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Isi tahun mulai 2014."
        ),
    )
    predikat = forms.ChoiceField(
        label="Predikat",
        choices=Predikat.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), PICK),
    )
    work_rating = rating_field("Rating hasil kerja")
    behaviour_rating = rating_field("Rating perilaku kerja")
    source = short_field("Sumber", 120, missing="Isi sumbernya.", help_text=SOURCE_HELP)
    document = short_field("Nomor dokumen", 80, help_text="Boleh kosong.")

    def clean_year(self):
        return past_year(self.cleaned_data["year"])


def past_year(year):
    if year >= timezone.localdate().year:
        raise forms.ValidationError("Hanya tahun yang sudah lewat.")
    return year


class PastResultsForm(RecordForm):
    """Many at once, pasted from a spreadsheet: one line a person. Cleans `rows` to [(line, nip, year, predikat)]."""

    MOST = 200
    source = short_field("Sumber", 120, missing="Isi sumbernya.", help_text=SOURCE_HELP)
    document = short_field("Nomor dokumen", 80, help_text="Boleh kosong.")
    rows = forms.CharField(
        label="Baris",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Satu baris satu pegawai: NIP, tahun, predikat. Tempel tiga kolom dari Excel, atau pisahkan dengan"
        " titik koma.",
        error_messages={
            "required": "Tempel sedikitnya satu baris.",
            "max_length": "Terlalu banyak sekaligus.",
        },
    )

    def clean_rows(self):
        lines = [line for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise forms.ValidationError(f"Paling banyak {self.MOST} baris sekaligus.")
        found, wrong, seen = [], [], set()
        for number, line in enumerate(lines, start=1):
            try:
                row = row_of(line)
                if row[:2] in seen:
                    raise forms.ValidationError("NIP dan tahun ini sudah ada di baris lain.")
            except forms.ValidationError as fault:
                wrong.append(f"Baris {number}: {fault.messages[0]}")
            else:
                seen.add(row[:2])
                found.append(row)
        if wrong:
            more = [f"… dan {len(wrong) - 10} baris lain."] if len(wrong) > 10 else []
            raise forms.ValidationError(wrong[:10] + more)
        return found


def row_of(line):
    """(nip, year, predikat code)."""
    cells = [cell.strip().strip('"').strip("'") for cell in re.split(r"[\t;]", line)]
    if len(cells) != 3:
        raise forms.ValidationError("isi tiga kolom: NIP, tahun, predikat.")
    nip = "".join(cells[0].split())
    if not re.fullmatch(r"[0-9]{18}", nip):
        raise forms.ValidationError("NIP harus 18 angka.")
    if not re.fullmatch(r"20[0-9]{2}", cells[1]) or int(cells[1]) < 2014:
        raise forms.ValidationError("tahun ditulis seperti 2024, mulai 2014.")
    try:
        predikat = predikat_code(cells[2])
    except ValueError as fault:
        raise forms.ValidationError(str(fault)) from None
    return nip, past_year(int(cells[1])), predikat


class PotentialForm(RecordForm):
    potential = forms.ChoiceField(
        label="Potensial",
        choices=POTENTIAL,
        widget=RadiosWithHints(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), PICK),
    )
    source = short_field("Lembaga asesmen", 120, missing="Isi lembaga asesmennya.")
    document = short_field("Nomor laporan", 80, help_text="Boleh kosong.")
    assessed_on = DayField(label="Tanggal asesmen", missing="Isi tanggal asesmen.")

    def clean_assessed_on(self):
        return not_in_future(self.cleaned_data["assessed_on"])


class RewardForm(RecordForm):
    kind = forms.ChoiceField(
        label="Bentuk penghargaan",
        choices=RewardProposal.Kind.choices,
        widget=RadiosWithHints(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), PICK),
    )
    reason = words_field("Alasan", help_text="Dibaca Pejabat Pembina Kepegawaian yang memutuskan.")


class ReasonForm(RecordForm):
    reason = words_field("Alasan", 300)


class NoteForm(RecordForm):
    note = words_field("Kesimpulan", missing="Tulis kesimpulannya.")
