"""Fields that the forms of this room share."""

from django import forms

from ambon_kinerja.widgets import DayInput

from ..refusals import LONGEST_TEXT


class LongText(forms.CharField):
    def __init__(self, *, label, missing="", rows=4, **kwargs):
        super().__init__(
            label=label,
            required=bool(missing),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={
                "required": missing,
                "max_length": f"Tulis paling banyak {LONGEST_TEXT} huruf.",
            },
            **kwargs,
        )


class Day(forms.DateField):
    def __init__(self, *, label, missing="", **kwargs):
        super().__init__(
            label=label,
            required=bool(missing),
            widget=DayInput,
            error_messages={"required": missing, "invalid": "Tulis tanggal seperti 31-12-2026."},
            **kwargs,
        )


class PostChoice(forms.ModelChoiceField):
    """The post that answers for it; people's names stand nowhere, since everybody reads the plan."""

    def __init__(self, *, posts, **kwargs):
        wrong = "Pilih penanggung jawab dari daftar."
        super().__init__(
            queryset=posts,
            label="Penanggung jawab",
            empty_label="Pilih jabatan",
            help_text="Jabatan, bukan nama orang. Warga membacanya.",
            error_messages={"required": wrong, "invalid_choice": wrong},
            **kwargs,
        )

    def label_from_instance(self, post):
        return f"{post.name}, {post.unit.name}"[:120]


def choice(label, choices, wrong, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={"required": wrong, "invalid_choice": wrong},
        **kwargs,
    )


def show_errors(form, errors):
    """Reasons by field name onto the form; what has no field of its own stands at the top."""
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)
