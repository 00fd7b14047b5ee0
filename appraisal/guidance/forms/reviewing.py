"""The employee's answer (form B.1.8) and the guide's review (form B.1.9)."""

from django import forms

from agencies.careers.forms.recording import RecordForm

from ..competences import LABELS, MOST_TECHNICAL, fixed_rows
from ..models import CompetenceScore
from ..statements import ANSWERS, by_subject
from .guidance import VersionMixin, words_field

LONGEST_REASON = 1000
TECHNICAL = "technical"
ROWS = "teknis-baris"


class OpinionForm(RecordForm):
    """Nine statements, each with an answer and room for a note."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for _, statements in by_subject():
            for number, words in statements:
                self.fields[f"jawaban-{number}"] = forms.ChoiceField(
                    label=f"{number}. {words}",
                    choices=ANSWERS,
                    widget=forms.RadioSelect,
                    error_messages=dict.fromkeys(
                        ("required", "invalid_choice"), f"Jawab pernyataan {number}."
                    ),
                )
                self.fields[f"catatan-{number}"] = words_field(
                    f"Catatan untuk pernyataan {number}", missing="", rows=2, longest=500, required=False
                )

    def drawn(self):
        """[(subject, [(answer, note)])] as the form of the law groups them."""
        return [
            (subject, [(self[f"jawaban-{number}"], self[f"catatan-{number}"]) for number, _ in statements])
            for subject, statements in by_subject()
        ]

    def answers(self):
        data = self.cleaned_data
        return {
            number: (data[f"jawaban-{number}"], data[f"catatan-{number}"])
            for _, statements in by_subject()
            for number, _ in statements
        }


class ReviewForm(VersionMixin, forms.Form):
    """The fixed rows, and technical competences whose rows come and go without a script."""

    def __init__(self, data=None, *, rows=(), recommendation="", version=0):
        super().__init__(data, initial={"version": version})
        known = {(row["group"], row["position"]): row for row in rows}
        for group, position, name in fixed_rows():
            self.add_row(f"{group}-{position}", name, known.get((group, position), {}))
        technical = [row for row in rows if row["group"] == TECHNICAL]
        self.count = typed_rows(data) if data is not None else max(len(technical), 1)
        self.fields[ROWS] = forms.CharField(widget=forms.HiddenInput, initial=str(self.count), required=False)
        for number in range(self.count):
            row = technical[number] if number < len(technical) else {}
            self.fields[f"nama-{number}"] = forms.CharField(
                label=f"Kompetensi teknis {number + 1}",
                required=False,
                max_length=160,
                initial=row.get("name", ""),
                help_text="Contoh: Asuhan persalinan normal.",
                error_messages={"max_length": f"Kompetensi teknis {number + 1} paling banyak 160 huruf."},
            )
            self.fields[f"nama-{number}"].due_later = True
            self.add_row(f"{TECHNICAL}-{number}", f"kompetensi teknis {number + 1}", row)
        self.fields["recommendation"] = words_field("Rekomendasi", missing="", rows=5, required=False)
        self.fields["recommendation"].initial = recommendation
        self.fields["recommendation"].due_later = True

    def add_row(self, key, name, row):
        score = forms.TypedChoiceField(
            label=f"Nilai {name}",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[
                ("", "Belum dinilai"),
                *((score, f"{score} – {label}") for score, label in LABELS.items()),
            ],
            initial=row.get("score") or "",
            error_messages={"invalid_choice": f"Pilih nilai 1 sampai 5 untuk {name}."},
        )
        reason = words_field(f"Alasan {name}", missing="", rows=2, longest=LONGEST_REASON, required=False)
        reason.initial = row.get("reason", "")
        score.due_later = reason.due_later = True
        self.fields |= {f"nilai-{key}": score, f"alasan-{key}": reason}

    def groups(self):
        """[(group in words, rows of bound fields)] of the fixed rows."""
        return [
            (
                CompetenceScore.Group(wanted).label,
                [
                    {
                        "name": name,
                        "score": self[f"nilai-{group}-{at}"],
                        "reason": self[f"alasan-{group}-{at}"],
                    }
                    for group, at, name in fixed_rows()
                    if group == wanted
                ],
            )
            for wanted in ("managerial", "sociocultural")
        ]

    def technical(self):
        return [
            {
                "name": self[f"nama-{number}"],
                "score": self[f"nilai-{TECHNICAL}-{number}"],
                "reason": self[f"alasan-{TECHNICAL}-{number}"],
            }
            for number in range(self.count)
        ]

    @property
    def may_add(self):
        return self.count < MOST_TECHNICAL

    def clean(self):
        """A scored row without a name would be lost in silence."""
        cleaned = super().clean()
        for number in range(self.count):
            key = f"{TECHNICAL}-{number}"
            if not cleaned.get(f"nama-{number}") and (
                cleaned.get(f"nilai-{key}") or cleaned.get(f"alasan-{key}")
            ):
                self.add_error(f"nama-{number}", f"Isi nama kompetensi teknis {number + 1}.")
        return cleaned

    def rows(self):
        """Every row as `save_review` wants it; unnamed technical rows are nobody's."""
        data = self.cleaned_data
        found = [
            row_of(group, at, name, data[f"nilai-{group}-{at}"], data[f"alasan-{group}-{at}"])
            for group, at, name in fixed_rows()
        ]
        named = [number for number in range(self.count) if data[f"nama-{number}"]]
        found += [
            row_of(
                TECHNICAL,
                position,
                data[f"nama-{number}"],
                data[f"nilai-{TECHNICAL}-{number}"],
                data[f"alasan-{TECHNICAL}-{number}"],
            )
            for position, number in enumerate(named, start=1)
        ]
        return found


def row_of(group, position, name, score, reason):
    return {"group": group, "position": position, "name": name, "score": score, "reason": reason}


def typed_rows(data):
    text = str(data.get(ROWS, ""))
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(count, 1), MOST_TECHNICAL)


def with_other_rows(data):
    """What was typed, with one technical row more or less."""
    data, count = data.copy(), typed_rows(data)
    names = ("nama-{}", f"nilai-{TECHNICAL}-{{}}", f"alasan-{TECHNICAL}-{{}}")
    gone = data.get("hapus_baris", "")
    if gone.isascii() and gone.isdecimal() and int(gone[:3]) < count:
        for number in range(int(gone[:3]), count):
            for name in names:
                data[name.format(number)] = data.get(name.format(number + 1), "")
        count -= 1
    elif "tambah_baris" in data:
        count += 1
    data[ROWS] = str(min(max(count, 1), MOST_TECHNICAL))
    return data
