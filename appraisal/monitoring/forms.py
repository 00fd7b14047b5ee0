"""What the browser may send about results, evidence and feedback."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import DayInput, RadiosWithHints
from appraisal.planning.fields import IndonesianDecimalField
from appraisal.planning.forms import shortened

from .models import Feedback

NOTE_LENGTH = 2000
TOO_LONG = f"Tulis paling banyak {NOTE_LENGTH} huruf."
ABOUT_LENGTH = 90


class RealisationForm(forms.Form):
    """One number, one note and one version for every indicator of the plan, named by the indicator's key."""

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        self.measures = measures
        for measure in measures:
            key, stored = measure.indicator.pk, measure.realisation
            if measure.indicator.is_numeric:
                self.fields[f"value-{key}"] = IndonesianDecimalField(
                    label="Realisasi",
                    required=False,
                    initial=measure.value,
                )
            self.fields[f"note-{key}"] = forms.CharField(
                label="Keterangan" if measure.indicator.is_numeric else "Realisasi",
                required=False,
                initial=measure.note,
                max_length=NOTE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"version-{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, initial=stored.version if stored else 0
            )

    def rows(self):
        """{indicator key: (value, note, version)} as `record_realisations` wants them."""
        data, keys = self.cleaned_data, [measure.indicator.pk for measure in self.measures]
        return {key: (data.get(f"value-{key}"), data[f"note-{key}"], data[f"version-{key}"]) for key in keys}


class EvidenceForm(forms.Form):
    result = forms.ModelChoiceField(
        queryset=None,
        label="Hasil kerja",
        empty_label="Pilih hasil kerja",
        error_messages={"required": "Pilih hasil kerja.", "invalid_choice": "Pilih hasil kerja dari daftar."},
    )
    title = forms.CharField(
        label="Nama bukti",
        max_length=160,
        help_text="Contoh: Rekapitulasi kunjungan ibu hamil September",
        error_messages={"required": "Isi nama bukti.", "max_length": "Nama bukti paling banyak 160 huruf."},
    )
    dated = forms.DateField(
        label="Tanggal bukti",
        widget=DayInput,
        error_messages={"required": "Isi tanggal bukti.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )
    upload = forms.FileField(
        label="Berkas",
        required=False,
        # A browser sends an empty file or a long name as it is; the reason is said by the rule, not by Django.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="PDF, JPG, atau PNG, paling besar 5 MB. Lokasi foto dihapus otomatis.",
        error_messages={"invalid": "Berkas belum terbaca. Pilih ulang berkasnya."},
    )
    link = forms.CharField(
        label="Atau tautan",
        required=False,
        max_length=500,
        widget=forms.URLInput,
        help_text="Diawali https://. Pastikan pejabat penilai dapat membukanya.",
        error_messages={"max_length": "Tautan terlalu panjang: paling banyak 500 huruf."},
    )

    def __init__(self, *args, results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].due_later = self.fields["link"].due_later = True  # one of the two is needed
        self.fields["result"].queryset = results
        self.fields["result"].label_from_instance = lambda result: shortened(result.statement, ABOUT_LENGTH)

    def clean(self):
        cleaned = super().clean()
        given = [bool(cleaned.get("upload")) or "upload" in self.files, bool(cleaned.get("link"))]
        if not {"upload", "link"} & set(self.errors):
            if not any(given):
                self.add_error("upload", "Pilih berkas atau isi tautan.")
            elif all(given):
                self.add_error("link", "Pilih salah satu: berkas atau tautan.")
        return cleaned


class FeedbackForm(forms.Form):
    period = forms.ModelChoiceField(
        queryset=None,
        label="Periode",
        empty_label=None,
        error_messages={"required": "Pilih periode.", "invalid_choice": "Pilih periode dari daftar."},
    )
    about = forms.ChoiceField(
        label="Tentang",
        error_messages={
            "required": "Pilih hasil kerja atau nilai perilaku.",
            "invalid_choice": "Pilih hasil kerja atau nilai perilaku dari daftar.",
        },
    )
    giver = forms.ChoiceField(
        label="Umpan balik dari",
        choices=Feedback.Giver.choices,
        initial=Feedback.Giver.LEADER,
        widget=RadiosWithHints(
            hints={
                "leader": "Dari Anda sendiri.",
                "peer": "Anda mencatat ucapan rekan kerja setingkat.",
                "subordinate": "Anda mencatat ucapan bawahan pegawai ini.",
                "served": "Anda mencatat ucapan warga atau pengguna layanan.",
            }
        ),
        error_messages={"required": "Pilih asal umpan balik.", "invalid_choice": "Pilih asal umpan balik."},
    )
    tone = forms.ChoiceField(
        label="Isinya",
        choices=Feedback.Tone.choices,
        widget=RadiosWithHints,
        error_messages={"required": "Pilih isi umpan balik.", "invalid_choice": "Pilih isi umpan balik."},
    )
    text = forms.CharField(
        label="Umpan balik",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sebut apa yang Anda lihat dan apa yang Anda harapkan. Pegawai langsung membacanya.",
        error_messages={"required": "Tulis umpan baliknya.", "max_length": TOO_LONG},
    )
    given_on = forms.DateField(
        label="Tanggal",
        widget=DayInput,
        error_messages={"required": "Isi tanggal.", "invalid": "Tulis tanggal seperti 31-12-2026."},
    )

    def __init__(self, *args, periods, results, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = {f"hasil-{row.pk}": {"result": row} for row in results}
        self.subjects |= {f"nilai-{row.pk}": {"value": row} for row in values}
        self.fields["period"].queryset = periods
        self.fields["given_on"].initial = timezone.localdate
        self.fields["about"].choices = [
            ("", "Pilih satu"),
            ("Hasil kerja", [(f"hasil-{row.pk}", shortened(row.statement, ABOUT_LENGTH)) for row in results]),
            ("Perilaku kerja", [(f"nilai-{row.pk}", row.name) for row in values]),
        ]

    def facts(self):
        """The keyword arguments of `give_feedback`."""
        data = dict(self.cleaned_data)
        return data | self.subjects[data.pop("about")]
