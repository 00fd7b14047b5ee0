"""What the browser may send about an evaluation; nothing is demanded here, a draft may be half full."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from .actions import FIELDS, LONGEST_TEXT
from .backing.keeping import FOREIGN
from .backing.queries import evidence_key, feedback_key
from .matrix import Rating
from .words import FOR_A_RESULT, FOR_BEHAVIOUR, FOR_WORK

TOO_LONG = f"Tulis paling banyak {LONGEST_TEXT:,} huruf.".replace(",", ".")


def rating_field(label, hints):
    return forms.ChoiceField(
        label=label,
        choices=Rating.choices,
        required=False,
        widget=RadiosWithHints(hints=hints),
        error_messages={"invalid_choice": "Pilih salah satu rating yang tersedia."},
    )


def words_field(label, help_text="", rows=3):
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class EvaluationForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, data=None, *, evaluation, results, has_study=False):
        """`results` are the RatedResults of the page."""
        super().__init__(data)
        self.results = [each.row.result for each in results]
        self.fields["version"].initial = evaluation.version
        for number, each in enumerate(results, start=1):
            self.add_result(number, each)
        self.fields |= {
            "work_rating": rating_field("Rating hasil kerja keseluruhan", FOR_WORK),
            "work_reason": words_field(
                "Alasan berbeda dari usulan", "Wajib diisi hanya bila rating Anda berbeda dari usulan."
            ),
            "behaviour_rating": rating_field("Rating perilaku kerja", FOR_BEHAVIOUR),
            "behaviour_reason": words_field(
                "Alasan rating perilaku kerja", "Tulis singkat: perilaku apa yang Anda lihat?"
            ),
            "note": words_field(
                "Catatan dan rekomendasi",
                "Boleh kosong. Saran untuk periode berikutnya, misalnya pelatihan atau bimbingan.",
            ),
        }
        if has_study:
            self.fields["study_ended_early"] = forms.BooleanField(
                label="Pegawai tidak menyelesaikan tugas belajarnya (tidak lulus atau drop out)",
                required=False,
                initial=evaluation.study_ended_early,
                help_text="Predikatnya menjadi Kurang, atau Sangat Kurang bila perilaku kerjanya di bawah ekspektasi"
                " (halaman 103 huruf d).",
            )
        for name, field in self.fields.items():
            field.due_later = name != "note" and not name.startswith("reason-")
        for name in FIELDS:
            self.fields[name].initial = getattr(evaluation, name)

    def add_result(self, number, each):
        key, stored = each.row.result.pk, each.row.rating
        rating = rating_field(f"Rating hasil kerja {number}", FOR_A_RESULT)
        reason = words_field("Alasan", rows=2)
        surprise = words_field("Alasan menilai tanpa peringatan", "Atasan Anda akan membacanya.", rows=2)
        if stored:
            rating.initial, reason.initial = stored.rating, stored.reason
            surprise.initial = stored.surprise_reason
        cite = forms.MultipleChoiceField(
            label=f"Dasar untuk hasil kerja {number}",
            required=False,
            choices=[(evidence_key(row), row.title) for row in each.row.evidence]
            + [(feedback_key(row), row.get_giver_display()) for row in each.row.feedback],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": FOREIGN, "invalid_list": FOREIGN},
        )
        cite.initial = sorted(each.cited)
        fields = {"rating": rating, "reason": reason, "cite": cite, "surprise": surprise}
        self.fields |= {f"{name}-{key}": field for name, field in fields.items()}

    def asks_for_surprise(self, each):
        """Is there, or may there have to be, a reason for rating this result below without warning?"""
        field = self[f"surprise-{each.row.result.pk}"]
        rated = self[f"rating-{each.row.result.pk}"].value()
        return bool(field.errors or field.value() or (each.surprises and rated == Rating.BELOW))

    def facts(self):
        """The keyword arguments of `save_draft` but for `by`."""
        data, keys = self.cleaned_data, [row.pk for row in self.results]
        typed = {name: data[name] for name in (*FIELDS, "study_ended_early") if name in data}
        return {
            "version": data["version"],
            "ratings": {key: (data[f"rating-{key}"], data[f"reason-{key}"]) for key in keys},
            "backing": {key: (set(data[f"cite-{key}"]), data[f"surprise-{key}"]) for key in keys},
        } | typed

    def show_errors(self, errors):
        for name, sentences in errors.items():
            self.add_error(name if name in self.fields else None, sentences)

    def carry(self, version):
        """Let the form, bound to what was typed, speak of this version from now on."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class RemarkForm(forms.Form):
    remark = words_field("Tanggapan", "Pejabat penilai akan membacanya.", rows=2)


class ReopeningForm(forms.Form):
    ERRORS = (
        ("rating", "Rating keliru"),
        ("data", "Realisasi atau bukti keliru"),
        ("procedure", "Tata cara tidak dipenuhi"),
        ("objection", "Keberatan pegawai diterima"),
    )

    error = forms.ChoiceField(
        label="Apa yang keliru?",
        choices=ERRORS,
        widget=RadiosWithHints(
            hints={
                "rating": "Rating atau alasannya tidak sesuai dengan bukti.",
                "data": "Angka, berkas, atau umpan balik yang menjadi dasar penilaian salah.",
                "procedure": "Misalnya dinilai oleh yang tidak berwenang.",
                "objection": "Atasan pejabat penilai memutuskan hasil diubah.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih apa yang keliru."),
    )
    reason = forms.CharField(
        label="Jelaskan",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Orang kedua dan pegawai yang dinilai membaca penjelasan ini.",
        error_messages={
            "required": "Jelaskan apa yang keliru.",
            "max_length": "Penjelasan paling banyak 400 huruf.",
        },
    )

    def facts(self):
        """The keyword arguments of `propose_reopening` but for `by`."""
        return {
            "error": dict(self.ERRORS)[self.cleaned_data["error"]],
            "reason": self.cleaned_data["reason"],
        }
