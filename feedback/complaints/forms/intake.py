"""What a citizen fills in: where it belongs first, then the letter itself."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput, RadiosWithHints

from ..models import Complaint
from ..words import CONSENT, IDENTITY_HINTS, KIND_HINTS
from .fields import FilesField, words

Identity = Complaint.Identity
YES, NO = "ya", "tidak"


class TargetForm(forms.Form):
    """Of which kind, about an officer or not, and to whom. `targets` are the choices found so far."""

    kind = forms.ChoiceField(
        label="Apa yang ingin Anda sampaikan?",
        choices=Complaint.Kind.choices,
        widget=RadiosWithHints(hints=KIND_HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih jenis laporan."),
    )
    about_officer = forms.ChoiceField(
        label="Apakah ini tentang perilaku seorang petugas?",
        choices=[(NO, "Tidak, tentang layanan atau hal lain"), (YES, "Ya, tentang perilaku seorang petugas")],
        widget=RadiosWithHints(
            hints={YES: "Laporan Anda masuk jalur rahasia. Petugas itu dan unitnya tidak dapat melihatnya."}
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih ya atau tidak."),
    )
    query = forms.CharField(
        label="Cari layanan atau unit",
        max_length=80,
        required=False,
        help_text="Tulis sebagian namanya, misalnya puskesmas atau KTP, lalu tekan Cari.",
        error_messages={"max_length": "Tulis paling banyak 80 huruf."},
    )
    target = forms.ChoiceField(
        label="Kepada siapa?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            "Cari layanan atau unit, lalu pilih satu. Bila tidak tahu, pilih yang terakhir.",
        ),
    )

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets


class Sent(forms.Form):
    """The letter's own text, its files and the field people leave empty."""

    text = words("Ceritakan apa yang terjadi", missing="Tulis laporan Anda.", rows=8)
    files = FilesField()
    # People never see this field (hidden by the style sheet, named for those whose browser shows it); programs fill it.
    website = forms.CharField(
        label="Biarkan kolom ini kosong",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Biarkan kolom ini kosong.")
        return ""


class LetterForm(Sent):
    place = forms.CharField(
        label="Di mana?",
        max_length=160,
        required=False,
        help_text="Misalnya loket, ruang, atau nama jalan.",
        error_messages={"max_length": "Tulis paling banyak 160 huruf."},
    )
    happened_on = forms.DateField(
        label="Kapan?",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    identity = forms.ChoiceField(
        label="Bagaimana identitas Anda diperlakukan?",
        choices=Identity.choices,
        widget=RadiosWithHints(hints=IDENTITY_HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih satu."),
    )
    name = forms.CharField(
        label="Nama Anda",
        max_length=120,
        required=False,
        help_text="Kosongkan bila anonim.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": "Tulis paling banyak 120 huruf."},
    )
    email = forms.EmailField(
        label="Surel untuk kabar",
        required=False,
        help_text="Boleh juga bila anonim: sistem yang mengirim kabar, petugas tidak melihatnya.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Tulis alamat surel seperti nama@contoh.id."},
    )
    phone = forms.CharField(
        label="Telepon",
        max_length=30,
        required=False,
        help_text="Kosongkan bila anonim.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": "Tulis paling banyak 30 angka."},
    )
    consent = forms.BooleanField(label=CONSENT, required=False)

    field_order = (
        "text",
        "place",
        "happened_on",
        "files",
        "identity",
        "name",
        "email",
        "phone",
        "consent",
    )
    summary = ("text", "place", "happened_on", "identity", "name", "email", "phone")

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Tanggal kejadian tidak boleh di masa depan.")
        if day and day.year < 1990:
            raise forms.ValidationError("Periksa tahunnya.")
        return day

    def clean(self):
        data = super().clean()
        identity, name, phone = data.get("identity"), data.get("name"), data.get("phone")
        if identity == Identity.ANONYMOUS:
            for field, value in (("name", name), ("phone", phone)):
                if value:
                    self.add_error(field, "Anda memilih anonim. Kosongkan, atau pilih rahasia atau terbuka.")
        elif identity and not name and "name" not in self.errors:
            self.add_error("name", "Isi nama Anda, atau pilih anonim.")
        if (name or phone or data.get("email")) and not data.get("consent"):
            self.add_error("consent", "Centang persetujuan ini, atau kosongkan nama dan kontak.")
        return data

    def words_for(self, name):
        value = self.cleaned_data[name]
        return Identity(value).label if name == "identity" else value


class ConductForm(Sent):
    """A letter about an officer: it goes to the restricted lane, where names are sealed."""

    named = forms.CharField(
        label="Siapa petugasnya?",
        max_length=300,
        help_text="Nama, jabatan, atau cirinya. Keterangan ini disegel.",
        error_messages={
            "required": "Tulis nama, jabatan, atau ciri petugas yang Anda laporkan.",
            "max_length": "Tulis paling banyak 300 huruf.",
        },
    )
    contact = forms.CharField(
        label="Kontak Anda",
        max_length=200,
        required=False,
        help_text="Surel atau telepon. Boleh dikosongkan; Anda tetap dapat mengikuti laporan dengan kode.",
        error_messages={"max_length": "Tulis paling banyak 200 huruf."},
    )
    consent = forms.BooleanField(label=CONSENT, required=False)

    field_order = ("named", "text", "files", "contact", "consent")
    summary = ("named", "text", "contact")

    def clean(self):
        data = super().clean()
        if data.get("contact") and not data.get("consent"):
            self.add_error("consent", "Centang persetujuan ini, atau kosongkan kontak.")
        return data

    def words_for(self, name):
        return self.cleaned_data[name]
