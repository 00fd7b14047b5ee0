"""Controls of a form that Django lacks; the pages of templates/ambon/ draw them."""

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
