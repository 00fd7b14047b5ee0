"""The boxes of the session's form as fields, with rows that come and go without a script."""

from django import forms

from ..boxes import LONGEST, MOST_ROWS, NO, YES, boxes_of
from .guidance import VersionMixin

TOO_LONG = f"tulis paling banyak {LONGEST:,} huruf.".replace(",", ".")
ADD, REMOVE = "tambah_baris", "hapus_baris"
REDRAW = (ADD, REMOVE, "ambil")


class PartForm(VersionMixin, forms.Form):
    """The boxes of one part; every field may stay empty, a form is signed only when it is complete."""

    def __init__(self, data=None, *, kind, part, content=None, version=1):
        super().__init__(data, initial={"version": version})
        self.kind, self.part = kind, part
        content = content or {}
        for box in boxes_of(kind, part):
            if box.is_table:
                self.add_table(box, content.get(box.key) or [])
            else:
                self.fields[box.key] = text_field(box.heading, box.hint, content.get(box.key, ""))
                self.fields[box.key].due_later = True

    def add_table(self, box, rows):
        count = typed_count(self.data, box) if self.is_bound else max(len(rows), 1)
        self.fields[f"{box.key}-baris"] = forms.CharField(
            widget=forms.HiddenInput, initial=str(count), required=False
        )
        for number in range(count):
            row = rows[number] if number < len(rows) else {}
            for column in box.columns:
                label, given = column.label, row.get(column.key, "")
                field = (
                    choice_field(label, given)
                    if column.is_choice
                    else text_field(label, column.hint, given, 2)
                )
                field.error_messages["max_length"] = f"{label} baris {number + 1}: {TOO_LONG}"
                field.due_later = column.is_needed
                self.fields[f"{box.key}-{number}-{column.key}"] = field

    def drawn(self):
        """[(box, rows of bound fields, the one bound field, may a row be added)] for the page."""
        shown = []
        for box in boxes_of(self.kind, self.part):
            if not box.is_table:
                shown.append({"box": box, "field": self[box.key]})
                continue
            count = counted(self.fields, box)
            rows = [
                [self[f"{box.key}-{number}-{column.key}"] for column in box.columns]
                for number in range(count)
            ]
            shown.append(
                {"box": box, "rows": rows, "count": self[f"{box.key}-baris"], "may_add": count < MOST_ROWS}
            )
        return shown

    def content(self):
        """What was sent, by box, as `save_part` wants it."""
        return content_from(self.cleaned_data, self.kind, self.part, lambda box: counted(self.fields, box))


def counted(fields, box):
    first = box.columns[0].key
    return sum(f"{box.key}-{number}-{first}" in fields for number in range(MOST_ROWS))


def content_from(values, kind, part, count_of):
    content = {}
    for box in boxes_of(kind, part):
        if not box.is_table:
            content[box.key] = values.get(box.key, "")
            continue
        content[box.key] = [
            {column.key: values.get(f"{box.key}-{number}-{column.key}", "") for column in box.columns}
            for number in range(count_of(box))
        ]
    return content


def typed_count(data, box):
    """How many rows were sent: never more than a form has, whatever the browser says."""
    text = str(data.get(f"{box.key}-baris", ""))
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(count, 1), MOST_ROWS)


def typed_content(data, kind, part):
    """What was typed, right or wrong, with every row, so that one can come or go without losing any."""
    return content_from(data, kind, part, lambda box: typed_count(data, box))


def redrawn(data, kind, part, suggested=()):
    """`typed_content` after a button for rows: one more, one less, or filled from the plan (`suggested`)."""
    content = typed_content(data, kind, part)
    tables = {box.key: box for box in boxes_of(kind, part) if box.is_table}
    if (key := data.get(ADD)) in tables and len(content[key]) < MOST_ROWS:
        content[key].append({})
    key, _, number = data.get(REMOVE, "").partition(":")
    if key in tables and number.isascii() and number.isdecimal() and int(number[:3]) < len(content[key]):
        del content[key][int(number[:3])]
    if (key := data.get("ambil")) in tables:
        kept = [row for row in content[key] if any(value.strip() for value in row.values())]
        known = {row.get("indikator") for row in kept}
        content[key] = [*kept, *(row for row in suggested if row["indikator"] not in known)][:MOST_ROWS]
    return content


def text_field(label, hint, initial, rows=4):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        initial=initial,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label}: {TOO_LONG}"},
    )


def choice_field(label, initial):
    return forms.ChoiceField(
        label=label,
        required=False,
        initial=initial,
        choices=[(YES, "Ya"), (NO, "Tidak")],
        widget=forms.RadioSelect,
        help_text="Bila ya, SKP diubah sesudah bimbingan.",
        error_messages={"invalid_choice": "Pilih ya atau tidak."},
    )
