"""What the browser may send about services, counters and codes."""

from datetime import timedelta

from django import forms
from django.utils.text import slugify

from agencies.access.lookups import LookupField, person_finder
from agencies.access.scope import working_below
from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import RecordForm
from agencies.people.models import Employee
from ambon_kinerja.widgets import ShortText

from .models import Counter, Service

# Words that stand in an address where a service's own address could stand.
TAKEN_WORDS = ("tambah", "kartu", "loket", "kode")
MOST_CODES, MOST_DAYS = 100, 31
MOST_USERS = 10_000_000
ONE_SLUG = "Alamat ini sudah dipakai layanan lain. Pilih yang lain."


class WholeNumber(forms.CharField):
    """A whole number in plain digits, "1250" or "1.250"."""

    widget = ShortText(mode="numeric")

    def __init__(self, *, least, most, missing, **options):
        self.least, self.most = least, most
        super().__init__(
            max_length=20, error_messages={"required": missing, "max_length": self.wrong}, **options
        )

    @property
    def wrong(self):
        return f"Isi angka bulat dari {self.least} sampai {self.most:,}.".replace(",", ".")

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        digits = text.replace(".", "") if all(len(part) == 3 for part in text.split(".")[1:]) else text
        if not (digits.isascii() and digits.isdecimal()) or not self.least <= int(digits) <= self.most:
            raise forms.ValidationError(self.wrong)
        return int(digits)


def long_text(label, example):
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        help_text=example,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Paling banyak 4.000 huruf."},
    )


def short_text(label, most, *, missing="", example=""):
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=most,
        help_text=example,
        error_messages={"required": missing, "max_length": f"Paling banyak {most} huruf."},
    )


class ServiceForm(RecordForm):
    """A service and the parts of its standard (PermenPANRB 15/2014); nothing but name and unit has to be ready."""

    name = short_text(
        "Nama layanan", 160, missing="Isi nama layanan.", example="Contoh: KTP dan kartu keluarga"
    )
    unit = forms.ModelChoiceField(
        label="Unit penyelenggara",
        queryset=None,
        empty_label="Pilih",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih unit dari daftar."),
    )
    slug = forms.SlugField(
        label="Alamat survei",
        required=False,
        max_length=80,
        help_text="Huruf kecil, angka, dan tanda hubung. Kosongkan agar dibuat dari nama. Tidak dapat diubah lagi.",
        error_messages={
            "invalid": "Pakai huruf kecil, angka, dan tanda hubung saja.",
            "max_length": "Paling banyak 80 huruf.",
        },
    )
    description = long_text("Keterangan singkat", "Satu atau dua kalimat: siapa dilayani dan untuk apa.")
    requirements = long_text("Persyaratan", "Yang harus dibawa atau dipenuhi, satu per baris.")
    procedure = long_text("Sistem, mekanisme, dan prosedur", "Langkah warga dari datang sampai selesai.")
    duration = long_text("Jangka waktu penyelesaian", "Contoh: 3 hari kerja sejak berkas lengkap")
    cost = long_text("Biaya/tarif", "Tulis “Gratis” bila tidak dipungut biaya, atau tarif dan dasarnya.")
    product = long_text("Produk pelayanan", "Yang diterima warga. Contoh: KTP elektronik")
    complaints = long_text(
        "Penanganan pengaduan, saran, dan masukan", "Ke mana warga menyampaikannya dan kapan dijawab."
    )
    opening_hours = short_text("Hari dan jam pelayanan", 200, example="Contoh: Senin–Jumat, 08.00–15.00 WIT")
    place = short_text("Tempat pelayanan", 200, example="Alamat dan letak loket")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, units, service=None, **kwargs):
        if service is not None:
            known = {name: getattr(service, name) for name in (*self.base_fields,) if hasattr(service, name)}
            kwargs["initial"] = known | {"unit": service.unit_id}
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if service is not None:
            del self.fields["slug"]
        else:
            del self.fields["version"]

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors and cleaned.get("name"):
            cleaned["slug"] = (cleaned.get("slug") or slugify(cleaned["name"])[:80]).lower().strip("-_")
            if not cleaned["slug"] or cleaned["slug"] in TAKEN_WORDS:
                self.add_error("slug", "Pilih alamat lain, misalnya “kartu-keluarga”.")
            elif Service.objects.filter(slug=cleaned["slug"]).exists():
                self.add_error("slug", ONE_SLUG)
        return cleaned

    def refuse(self, refusal):
        super().refuse(refusal)
        if stored := getattr(refusal, "stored", None):
            # Both texts are shown now: who saves once more has seen the other one.
            self.data = self.data.copy()
            self.data["version"] = stored.version

    @property
    def texts(self):
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name not in NO_TEXT}


NO_TEXT = ("sending_key", "version", "slug", "unit")


class CounterForm(RecordForm):
    places = {"": "name"}

    name = short_text("Nama loket", 80, missing="Isi nama loket.", example="Contoh: Loket 2, Poli KIA")
    is_active = forms.BooleanField(label="Loket ini dipakai", required=False, initial=True)

    def __init__(self, *args, counter=None, **kwargs):
        if counter is not None:
            kwargs["initial"] = {"name": counter.name, "is_active": counter.is_active}
        super().__init__(*args, **kwargs)
        if counter is None:
            del self.fields["is_active"]


class DutyForm(RecordForm):
    places = {"": "start"}

    employee = LookupField(
        label="Petugas",
        help_text="Tulis nama, lalu pilih. Hanya pegawai unit layanan ini.",
        error_messages={"required": "Isi petugasnya."},
    )
    start = DayField(label="Mulai bertugas", missing="Isi hari mulai bertugas.")
    last_day = DayField(label="Hari terakhir", required=False, help_text="Kosongkan bila belum diketahui.")

    def __init__(self, *args, unit, today, **kwargs):
        super().__init__(*args, **kwargs)
        here = Employee.objects.counting().filter(pk__in=working_below([unit], today).values("employee"))
        self.fields["employee"].find = person_finder(here, with_nip=False)
        self.fields["start"].initial = today


class DutyEndForm(RecordForm):
    last_day = DayField(label="Hari terakhir bertugas", missing="Isi hari terakhir bertugas.")


class VolumeForm(RecordForm):
    """How many people a service served in a quarter that has begun."""

    year = WholeNumber(label="Tahun", least=2017, most=2099, missing="Isi tahun.")
    quarter = forms.TypedChoiceField(
        label="Triwulan",
        coerce=int,
        choices=[
            (1, "I (Januari–Maret)"),
            (2, "II (April–Juni)"),
            (3, "III (Juli–September)"),
            (4, "IV (Oktober–Desember)"),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih triwulan."),
    )
    users = WholeNumber(
        label="Banyaknya pengguna layanan",
        least=0,
        most=MOST_USERS,
        missing="Isi banyaknya pengguna layanan.",
        help_text="Orang yang dilayani dalam triwulan itu, menurut buku register atau antrean.",
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        kwargs["initial"] = {"year": today.year, "quarter": (today.month + 2) // 3}
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        year, quarter = cleaned.get("year"), cleaned.get("quarter")
        if year and quarter and (year, quarter) > (self.today.year, (self.today.month + 2) // 3):
            self.add_error("quarter", "Triwulan ini belum mulai.")
        return cleaned


class CounterChoice(forms.Form):
    counter = forms.ModelChoiceField(
        label="Loket",
        queryset=Counter.objects.none(),
        required=False,
        empty_label="Tanpa loket tertentu",
        error_messages={"invalid_choice": "Pilih loket dari daftar."},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(self, *args, service, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counter"].queryset = service.counters.filter(is_active=True)
        self.fields["key"].initial = key

    def refresh(self, key):
        """With another key, so that the next press of the button is taken."""
        self.data = self.data.copy()
        self.data["key"] = key


class SheetForm(CounterChoice):
    count = WholeNumber(
        label="Banyaknya kode",
        least=1,
        most=MOST_CODES,
        missing="Isi banyaknya kode.",
        initial="20",
        help_text="Satu kode untuk satu kunjungan. Enam kode muat di selembar A4.",
    )
    first_day = DayField(label="Hari pelayanan", missing="Isi hari pelayanan.")
    last_day = DayField(
        label="Sampai hari",
        required=False,
        help_text="Kosongkan bila hanya untuk satu hari; paling lama 31 hari.",
    )
    field_order = ["count", "first_day", "last_day", "counter"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["first_day"].initial = today

    def clean(self):
        cleaned = super().clean()
        first = cleaned.get("first_day")
        if first is None or "last_day" in self.errors:
            return cleaned
        cleaned["last_day"] = last = cleaned.get("last_day") or first
        if not self.today <= first <= self.today + timedelta(days=90):
            self.add_error("first_day", "Isi hari ini atau hari sesudahnya, paling lama 90 hari lagi.")
        elif not first <= last <= first + timedelta(days=MOST_DAYS - 1):
            self.add_error("last_day", "Isi hari yang sama atau sesudahnya, paling lama 31 hari.")
        return cleaned
