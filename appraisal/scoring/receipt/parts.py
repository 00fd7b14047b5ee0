"""A receipt as nested parts for components/receipt.html: what went in, which rule, which steps, what came out. Pure."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format

from appraisal.planning.figures import written

from ..matrix import Predikat, Rating
from .building import DIRECTIONS, RANGE_SIGN

RATINGS = dict(Rating.choices)
PREDIKATS = dict(Predikat.choices)
KINDS = {"main": "Utama", "additional": "Tambahan"}


def parts_of(receipt):
    """The root part of a receipt; `receipt` is the stored JSON, read."""
    inputs = {row["id"]: row for row in receipt["inputs"]}
    steps = {row["id"]: row for row in receipt["steps"]}
    results = sorted(
        {key.split(".")[0] for key in inputs if key.endswith(".kind")}, key=lambda key: int(key[1:])
    )
    suggestion = part(
        "Usulan rating hasil kerja",
        steps["suggestion"],
        parts=[result_part(key, inputs, steps) for key in results],
    )
    behaviour = {
        "title": "Rating perilaku kerja",
        "result": RATINGS[inputs["behaviour.rating"]["value"]],
        "inputs": given(inputs, "behaviour"),
    }
    work = {
        "title": "Rating hasil kerja",
        "result": RATINGS[inputs["work.rating"]["value"]],
        "inputs": given(inputs, "work"),
        "parts": [suggestion],
    }
    beside = []  # what version 1 did not hold
    if "coverage" in steps:
        beside.append(part("Cakupan bukti", steps["coverage"], inputs=given(inputs, "organisation")))
    if changes := given(inputs, "calibration"):
        beside.append({"title": "Kalibrasi", "result": f"{len(changes)} perubahan", "inputs": changes})
    if voices := given(inputs, "voice"):
        count = sum(key.startswith("voice.C") for key in inputs)
        beside.append({"title": "Suara warga dan rekan", "result": f"{count} kutipan", "inputs": voices})
    return part("Predikat kinerja", steps["predikat"], parts=[work, behaviour, *beside])


def result_part(key, inputs, steps):
    targets = (".target", ".target_words")
    indicators = sorted(
        {row.rsplit(".", 1)[0] for row in inputs if row.startswith(f"{key}.I") and row.endswith(targets)},
        key=lambda row: int(row.split(".I")[1]),
    )
    return {
        "title": f"{key[1:]}. {inputs[f'{key}.statement']['value']}",
        "result": RATINGS[inputs[f"{key}.rating"]["value"]],
        "inputs": given(inputs, key),
        "parts": [indicator_part(row, inputs, steps) for row in indicators],
    }


def indicator_part(key, inputs, steps):
    title = inputs[f"{key}.statement"]["value"]
    if f"{key}.percent" not in steps:
        return {"title": title, "result": "Dinilai dari bukti", "inputs": given(inputs, key)}
    return part(title, steps[f"{key}.percent"], inputs=given(inputs, key))


def part(title, step, *, inputs=(), parts=()):
    return {
        "title": title,
        "result": result_words(step),
        "inputs": list(inputs),
        "steps": [step["formula"], *([f"Pembulatan: {step['rounding']}."] if step.get("rounding") else [])],
        "rule": step["article"],
        "source": f"Berlaku sejak {date_format(date.fromisoformat(step['rule_version']), 'j F Y')}",
        "parts": list(parts),
    }


def result_words(step):
    result = step["result"]
    if step["rule"] == "coverage":
        return f"{result}%"
    if step["rule"] == "achievement":
        return "Tidak ada data" if result is None else f"{written(Decimal(result))}%"
    return RATINGS.get(result) or PREDIKATS[result]


def given(inputs, key):
    """(label, words) of the inputs directly below `key`."""
    rows = [row for name, row in inputs.items() if name.rpartition(".")[0] == key and row["value"] != ""]
    return [(row["label"], value_words(row)) for row in rows]


def value_words(row):
    value, unit = row["value"], row["unit"] or ""
    kind = row["id"].rpartition(".")[2]
    if value is None:
        return "Tidak ada data"
    if kind in ("rating", "kind", "direction"):
        return {**RATINGS, **KINDS, **DIRECTIONS}[value]
    if kind == "data":
        return "Ada" if value == "recorded" else "Tidak ada data"
    words = value
    if kind in ("target", "realised"):
        words = f"{' sampai '.join(number(part) for part in value.split(RANGE_SIGN))} {unit}".strip()
    elif kind[0] in "ECF" and kind[1:].isdecimal():
        words = date_format(date.fromisoformat(value), "j F Y")
    return f"{words}, SHA-256 {row['sha256']}" if row["sha256"] else words


def number(text):
    try:
        return written(Decimal(text))
    except InvalidOperation:
        return text
