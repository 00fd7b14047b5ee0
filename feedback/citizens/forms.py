"""The survey form: one question an element in full words, and a profile nobody has to fill."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms

from .elements import Element

SEXES = [("P", "Perempuan"), ("L", "Laki-laki")]
AGE_BANDS = [
    ("<20", "Di bawah 20 tahun"),
    ("20-39", "20–39 tahun"),
    ("40-59", "40–59 tahun"),
    ("60+", "60 tahun ke atas"),
]
EDUCATION = [("SD", "SD"), ("SMP", "SMP"), ("SMA", "SMA/SMK"), ("S1", "Diploma/S-1"), ("S2", "S-2 ke atas")]
OCCUPATIONS = [
    ("ASN", "PNS/PPPK"),
    ("TNI/POLRI", "TNI/Polri"),
    ("SWASTA", "Pegawai swasta"),
    ("WIRAUSAHA", "Wirausaha"),
    ("NELAYAN/TANI", "Nelayan/petani"),
    ("LAINNYA", "Lainnya"),
]
NOT_TOLD = [("", "Tidak saya sebutkan")]


class SurveyForm(forms.Form):
    sending_key = forms.CharField(widget=forms.HiddenInput, required=False)
    sex = forms.ChoiceField(label="Jenis kelamin", choices=NOT_TOLD + SEXES, required=False)
    age_band = forms.ChoiceField(label="Usia", choices=NOT_TOLD + AGE_BANDS, required=False)
    education = forms.ChoiceField(label="Pendidikan terakhir", choices=NOT_TOLD + EDUCATION, required=False)
    occupation = forms.ChoiceField(label="Pekerjaan", choices=NOT_TOLD + OCCUPATIONS, required=False)
    comment = forms.CharField(
        label="Saran Anda",
        help_text="Jangan tulis nama, NIK, atau nomor telepon.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    # People never see this field (hidden by the style sheet, named for those whose browser shows it); programs fill it.
    website = forms.CharField(
        label="Biarkan kolom ini kosong",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        required=False,
    )

    def __init__(self, *args, questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.elements = []
        for question in questionnaire.questions.all():
            label = Element(question.element).label
            self.elements.append(question.element)
            self.fields[question.element] = forms.TypedChoiceField(
                label=question.text,
                choices=question.options,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Pilih satu jawaban untuk {label}.",
                    "invalid_choice": f"Pilih satu jawaban untuk {label}.",
                },
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *self.elements,
            Fieldset("Tentang Anda", HTML(PROFILE_HINT), "sex", "age_band", "education", "occupation"),
            "comment",
            "sending_key",
        )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Biarkan kolom ini kosong.")
        return ""

    @property
    def answers(self):
        """{element: 1 to 4} of a valid form."""
        return {element: self.cleaned_data[element] for element in self.elements}

    @property
    def profile(self):
        return {name: self.cleaned_data[name] for name in ("sex", "age_band", "education", "occupation")}


PROFILE_HINT = (
    '<p class="hint">Semua boleh dilewati. Kami memakainya hanya sebagai jumlah, tidak per orang.</p>'
)
