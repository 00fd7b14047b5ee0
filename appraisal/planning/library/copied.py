"""What became of a result that was copied from another year: line by line, old beside new. Pure.

Works on contents: a dict with statement, kind, assigned_by and `indicators`, each with its statement, aspect words,
and target in words. Indicators are compared by their place, since a saved result writes its rows anew.
"""

from dataclasses import dataclass
from itertools import zip_longest

from ..figures import target_in_words


@dataclass(frozen=True)
class Compared:
    """One line of the form then and now; empty where it was not there."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self):
        return " ".join(self.old.split()) != " ".join(self.new.split())

    @property
    def sign(self):
        """ "added", "removed", "changed" or "same"."""
        if not self.is_changed:
            return "same"
        return "changed" if self.old and self.new else "added" if self.new else "removed"


def compared(old, new):
    """Every line of a result, old beside new, in the order of the form."""
    lines = [
        Compared("Jenis", old["kind"], new["kind"]),
        Compared("Rencana hasil kerja", old["statement"], new["statement"]),
    ]
    if old["assigned_by"] or new["assigned_by"]:
        lines.append(Compared("Penugasan dari", old["assigned_by"], new["assigned_by"]))
    pairs = zip_longest(old["indicators"], new["indicators"], fillvalue={})
    for number, (before, after) in enumerate(pairs, start=1):
        for name, words in (
            ("statement", "Indikator"),
            ("aspect", "Aspek indikator"),
            ("target", "Target indikator"),
        ):
            was, is_now = before.get(name, ""), after.get(name, "")
            if was or is_now:
                lines.append(Compared(f"{words} {number}", was, is_now))
    return lines


def changed_lines(old, new):
    return [line for line in compared(old, new) if line.is_changed]


def has_new_target(old, new):
    return any(line.label.startswith("Target") for line in changed_lines(old, new))


def to_compare(result):
    """A result, with its indicators, as `compared` wants it."""
    return {
        "kind": result.get_kind_display(),
        "statement": result.statement,
        "assigned_by": result.assigned_by,
        "indicators": [
            {"statement": one.statement, "aspect": one.aspect_words, "target": target_words(one)}
            for one in result.indicators.all()
            if one.withdrawn_on is None
        ],
    }


def target_words(indicator):
    return target_in_words(indicator).strip() if indicator.is_numeric else indicator.target_text
