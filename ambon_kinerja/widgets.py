"""Controls of a form that Django lacks, drawn by templates/ambon/, and what many forms ask for alike."""

from django import forms


class RadiosWithHints(forms.RadioSelect):
    """One full-word answer a line; `hints` (choice value → one sentence) explains each."""

    def __init__(self, attrs=None, choices=(), *, hints=None):
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class DayInput(forms.DateInput):
    """A date by the device's own calendar; where there is none, typed as 31-12-2026."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ShortText(forms.TextInput):
    """A short text of known length; `mode` "numeric" or "decimal" asks for a digit keyboard."""

    def __init__(self, attrs=None, *, mode=None):
        super().__init__((attrs or {}) | {"class": "short"} | ({"inputmode": mode} if mode else {}))


def words_field(label, *, missing, longest, rows, help_text="", required=True):
    """A text of several lines; `missing` is what is said when it is empty."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": f"Tulis paling banyak {longest:,} huruf.".replace(",", "."),
        },
    )


def version_seen(data):
    """The version a page carried along when it was read; 0, which no record has, when it is not a number."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
