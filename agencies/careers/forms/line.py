"""What the browser may send about the appraiser of an employee."""

from django import forms

from agencies.access.lookups import LookupField, SearchField
from agencies.people.models import AppraiserException
from agencies.people.orphans import Fault
from ambon_kinerja.widgets import RadiosWithHints

from .days import DayField
from .recording import RecordForm, TermMixin

Kind = AppraiserException.Kind


class ExceptionForm(TermMixin, RecordForm):
    """Who appraises instead of whom the posts name: for one employee or for all whose line reaches a post."""

    places = {"end": "last_day"}

    kind = forms.ChoiceField(
        label="Dasar",
        widget=RadiosWithHints(
            hints={
                "delegated": "Atasan mendelegasikan penilaian kepada orang lain.",
                "functional_head": "Misalnya guru yang menjadi kepala sekolah.",
                "unable": "Jabatan ini dilewati; penilaian naik ke atasannya, kecuali Anda memilih orang lain.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih dasarnya."),
    )
    appraiser = LookupField(
        label="Yang menilai",
        required=False,
        help_text="Tulis nama atau angka akhir NIP, lalu pilih.",
        error_messages={"required": "Isi yang menilai."},
    )
    field_order = ["kind", "appraiser", "start", "last_day", "decree", "decree_date"]

    def __init__(self, *args, for_post, find_person, **kwargs):
        super().__init__(*args, **kwargs)
        self.for_post = for_post
        kinds = Kind.choices if for_post else [each for each in Kind.choices if each[0] != Kind.UNABLE]
        self.fields["kind"].choices = kinds
        self.fields["appraiser"].find = find_person
        if not for_post:
            self.fields["appraiser"].required = True

    def clean(self):
        cleaned = super().clean()
        kind, appraiser = cleaned.get("kind"), cleaned.get("appraiser")
        if kind and kind != Kind.UNABLE and appraiser is None and "appraiser" not in self.errors:
            self.add_error("appraiser", "Isi yang menilai.")
        return cleaned


class LineRequestForm(RecordForm):
    """What is wrong with the appraiser shown, and who it should be."""

    wrong = forms.CharField(
        label="Apa yang keliru?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Contoh: Saya pindah ke Seksi Pelayanan sejak Maret, tetapi masih tercatat di seksi lama.",
        error_messages={
            "required": "Tulis apa yang keliru.",
            "max_length": "Penjelasan paling banyak 2.000 huruf.",
        },
    )
    wanted = LookupField(
        label="Siapa seharusnya penilai Anda?",
        required=False,
        help_text="Tulis nama pejabatnya, lalu pilih. Kosongkan bila Anda tidak tahu.",
        nothing="Tidak ada pejabat dengan nama itu. Kosongkan bila Anda tidak tahu.",
    )
    since = DayField(label="Sejak kapan?", missing="Isi sejak kapan.")
    evidence = forms.CharField(
        label="Bukti",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nomor surat keputusan atau surat perintah, dan tanggalnya.",
        error_messages={"max_length": "Bukti paling banyak 2.000 huruf."},
    )

    def __init__(self, *args, find_leader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].find = find_leader


class AnswerForm(forms.Form):
    reason = forms.CharField(
        label="Jawaban Anda",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pegawai membaca jawaban ini.",
        error_messages={
            "required": "Tulis jawaban untuk pegawai.",
            "max_length": "Jawaban paling banyak 2.000 huruf.",
        },
    )


class PlacesForm(forms.Form):
    """Of which day and which units a report about the line is shown."""

    hari = forms.ChoiceField(label="Keadaan", required=False)
    unit = forms.TypedChoiceField(
        label="Unit",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Pilih unit dari daftar."},
    )

    def __init__(self, *args, days, units, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(unit.pk): unit for unit in units}
        self.fields["hari"].choices = days
        self.fields["unit"].choices = [
            ("", "Semua unit"),
            *((key, unit.name) for key, unit in by_key.items()),
        ]
        self.fields["unit"].coerce = by_key.get


class ReportForm(PlacesForm):
    """Which people without the right appraiser are shown."""

    sebab = forms.ChoiceField(
        label="Sebab",
        required=False,
        choices=[("", "Semua sebab"), *Fault.choices],
        error_messages={"invalid_choice": "Pilih sebab dari daftar."},
    )
    cari = SearchField("Nama")


class VacanciesForm(PlacesForm):
    """Which empty leading posts are shown."""

    keadaan = forms.ChoiceField(
        label="Pengisian",
        required=False,
        choices=[("", "Semua"), ("kosong", "Kosong"), ("sementara", "Diisi sementara")],
        error_messages={"invalid_choice": "Pilih pengisian dari daftar."},
    )
