"""The survey form: one question an element in full words, and nothing else that anybody must fill."""

import re
from functools import cache, lru_cache

from django import forms

from ..profile import CHOICES, NOT_TOLD

LONGEST_COMMENT = 2000
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CONSENT = (
    "Saya setuju kontak ini disimpan terpisah dan dipakai Bagian Organisasi hanya untuk menanyakan saran saya."
    " Persetujuan ini bisa saya tarik kapan saja."
)


class PlainText(forms.CharField):
    """A text as people type it: signs that no keyboard has are dropped, and too long is said in plain words."""

    def __init__(self, *, longest, **kwargs):
        super().__init__(required=False, **kwargs)
        self.longest = longest

    def to_python(self, value):
        text = UNSEEN.sub("", super().to_python(str(value or "").replace("\x00", "")))
        if len(text) > self.longest:
            raise forms.ValidationError(f"Paling banyak {self.longest} huruf; sekarang {len(text)}.")
        return text


class SurveyForm(forms.Form):
    """The `questions` of one page; the last page also has the profile, the comment, the code and the contact.

    The fields are one for all forms, for no form changes them: copying them costs more than reading an answer.
    """

    def __init__(self, *args, questions, is_last=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.is_last = is_last
        self.fields |= unasked_fields()
        for question in self.questions:
            self.fields[question.element] = question_field(question.label, question.text, *question.options)
        if is_last:
            self.fields |= closing_fields()

    @property
    def elements(self):
        return [question.element for question in self.questions]

    def clean_loket(self):
        given = self.cleaned_data["loket"]
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Biarkan kolom ini kosong.")
        return ""

    def clean(self):
        data = super().clean()
        for element in self.elements:
            if hasattr(self.data, "getlist") and len(self.data.getlist(element)) > 1:
                self.add_error(element, self.fields[element].error_messages["required"])
        if not self.is_last:
            return data
        if data.get("contact") and not data.get("consent"):
            self.add_error("consent", "Centang persetujuan ini, atau kosongkan kontak Anda.")
        if data.get("consent") and not data.get("contact") and "contact" not in self.errors:
            self.add_error("contact", "Isi kontak Anda, atau hapus centang persetujuan.")
        return data

    @property
    def answers(self):
        """{element: 1 to 4} of a valid page."""
        return {element: self.cleaned_data[element] for element in self.elements}

    @property
    def profile(self):
        return {name: self.cleaned_data[name] for name in CHOICES}


@cache
def unasked_fields():
    """Of every page. The counter is that whose card brought the citizen here; anything that is none is passed over.

    People never see the last one (hidden by the style sheet, named for those whose browser shows it); programs fill it.
    """
    return {
        "sending_key": forms.CharField(widget=forms.HiddenInput, required=False),
        "loket": forms.CharField(widget=forms.HiddenInput, required=False),
        "website": forms.CharField(
            label="Biarkan kolom ini kosong",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
            required=False,
        ),
    }


@lru_cache(maxsize=256)
def question_field(label, text, *options):
    words = f"Pilih satu jawaban untuk {label}."
    return forms.TypedChoiceField(
        label=text,
        choices=options,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": words, "invalid_choice": words},
    )


@cache
def closing_fields():
    fields = {
        name: forms.ChoiceField(
            label=label,
            choices=NOT_TOLD + choices,
            required=False,
            error_messages={"invalid_choice": f"Pilih salah satu untuk {label}, atau lewati."},
        )
        for name, (label, choices) in CHOICES.items()
    }
    return fields | {
        "comment": PlainText(
            label="Saran Anda",
            help_text="Jangan tulis nama, NIK, atau nomor telepon.",
            widget=forms.Textarea(attrs={"rows": 4}),
            longest=LONGEST_COMMENT,
        ),
        "kode": PlainText(
            label="Kode dari petugas",
            help_text="Tertulis pada kartu atau struk. Tanpa kode pun jawaban Anda diterima.",
            widget=forms.TextInput(
                attrs={"class": "short", "autocomplete": "off", "autocapitalize": "characters"}
            ),
            longest=40,
        ),
        "contact": PlainText(
            label="Nomor telepon atau surel",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            longest=120,
        ),
        "consent": forms.BooleanField(label=CONSENT, required=False),
    }


class EraseForm(forms.Form):
    """What only its sender knows about an answer."""

    reference = PlainText(label="Nomor jawaban", longest=40)
    code = PlainText(
        label="Kode hapus",
        help_text="Sepuluh huruf dan angka di halaman terima kasih.",
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        longest=40,
    )

    def clean(self):
        data = super().clean()
        for name, words in (("reference", "Isi nomor jawaban Anda."), ("code", "Isi kode hapus Anda.")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return data
