"""A version of the questionnaire as the office writes it: nine official elements, three places for local ones."""

from django import forms
from django.utils.text import slugify

from ambon_kinerja.widgets import DayInput, ShortText

from ..elements import Element, Kind
from ..models import Question

LOCAL_PLACES = 3
TEXTS = ("text", "hint", "hint_ambon", "option_1", "option_2", "option_3", "option_4")
NEEDED = ("text", "option_1", "option_2", "option_3", "option_4")


class VersionForm(forms.Form):
    kind = forms.ChoiceField(
        label="Untuk", choices=Kind, error_messages={"invalid_choice": "Pilih jenis layanan."}
    )
    name = forms.CharField(label="Nama", max_length=120, error_messages={"required": "Isi nama kuesioner."})
    legal_basis = forms.CharField(
        label="Dasar hukum", max_length=200, error_messages={"required": "Isi dasar hukumnya."}
    )
    valid_from = forms.DateField(
        label="Berlaku sejak",
        help_text="Paling cepat besok. Jawaban sampai hari itu memakai kuesioner yang lama.",
        widget=DayInput,
        error_messages={
            "required": "Isi tanggal mulai berlaku.",
            "invalid": "Tulis tanggal seperti 31-12-2026.",
        },
    )


class QuestionForm(forms.Form):
    """One question. An official element is asked or left to another; a local one counts once it has a name."""

    is_asked = forms.BooleanField(label="Tanyakan unsur ini", required=False)
    local_label = forms.CharField(label="Nama unsur setempat", max_length=60, required=False)
    replaces = forms.ChoiceField(
        label="Menggantikan",
        choices=[("", "Tidak menggantikan, menambah"), *Element.choices],
        required=False,
        error_messages={"invalid_choice": "Pilih unsur yang digantikan."},
    )
    position = forms.IntegerField(
        label="Urutan",
        min_value=1,
        max_value=99,
        required=False,
        widget=ShortText(mode="numeric"),
        error_messages={
            "invalid": "Isi urutan dengan angka.",
            "min_value": "Urutan mulai dari 1.",
            "max_value": "Urutan paling besar 99.",
        },
    )

    def __init__(self, *args, element="", **kwargs):
        super().__init__(*args, **kwargs)
        self.element = element
        for name in TEXTS:
            field = Question._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=field.verbose_name.capitalize(), max_length=field.max_length, required=False
            )
        for name in ("local_label", "replaces") if element else ("is_asked",):
            del self.fields[name]

    @property
    def title(self):
        return Element(self.element).label if self.element else "Unsur setempat"

    @property
    def is_in_use(self):
        return bool(
            self.cleaned_data.get("is_asked") if self.element else self.cleaned_data.get("local_label")
        )

    def clean(self):
        data = super().clean()
        if not self.is_in_use:
            if not self.element and any(data.get(name) for name in TEXTS):
                self.add_error("local_label", "Isi nama unsurnya, atau kosongkan bagian ini.")
            return data
        for name in NEEDED:
            if not data.get(name) and name not in self.errors:
                self.add_error(
                    name,
                    f"Isi {self.fields[name].label.lower()} untuk {data.get('local_label') or self.title}.",
                )
        if not data.get("position") and "position" not in self.errors:
            self.add_error("position", "Isi urutannya.")
        return data

    @property
    def question(self):
        """The fields of a Question, without its place."""
        given = {name: self.cleaned_data[name] for name in TEXTS}
        if self.element:
            return given | {"element": self.element}
        label = self.cleaned_data["local_label"]
        return given | {
            "element": key_of(label),
            "local_label": label,
            "replaces": self.cleaned_data["replaces"],
        }


def key_of(label):
    """The lasting key of a local element: the letters of its name."""
    words = "".join(sign for sign in slugify(label) if sign.isalpha() or sign == "-")
    return words[:20].strip("-")


def question_forms(data=None, version=None):
    """The forms of all elements, filled from `version` or, with `data`, from what was sent."""
    asked = {question.element: question for question in version.questions.all()} if version else {}
    local = [question for key, question in asked.items() if key not in Element.values]
    forms_ = [
        QuestionForm(data, prefix=element, element=element, initial=initial_of(asked.get(element)))
        for element in Element.values
    ]
    for number in range(LOCAL_PLACES):
        known = local[number] if number < len(local) else None
        forms_.append(QuestionForm(data, prefix=f"setempat-{number + 1}", initial=initial_of(known)))
    return forms_


def initial_of(question):
    if question is None:
        return {}
    names = (*TEXTS, "position", "local_label", "replaces")
    return {name: getattr(question, name) for name in names} | {"is_asked": True}


def questions_in_order(forms_):
    used = [form for form in forms_ if form.is_in_use]
    return [form.question for form in sorted(used, key=lambda form: form.cleaned_data["position"])]
