"""How an act of this room says no."""

from ambon_kinerja.lifecycle.steps import StepRefused

LONGEST_TEXT = 2000


class Refused(StepRefused):
    """What was sent cannot be kept; `errors` maps the field's name to a sentence in Indonesian."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class Conflict(StepRefused):
    """Somebody saved first. `stored` is what stands in the database, `typed` what this person wanted."""

    def __init__(self, *, stored, typed):
        self.stored, self.typed = stored, typed
        super().__init__("Isian ini sudah diubah orang lain setelah Anda membukanya.")

    def differences(self, labels):
        """[{label, stored, typed}] of the fields that differ; `labels` is {field: words}."""
        return [
            {
                "label": words,
                "stored": in_words(self.stored, name, getattr(self.stored, name)),
                "typed": in_words(self.stored, name, self.typed[name]),
            }
            for name, words in labels.items()
            if name in self.typed and getattr(self.stored, name) != self.typed[name]
        ]


def in_words(record, name, value):
    """A value of a field as its reader knows it."""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return dict(record._meta.get_field(name).flatchoices).get(value, value)


def why_not_text(text, *, empty):
    """What is wrong with a text that must be there, or ""."""
    if not text.strip():
        return empty
    return f"Tulis paling banyak {LONGEST_TEXT} huruf." if len(text) > LONGEST_TEXT else ""
