"""What the browser may send to record something about a person, his posts and his appraiser."""

from datetime import timedelta

from django import forms

from agencies.access.lookups import LookupField, search_only
from agencies.people.models import Assignment, Employee, ServiceState
from agencies.people.nip import InvalidNip, read_nip
from agencies.people.rank import InvalidRank, read_rank
from ambon_kinerja.widgets import RadiosWithHints

from ..sending import new_key
from .days import DayField

ONE_NIP = "NIP ini sudah dipakai pegawai lain."


class RecordForm(forms.Form):
    """A form that is acted upon once; a refusal of the action stands at the field it is `about`."""

    places = {}  # NotPossible.about → field, where they differ

    sending_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sending_key"].initial = new_key
        self.order_fields([name for name in self.fields if name != "sending_key"])

    def refuse(self, refusal):
        place = self.places.get(refusal.about, refusal.about)
        self.add_error(place if place in self.fields else None, str(refusal))

    def search_only(self):
        """The user has asked only to search: what he typed stays, nothing else is looked at."""
        search_only(self)


class ReasonMixin(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasannya.", "max_length": "Alasan paling banyak 300 huruf."},
    )


class TermMixin(forms.Form):
    """From a day on, up to a last day or until further notice; on a decree."""

    start = DayField(label="Mulai", missing="Isi tanggal mulai.")
    last_day = DayField(
        label="Hari terakhir", required=False, help_text="Kosongkan bila belum diketahui sampai kapan."
    )
    decree = forms.CharField(
        label="Nomor keputusan atau surat perintah",
        max_length=80,
        error_messages={
            "required": "Isi nomor keputusan atau surat perintah.",
            "max_length": "Nomor keputusan paling banyak 80 huruf.",
        },
    )
    decree_date = DayField(label="Tanggal keputusan", missing="Isi tanggal keputusan.")

    def leave_decree_open(self):
        self.fields["decree"].required = self.fields["decree_date"].required = False

    def clean(self):
        cleaned = super().clean()
        start, last = cleaned.get("start"), cleaned.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Hari terakhir tidak boleh sebelum tanggal mulai.")
        return cleaned

    def term(self):
        """What the actions want: start, end (excluded) and the decree."""
        last = self.cleaned_data["last_day"]
        return {
            "start": self.cleaned_data["start"],
            "end": last + timedelta(days=1) if last else None,
            "decree": self.cleaned_data["decree"],
            "decree_date": self.cleaned_data["decree_date"],
        }


class EmployeeForm(RecordForm):
    """A new employee, or the facts of one; his posts are recorded on their own."""

    name = forms.CharField(
        label="Nama lengkap dengan gelar",
        max_length=160,
        error_messages={"required": "Isi nama.", "max_length": "Nama paling banyak 160 huruf."},
    )
    kind = forms.ChoiceField(
        label="Status kepegawaian",
        choices=Employee.Kind.choices,
        widget=RadiosWithHints(hints={"pejabat": "Misalnya Wali Kota. Pejabat negara tidak memerlukan NIP."}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih status kepegawaian."),
    )
    nip = forms.CharField(
        label="NIP",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="18 angka; boleh dengan spasi. Kosongkan hanya untuk pejabat negara.",
        error_messages={"max_length": "NIP harus 18 angka."},
    )
    rank = forms.CharField(
        label="Golongan",
        max_length=60,
        required=False,
        help_text="PNS dan CPNS: I/a sampai IV/e. PPPK: I sampai XVII.",
        error_messages={"max_length": "Golongan paling banyak 60 huruf."},
    )
    email = forms.EmailField(
        label="Surel",
        required=False,
        error_messages={"invalid": "Tulis surel seperti nama@ambon.go.id."},
    )

    def __init__(self, *args, employee=None, **kwargs):
        self.employee = employee
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and "nip" not in self.errors:
            self.check_nip(kind, cleaned.get("nip", ""))
        if kind and cleaned.get("rank"):
            self.check_rank(kind, cleaned["rank"])
        return cleaned

    def check_nip(self, kind, typed):
        if not typed:
            self.cleaned_data["nip"] = None
            if kind != Employee.Kind.OFFICIAL:
                self.add_error("nip", "Isi NIP.")
            return
        try:
            nip = read_nip(typed).text
        except InvalidNip as wrong:
            self.add_error("nip", wrong.reason)
            return
        self.cleaned_data["nip"] = nip
        twin = Employee.objects.filter(nip=nip)
        if self.employee is not None:
            twin = twin.exclude(pk=self.employee.pk)
        if twin.exists():
            self.add_error("nip", ONE_NIP)

    def check_rank(self, kind, typed):
        if kind == Employee.Kind.OFFICIAL:
            return
        is_pppk = kind in (Employee.Kind.PPPK, Employee.Kind.PPPK_PART_TIME)
        try:
            self.cleaned_data["rank"] = read_rank(typed, is_pppk=is_pppk)
        except InvalidRank as wrong:
            self.add_error("rank", wrong.reason)


class EmployeeChangeForm(ReasonMixin, EmployeeForm):
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**62, required=False, initial=0
    )


KIND_HINTS = {
    "definitive": "Diangkat dengan keputusan; satu orang memegang satu jabatan definitif.",
    "plt": "Jabatan itu kosong. Dinilai di tempat ia bertugas sebagai Plt.",
    "plh": "Pemegangnya ada, tetapi sementara berhalangan.",
    "additional": "Di samping jabatannya, misalnya guru yang menjadi kepala sekolah.",
}


class KindMixin(forms.Form):
    kind = forms.ChoiceField(
        label="Sebagai",
        widget=RadiosWithHints(hints=KIND_HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih jenis tugas."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind, label) for kind, label in Assignment.Kind.choices if kind in kinds
        ]


class PostMixin(forms.Form):
    post = LookupField(
        label="Jabatan",
        help_text="Tulis satu atau dua kata dari nama jabatan atau unit, lalu pilih.",
        error_messages={"required": "Isi jabatan."},
    )

    def __init__(self, *args, find_post, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].find = find_post


class PersonMixin(forms.Form):
    employee = LookupField(
        label="Pegawai",
        help_text="Tulis nama atau angka akhir NIP, lalu pilih.",
        error_messages={"required": "Isi pegawai."},
    )

    def __init__(self, *args, find_person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employee"].find = find_person


class AssignForm(TermMixin, KindMixin, PostMixin, RecordForm):
    """A post for a known employee."""

    places = {"employee": "kind", "end": "last_day"}
    field_order = ["post", "kind", "start", "last_day", "decree", "decree_date"]


class AppointForm(TermMixin, KindMixin, PersonMixin, RecordForm):
    """An employee for a known post."""

    places = {"post": "kind", "end": "last_day"}
    field_order = ["employee", "kind", "start", "last_day", "decree", "decree_date"]


class CorrectForm(ReasonMixin, AssignForm):
    """What was recorded wrongly: how it should have been, and why."""

    field_order = [*AssignForm.field_order, "reason"]


class EndForm(RecordForm):
    places = {"end": "last_day"}

    last_day = DayField(label="Hari terakhir", missing="Isi hari terakhir.")
    reason = forms.CharField(
        label="Alasan atau nomor keputusan",
        max_length=300,
        error_messages={
            "required": "Isi alasan atau nomor keputusan.",
            "max_length": "Alasan paling banyak 300 huruf.",
        },
    )


class WithdrawForm(ReasonMixin, RecordForm):
    """It was never so."""


class StateForm(TermMixin, RecordForm):
    places = {"end": "last_day", "employee": "kind"}

    kind = forms.ChoiceField(
        label="Keadaan",
        choices=ServiceState.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih keadaan."),
    )
    field_order = ["kind", "start", "last_day", "decree", "decree_date"]


class MoveForm(PostMixin, RecordForm):
    """The new post, from which day on, by which decree."""

    start = DayField(label="Mulai di jabatan baru", missing="Isi tanggal mulai.")
    decree = forms.CharField(
        label="Nomor keputusan",
        max_length=80,
        error_messages={"required": "Isi nomor keputusan.", "max_length": "Paling banyak 80 huruf."},
    )
    decree_date = DayField(label="Tanggal keputusan", missing="Isi tanggal keputusan.")
    field_order = ["post", "start", "decree", "decree_date"]

    places = {"employee": "start", "end": "start"}


class HandoverForm(RecordForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31, required=False)
    text = forms.CharField(
        label="Catatan untuk penilai baru",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Apa yang sudah dicapai, apa yang masih berjalan, dan umpan balik yang sudah diberikan.",
        error_messages={"required": "Tulis catatannya.", "max_length": "Catatan paling banyak 4.000 huruf."},
    )
    evidence = forms.CharField(
        label="Bukti dan tautan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu bukti di setiap baris: nama berkas, nomor surat, atau alamat.",
        error_messages={"max_length": "Bukti paling banyak 2.000 huruf."},
    )
