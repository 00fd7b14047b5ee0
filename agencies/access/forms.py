"""What the browser may ask of the pages about employees, rights and accounts."""

from django import forms
from django.utils import timezone

from agencies.people.models import User
from ambon_kinerja.widgets import DayInput, RadiosWithHints

from .lookups import LookupField, SearchField, account_finder, is_key
from .roles import SENTENCES, Role

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]


class UnitField(forms.TypedChoiceField):
    """One of the units that `offer` names, as a Unit; the list reads as a tree."""

    def __init__(self, *, empty_label, **options):
        messages = dict.fromkeys(("required", "invalid_choice"), "Pilih unit dari daftar.")
        super().__init__(empty_value=None, error_messages=messages, **options)
        self.empty_label = empty_label

    def offer(self, units):
        by_key = {str(unit.pk): unit for unit in units}
        self.choices = [("", self.empty_label), *((key, indented(unit)) for key, unit in by_key.items())]
        self.coerce = by_key.get


def day_field(label, *, missing="", **options):
    messages = {"required": missing, "invalid": "Isi tanggal seperti 31-12-2026."}
    return forms.DateField(
        label=label, input_formats=DAY_FORMATS, widget=DayInput(), error_messages=messages, **options
    )


def reason_field(label, **options):
    messages = {"required": f"Isi {label.lower()}.", "max_length": f"{label} paling panjang 500 tanda."}
    return forms.CharField(
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=messages,
        **options,
    )


def not_before_today(day):
    if day < timezone.localdate():
        raise forms.ValidationError("Isi hari ini atau hari sesudahnya.")
    return day


def refuse_reversed_days(form, cleaned):
    first, last = cleaned.get("mulai"), cleaned.get("sampai")
    if first and last and last < first:
        form.add_error("sampai", "Hari terakhir tidak boleh sebelum hari pertama.")


class DirectoryForm(forms.Form):
    """`units` are the Units the user may filter by, in the order of the tree."""

    cari = SearchField("Nama atau angka akhir NIP")
    unit = UnitField(label="Unit", required=False, empty_label="Semua unit")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)


def indented(unit):
    """The name, moved in by its depth below the agency, so that the list reads as a tree."""
    return "\u2003" * max(0, unit.path.count("/") - 2) + unit.name


class DayForm(forms.Form):
    tanggal = forms.DateField(
        label="Tampilkan keadaan pada tanggal",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": "Isi tanggal seperti 31-12-2026."},
    )


class RightsFilterForm(forms.Form):
    """Which rights to list; `units` as in DirectoryForm."""

    cari = SearchField("Nama atau surel")
    peran = forms.ChoiceField(
        label="Peran",
        required=False,
        choices=[("", "Semua peran"), *Role.choices],
        error_messages={"invalid_choice": "Pilih peran dari daftar."},
    )
    unit = UnitField(label="Unit", required=False, empty_label="Semua unit")
    tanggal = forms.DateField(
        label="Berlaku pada tanggal",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": "Isi tanggal seperti 31-12-2026."},
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)


class RoleProposalForm(forms.Form):
    """A right for somebody else: `accounts` are Users who may be given it, `chosen` the key of one, `units` where."""

    akun = LookupField(
        label="Pemilik akun",
        help_text="Tulis nama, surel, atau angka akhir NIP, tekan “Cari”, lalu pilih.",
        nothing="Tidak ada akun aktif dengan nama, surel, atau NIP itu.",
        error_messages={"required": "Tulis nama, surel, atau NIP pemilik akun."},
    )
    peran = forms.ChoiceField(
        label="Peran",
        choices=Role.choices,
        widget=RadiosWithHints(hints={role.value: words for role, words in SENTENCES.items()}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih peran."),
    )
    unit = UnitField(
        label="Untuk unit",
        empty_label="Pilih unit",
        help_text="Peran berlaku di unit ini dan semua unit di bawahnya.",
    )
    mulai = day_field("Hari pertama", missing="Isi hari pertama.")
    sampai = day_field("Hari terakhir", required=False, help_text="Kosongkan bila sampai diakhiri.")
    alasan = reason_field("Dasar atau alasan", help_text="Misalnya nomor surat tugas.")

    def __init__(self, *args, accounts, units, chosen="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["akun"]
        field.find = account_finder(accounts.filter(is_active=True))
        if not self.is_bound and is_key(chosen):  # shown as found, so that the reader sees whom he came for
            field.widget.found = field.find("", int(chosen))
            self.initial["akun"] = next((option.record for option in field.widget.found), None)
        self.fields["unit"].offer(units)

    def clean_mulai(self):
        return not_before_today(self.cleaned_data["mulai"])

    def clean(self):
        cleaned = super().clean()
        refuse_reversed_days(self, cleaned)
        return cleaned


class RoleEndForm(forms.Form):
    tanggal = day_field(
        "Berakhir mulai tanggal",
        missing="Isi tanggal.",
        help_text="Sejak awal hari itu peran tidak berlaku lagi. Isi hari ini untuk mencabut sekarang juga.",
    )
    alasan = reason_field("Alasan")

    def clean_tanggal(self):
        return not_before_today(self.cleaned_data["tanggal"])


class ReasonForm(forms.Form):
    alasan = reason_field("Alasan")


class DelegationForm(forms.Form):
    """To whom and for how long; `colleagues` are the Users to choose from."""

    kepada = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Dilimpahkan kepada",
        empty_label="Pilih rekan",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih rekan dari daftar."),
    )
    mulai = day_field("Hari pertama", missing="Isi hari pertama.")
    sampai = day_field("Hari terakhir", missing="Isi hari terakhir.")
    alasan = reason_field("Alasan", help_text="Rekan Anda membaca kalimat ini.")

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kepada"].queryset = colleagues

    def clean_mulai(self):
        return not_before_today(self.cleaned_data["mulai"])

    def clean(self):
        cleaned = super().clean()
        refuse_reversed_days(self, cleaned)
        return cleaned


class AccountFilterForm(forms.Form):
    SHOWN = (("aktif", "Akun aktif"), ("nonaktif", "Akun nonaktif"), ("tanpa", "Pegawai tanpa akun"))

    cari = SearchField("Nama, surel, atau angka akhir NIP")
    tampil = forms.ChoiceField(
        label="Tampilkan",
        required=False,
        choices=SHOWN,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )


class AccountForm(forms.Form):
    surel = forms.EmailField(
        label="Surel untuk masuk",
        max_length=254,
        help_text="Undangan untuk membuat kata sandi dikirim ke alamat ini.",
        error_messages={
            "required": "Isi surel.",
            "invalid": "Isi surel seperti nama@ambon.go.id.",
            "max_length": "Surel paling panjang 254 tanda.",
        },
    )

    def clean_surel(self):
        surel = self.cleaned_data["surel"].strip().lower()
        if User.objects.filter(email__iexact=surel).exists():
            raise forms.ValidationError("Surel ini sudah dipakai akun lain.")
        return surel
