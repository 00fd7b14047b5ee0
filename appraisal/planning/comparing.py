"""Two contents of a plan side by side, as lines a reader understands. Pure, but for the words of the models."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .figures import written
from .models import AnnexLine, Indicator, IndicatorManual, StudyPlan, WorkResult
from .models.plan import Skp

# Where a line stands among its neighbours is no change of what was agreed.
NOT_COMPARED = {"key", "position", "indicators", "manual"}
TARGET = ("direction", "target_low", "target_high", "unit", "target_text")  # read as one
KINDS = {"added": "Ditambahkan", "removed": "Tidak ada lagi", "changed": "Diubah"}
PLACES = {WorkResult: "Hasil kerja", Indicator: "Indikator", AnnexLine: "Lampiran"}


@dataclass(frozen=True)
class Line:
    """One difference: `kind` added, removed or changed; where it is, and what it was and became in words."""

    kind: str
    where: str
    before: str = ""
    after: str = ""

    @property
    def words(self):
        return KINDS[self.kind]


def differences(before, after):
    """Lines from one content (as `content.content_of_plan` makes them) to another, in the order of the form."""
    lines = []
    for name, words in (
        ("audience", "Format bagi"),
        ("approach", "Pendekatan"),
        ("ends_on", "Berlaku sampai"),
    ):
        if before[name] != after[name]:
            old, new = (word(Skp, name, content[name]) for content in (before, after))
            lines.append(Line("changed", words, old, new))
    lines += rows(WorkResult, before["results"], after["results"])
    old, new = (
        {row["value"]["words"]: row["text"] for row in each["expectations"]} for each in (before, after)
    )
    for value in [*old, *(name for name in new if name not in old)]:
        lines += text_lines(f"Ekspektasi khusus, {value}", old.get(value, ""), new.get(value, ""))
    lines += rows(AnnexLine, before["annex"], after["annex"])
    lines += parts(StudyPlan, "Tugas belajar", before["study"], after["study"])
    return lines


def rows(model, before, after, inside=""):
    """Lines about rows that are known by their keys: results, indicators, lines of the annex."""
    old = {row["key"]: row for row in before}
    new = {row["key"]: row for row in after}
    for key, row in old.items():
        if key not in new:
            yield Line("removed", f"{inside}{PLACES[model]}", before=summary(model, row))
    for key, row in new.items():
        if key not in old:
            yield Line("added", f"{inside}{PLACES[model]}", after=summary(model, row))
            continue
        where = f"{inside}{PLACES[model]} “{short(title(row))}”"
        yield from fields(model, where, old[key], row)
        if model is WorkResult:
            yield from rows(Indicator, old[key]["indicators"], row["indicators"], f"{where}: ")
        elif model is Indicator:
            yield from parts(IndicatorManual, f"{where}: manual indikator", old[key]["manual"], row["manual"])


def parts(model, where, before, after):
    """Lines about something of which there is one or none."""
    if before is None and after is None:
        return []
    if before is None:
        return [Line("added", where, after=in_words(model, after))]
    if after is None:
        return [Line("removed", where, before=in_words(model, before))]
    return list(fields(model, where, before, after))


def fields(model, where, before, after):
    skipped = {*NOT_COMPARED, *(TARGET if model is Indicator else ())}
    if model is Indicator:
        yield from text_lines(f"{where}, target", target_words(before), target_words(after))
    for name in after:
        if name not in skipped and before.get(name) != after[name]:
            yield from text_lines(
                f"{where}, {label(model, name)}",
                word(model, name, before.get(name)),
                word(model, name, after[name]),
            )


def text_lines(where, old, new):
    if old != new:
        kind = "changed" if old and new else "added" if new else "removed"
        yield Line(kind, where, old, new)


def summary(model, row):
    text = title(row)
    if model is WorkResult:
        text = f"{text} ({word(model, 'kind', row['kind']).lower()})"
        measures = [summary(Indicator, one) for one in row["indicators"]]
        return "; ".join([text, *measures])
    if model is Indicator:
        target = target_words(row)
        return f"{text}: {target}" if target else text
    return f"{word(model, 'kind', row['kind'])}: {text}"


def title(row):
    return row.get("statement") or row.get("text") or ""


def target_words(row):
    if row["target_low"] is None:
        return row["target_text"]
    low, high = (written(Decimal(row[name])) for name in ("target_low", "target_high"))
    amount = f"{low}–{high}" if row["direction"] == Indicator.Direction.RANGE else low
    most = "paling banyak " if row["direction"] == Indicator.Direction.LOWER else ""
    return f"{most}{amount} {row['unit']}".strip()


def in_words(model, row):
    return "; ".join(
        f"{label(model, name)}: {word(model, name, value)}"
        for name, value in row.items()
        if name not in NOT_COMPARED and word(model, name, value)
    )


def label(model, name):
    return str(model._meta.get_field(name).verbose_name)


def word(model, name, value):
    """A value of the content as it is read on the form."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return value["words"]
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if model is Indicator and name == "aspect":
        return Indicator(aspect=value).aspect_words
    if name.startswith("target_") and name != "target_text":
        try:
            return written(Decimal(value))
        except InvalidOperation:
            return str(value)
    field = model._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value))


def short(text, length=60):
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
