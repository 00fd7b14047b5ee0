"""A report on behaviour (form B.1.10), who counsels, and what the two write."""

from django import forms
from django.utils.formats import date_format

from agencies.access.lookups import LookupField
from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import RecordForm
from ambon_kinerja.widgets import RadiosWithHints
from appraisal.planning.forms import shortened
from appraisal.rulebook.models import BehaviourValue

from ..models import Counselling
from .guidance import AppointmentMixin, VersionMixin, words_field

LONGEST_NOTE = 4000
FEEDBACK_LENGTH = 140


class FeedbackField(forms.ModelMultipleChoiceField):
    """Choices read as "value, date, from whom: words"."""

    def label_from_instance(self, feedback):
        day = date_format(feedback.given_on, "j F Y")
        words = shortened(feedback.text, FEEDBACK_LENGTH)
        return f"{feedback.value.name}, {day}, {feedback.get_giver_display().lower()}: {words}"


class ReportForm(VersionMixin, forms.Form):
    """Everything may stay empty in a draft; what is missing is said before it is sent."""

    value = forms.ModelChoiceField(
        queryset=BehaviourValue.objects.all(),
        label="Nilai dasar ASN yang menjadi masalah",
        required=False,
        empty_label="Pilih nilai dasar",
        error_messages={"invalid_choice": "Pilih nilai dasar dari daftar."},
    )
    communicated_on = DayField(
        label="Kapan Anda membicarakannya dengan pegawai?",
        required=False,
        help_text="Permasalahan wajib dibicarakan dengan pegawai sebelum dilaporkan.",
    )
    communicated_how = words_field(
        "Apa yang Anda bicarakan?",
        missing="",
        rows=3,
        required=False,
        help_text="Singkat: isi dan jawaban pegawai.",
    )
    feedback = FeedbackField(
        queryset=None,
        label="Lampirkan umpan balik yang sudah diberikan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih umpan balik tentang nilai dasar itu.",
        error_messages={"invalid_choice": "Pilih umpan balik dari daftar."},
    )
    other_feedback = words_field(
        "Umpan balik di luar aplikasi",
        missing="",
        rows=3,
        required=False,
        help_text="Bila belum tercatat di sini: tanggal, dari siapa, dan isinya.",
    )
    expectation = words_field(
        "Apakah Anda memiliki ekspektasi khusus terhadap yang bersangkutan? Jika ya, apa?",
        missing="",
        rows=3,
        required=False,
    )
    problem = words_field(
        "Jelaskan permasalahan perilaku kerja yang dianggap menghambat kinerja individu, unit kerja, atau tim kerja",
        missing="",
        rows=6,
        longest=LONGEST_NOTE,
        required=False,
    )
    is_common = forms.TypedChoiceField(
        label="Apakah permasalahan serupa juga terjadi pada pegawai lainnya?",
        choices=[("ya", "Ya"), ("tidak", "Tidak")],
        coerce=lambda text: text == "ya",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Pilih ya atau tidak."},
    )
    tried = words_field(
        "Apa yang sudah Anda lakukan untuk memperbaiki perilaku kerja pegawai?",
        missing="",
        rows=4,
        required=False,
    )

    def __init__(self, data=None, *, report, feedback):
        initial = {name: getattr(report, name) for name in self.base_fields if name != "feedback"}
        initial["is_common"] = {True: "ya", False: "tidak"}.get(report.is_common, "")
        initial["feedback"] = [one.pk for one in report.feedback.all()]
        super().__init__(data, initial=initial)
        self.fields["feedback"].queryset = feedback
        for name in self.fields:
            self.fields[name].due_later = name not in ("expectation", "other_feedback")
        if not feedback.exists():
            del self.fields["feedback"]

    def facts(self):
        """The keyword arguments of `save_report` but for `by`."""
        return {"feedback": []} | self.cleaned_data


class DismissForm(RecordForm):
    answer = words_field(
        "Mengapa tanpa konseling?",
        missing="Tulis alasannya.",
        help_text="Pejabat penilai dan pegawai membaca jawaban ini.",
    )


class CounsellorForm(AppointmentMixin, RecordForm):
    kind = forms.ChoiceField(
        label="Konselor sebagai",
        choices=Counselling.CounsellorKind.choices,
        widget=RadiosWithHints(
            hints={
                "independent": "Ditunjuk instansi; bukan atasan pegawai ini. Kesimpulannya disampaikan kepada BKPSDM.",
                "appraiser": "Sudah mengikuti pelatihan konseling. Kesimpulannya disampaikan kepada atasannya.",
                "official": "Kesimpulannya disampaikan kepada pejabat penilai dan atasannya.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih jenis konselor."),
    )
    counsellor = LookupField(
        label="Konselor",
        help_text="Tulis nama atau angka akhir NIP, lalu pilih.",
        error_messages={"required": "Isi konselor."},
    )
    basis = forms.CharField(
        label="Dasar penunjukan",
        max_length=200,
        help_text="Contoh: sertifikat pelatihan konseling nomor 12/2025, atau surat penunjukan.",
        error_messages={"required": "Isi dasar penunjukan.", "max_length": "Paling banyak 200 huruf."},
    )
    field_order = ["kind", "counsellor", "basis", "day", "hour", "place"]

    def __init__(self, *args, find_person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counsellor"].find = find_person


class NoteForm(RecordForm):
    noted_on = DayField(label="Tanggal", missing="Isi tanggal.")
    text = words_field(
        "Catatan",
        missing="Tulis catatannya.",
        rows=8,
        longest=LONGEST_NOTE,
        help_text="Hanya Anda berdua yang membacanya. Catatan yang disimpan tidak diubah lagi.",
    )


class RecordTextForm(VersionMixin, forms.Form):
    text = words_field(
        "Rekaman hasil konseling",
        missing="",
        rows=10,
        longest=LONGEST_NOTE,
        required=False,
        help_text="Hanya Anda dan pegawai yang membacanya.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].due_later = True


class ConclusionForm(RecordForm):
    conclusion = words_field(
        "Kesimpulan untuk tindak lanjut",
        missing="Tulis kesimpulannya.",
        rows=3,
        longest=500,
        help_text="Singkat, tanpa isi pembicaraan. Contoh: konseling selesai; dianjurkan pelatihan pelayanan prima.",
    )
