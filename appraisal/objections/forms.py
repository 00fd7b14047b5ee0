"""What the browser may send about documents and objections."""

from django import forms

from agencies.careers.forms.recording import RecordForm
from ambon_kinerja.widgets import RadiosWithHints
from appraisal.guidance.forms.guidance import AppointmentMixin, VersionMixin, words_field
from appraisal.monitoring.forms.texts import OneFile
from appraisal.scoring.forms import rating_field
from appraisal.scoring.words import FOR_A_RESULT, FOR_BEHAVIOUR, FOR_WORK

from .actions.refusals import LONGEST_TEXT

MOST_AT_ONCE = 500


class ManyForm(RecordForm):
    """The documents ticked in a list; those that are not in the list any more count for nothing."""

    documents = forms.TypedMultipleChoiceField(
        coerce=int,
        label="Dokumen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu dokumen.",
            "invalid_choice": "Dokumen itu tidak lagi menunggu Anda. Muat ulang daftar ini.",
        },
    )

    def __init__(self, *args, keys=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["documents"].choices = [(key, str(key)) for key in keys]


class ObjectionForm(VersionMixin, RecordForm):
    reasons = words_field(
        "Alasan keberatan",
        missing="Tulis alasan keberatan Anda.",
        help_text="Sebutkan bagian mana yang keliru dan bukti mana yang menunjukkannya.",
        rows=10,
        longest=LONGEST_TEXT,
        required=False,
    )
    cited = forms.TypedMultipleChoiceField(
        coerce=int,
        label="Bukti dukung SKP yang Anda rujuk",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Bukti itu bukan bukti SKP Anda."},
    )

    def __init__(self, *args, evidence=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].due_later = True  # a draft may lack them, the objection may not
        self.fields["cited"].choices = [(row.pk, f"{row.title} ({row.period})") for row in evidence]


class FileForm(RecordForm):
    title = forms.CharField(
        label="Nama bukti",
        max_length=160,
        error_messages={
            "required": "Beri nama bukti ini.",
            "max_length": "Nama bukti paling banyak 160 huruf.",
        },
    )
    upload = OneFile()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].due_later = True  # the view asks for it in its own words


class ReasonForm(RecordForm):
    reason = words_field("Alasan", missing="Tulis alasannya.", longest=1000)


class TextForm(RecordForm):
    text = words_field("Teks", missing="Isi bagian ini.", rows=10, longest=LONGEST_TEXT)

    def __init__(self, *args, label="", help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class MinutesForm(VersionMixin, TextForm):
    pass


class HearingForm(AppointmentMixin, RecordForm):
    field_order = ["day", "hour", "place"]


class DecisionForm(RecordForm):
    """Two ways out; the ratings are asked only where the result changes."""

    UPHOLD, CHANGE = "kuatkan", "ubah"

    outcome = forms.ChoiceField(
        label="Keputusan",
        choices=[(UPHOLD, "Menguatkan hasil evaluasi"), (CHANGE, "Mengubah hasil evaluasi")],
        widget=RadiosWithHints(
            hints={
                UPHOLD: "Rating dan predikat tetap. Keberatan selesai.",
                CHANGE: "Isi rating yang baru dan rekomendasi baru. Predikat mengikuti kuadran kinerja.",
            }
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih keputusan Anda."),
    )
    reason = words_field(
        "Pertimbangan keputusan",
        missing="Tulis pertimbangan keputusan.",
        help_text="Pegawai, pejabat penilai, dan BKPSDM membacanya.",
        rows=8,
        longest=LONGEST_TEXT,
    )
    recommendation = words_field(
        "Rekomendasi baru",
        missing="",
        help_text="Wajib bila hasil diubah.",
        rows=4,
        longest=LONGEST_TEXT,
        required=False,
    )

    def __init__(self, *args, results=(), evaluation=None, **kwargs):
        super().__init__(*args, **kwargs)
        kept = {row.result_id: row.rating for row in evaluation.result_ratings.all()} if evaluation else {}
        self.results = list(results)
        for number, result in enumerate(self.results, start=1):
            field = rating_field(f"Hasil kerja {number}: {result.statement}", FOR_A_RESULT)
            field.initial, field.due_later = kept.get(result.pk, ""), True
            self.fields[f"rating-{result.pk}"] = field
        for name, label, hints in (
            ("work_rating", "Rating hasil kerja keseluruhan", FOR_WORK),
            ("behaviour_rating", "Rating perilaku kerja", FOR_BEHAVIOUR),
        ):
            field = rating_field(label, hints)
            field.initial, field.due_later = getattr(evaluation, name, ""), True
            self.fields[name] = field
        self.fields["recommendation"].due_later = True

    @property
    def rating_fields(self):
        names = [f"rating-{result.pk}" for result in self.results]
        return [self[name] for name in (*names, "work_rating", "behaviour_rating")]

    def facts(self):
        """The keyword arguments of `decide_objection` but for `by`."""
        data = self.cleaned_data
        facts = {
            "changes": data["outcome"] == self.CHANGE,
            "reason": data["reason"],
            "recommendation": data["recommendation"],
        }
        if facts["changes"]:
            ratings = {result.pk: data[f"rating-{result.pk}"] for result in self.results}
            facts |= {
                "ratings": {key: rating for key, rating in ratings.items() if rating},
                "work_rating": data["work_rating"],
                "behaviour_rating": data["behaviour_rating"],
            }
        return facts


class BlindForm(VersionMixin, RecordForm):
    """What the second reader says; a draft may be half full."""

    reason = words_field(
        "Pertimbangan Anda",
        missing="",
        help_text="Pemutus keberatan dan para pihak membacanya. Jangan menulis nama.",
        rows=6,
        longest=LONGEST_TEXT,
        required=False,
    )

    def __init__(self, *args, count=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = count
        for number in range(1, count + 1):
            self.fields[f"rating-{number}"] = rating_field(f"Rating hasil kerja {number}", FOR_A_RESULT)
        self.fields["work_rating"] = rating_field("Rating hasil kerja keseluruhan", FOR_WORK)
        self.fields["behaviour_rating"] = rating_field("Rating perilaku kerja", FOR_BEHAVIOUR)
        for name, field in self.fields.items():
            field.due_later = name not in ("version", "sending_key")

    def facts(self):
        data = self.cleaned_data
        return {
            "version": data["version"],
            "ratings": {number: data[f"rating-{number}"] for number in range(1, self.count + 1)},
            "work_rating": data["work_rating"],
            "behaviour_rating": data["behaviour_rating"],
            "reason": data["reason"],
        }
