"""A problem, its cause, a solution, and what was seen."""

from django import forms

from ..models import Problem
from ..queries import element_labels, posts_for
from .fields import Day, LongText, PostChoice, choice


class ProblemForm(forms.Form):
    source = choice(
        "Diketahui dari",
        [("", "Pilih satu"), *Problem.Source.choices],
        "Pilih dari mana masalah ini diketahui.",
    )
    element = choice("Unsur layanan yang terkena", [], "Pilih unsur layanan yang terkena.")
    title = forms.CharField(
        label="Masalah",
        max_length=160,
        help_text="Satu kalimat, misalnya: Antrean loket lebih dari dua jam.",
        error_messages={
            "required": "Tulis masalahnya dalam satu kalimat.",
            "max_length": "Tulis paling banyak 160 huruf.",
        },
    )
    text = LongText(
        label="Uraian",
        missing="Uraikan masalahnya.",
        help_text="Rangkum dengan kata Anda sendiri. Jangan menyalin saran warga dan jangan menyebut nama.",
    )
    is_public = forms.BooleanField(
        label="Warga boleh membaca masalah ini dan solusinya",
        required=False,
        help_text="Tampil di halaman “Anda berkata – kami lakukan” sesudah penyebabnya dicatat.",
    )

    def __init__(self, *args, problem=None, services=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = [("", "Pilih satu"), *element_labels().items()]
        if services is not None:
            wrong = "Pilih layanan dari daftar."
            self.fields = {
                "service": forms.ModelChoiceField(
                    label="Layanan",
                    queryset=services,
                    empty_label="Pilih layanan",
                    error_messages={"required": wrong, "invalid_choice": wrong},
                )
            } | self.fields
            self.fields["service"].label_from_instance = lambda one: f"{one.name}, {one.unit.name}"[:120]
        if problem is not None:
            for name in ("source", "element", "title", "text", "is_public"):
                self.fields[name].initial = getattr(problem, name)


class CauseForm(forms.Form):
    cause = LongText(
        label="Penyebab",
        missing="Tulis penyebabnya.",
        help_text="Apa yang membuat masalah ini terjadi, dan dari mana Anda mengetahuinya?",
    )

    def __init__(self, *args, problem, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cause"].initial = problem.cause


class SolutionForm(forms.Form):
    text = LongText(label="Solusi yang dicoba", missing="Tulis solusi yang dicoba.")
    starts_on = Day(label="Mulai", missing="Isi tanggal mulainya.")
    ends_on = Day(label="Sampai", missing="Isi tanggal akhirnya.")

    def __init__(self, *args, problem, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"] = PostChoice(posts=posts_for(problem.unit))


class ConclusionForm(forms.Form):
    conclusion = LongText(
        label="Yang terlihat",
        missing="Tulis apa yang terlihat dari solusi ini.",
        help_text="Tulis yang Anda lihat. Angka indeks di atas tidak membuktikan sebab.",
    )

    def __init__(self, *args, problem, **kwargs):
        super().__init__(*args, **kwargs)


class ClosingForm(forms.Form):
    closing = LongText(label="Kesimpulan", missing="Tulis kesimpulannya.", rows=3)

    def __init__(self, *args, problem, **kwargs):
        super().__init__(*args, **kwargs)
