"""Recomputes a receipt with the program's own arithmetic; static/verifikasi/periksa.py does the same without it.

What a receipt may hold is told twice on purpose: two programs that agree are worth more than one.
"""

from ..achievement import achievement
from ..backing.coverage import percent_of
from ..matrix import STUDY_NOT_FINISHED, known_rating, predikat_for
from ..suggestion import suggested_rating
from .building import DIRECTIONS, RANGE_SIGN, ROUNDING, canonical_text, sha256_of

VERSIONS = ("1", "2")


def faults_of(receipt, sha256=None):
    """What differs from a fresh computation, in Indonesian; an empty list when everything agrees."""
    try:
        if sha256 is not None and sha256_of(canonical_text(receipt)) != sha256.strip().lower():
            return ["Sidik SHA-256 berbeda dari yang tercetak: isi struk telah diubah."]
        if receipt["version"] not in VERSIONS:
            return [f"Versi struk {receipt['version']!r} tidak dikenal."]
        return list(faults(receipt))
    except (AttributeError, LookupError, TypeError, ValueError):
        return ["Berkas ini bukan struk nilai yang utuh."]


def faults(receipt):
    inputs = {row["id"]: row for row in receipt["inputs"]}
    values = {key: row["value"] for key, row in inputs.items()}
    used = {row["id"]: row["uses"] for row in receipt["steps"]}
    if len(inputs) != len(receipt["inputs"]) or len(used) != len(receipt["steps"]):
        yield "Ada kunci yang dipakai dua kali."
    if used != expected_uses(inputs, receipt["version"]):
        yield "Langkah hitung tidak lengkap atau tidak memakai semua masukan."
    for step in receipt["steps"]:
        result = recomputed(step, values, inputs)
        if result != step["result"]:
            yield f"{step['name']}: tertulis {step['result']}, seharusnya {result}."
        if receipt["version"] != "1" and step["rounding"] != ROUNDING[step["rule"]]:
            yield f"{step['name']}: cara pembulatan tidak dikenal."
        values[step["id"]] = step["result"]
    names = {"suggestion": "suggestion", "predikat": "predikat"}
    names |= {"work_rating": "work.rating", "behaviour_rating": "behaviour.rating"}
    if receipt["result"] != {name: values.get(key) for name, key in names.items()}:
        yield "Hasil akhir tidak sama dengan langkah dan rating di atasnya."


def expected_uses(inputs, version):
    results = [key.removesuffix(".kind") for key in inputs if key.endswith(".kind")]
    uses = {
        key.replace(".realised", ".percent"): {
            part: key.replace(".realised", f".{part}") for part in ("target", "realised", "direction")
        }
        for key in inputs
        if key.endswith(".realised")
    }
    ratings = {"main": [], "additional": []}
    for key in results:
        ratings[inputs[f"{key}.kind"]["value"]].append(f"{key}.rating")
    uses |= {"suggestion": ratings, "predikat": {"work": "work.rating", "behaviour": "behaviour.rating"}}
    if "study.ended_early" in inputs:
        uses["predikat"]["study"] = "study.ended_early"
    if version != "1":
        cited = [key for key in inputs if key[0] == "R" and key.partition(".C")[2].isdecimal()]
        uses["coverage"] = {"results": [f"{key}.rating" for key in results], "cited": cited}
    return uses


def recomputed(step, values, inputs):
    uses = step["uses"]
    if step["rule"] == "achievement":
        target, realised, direction = (values[uses[part]] for part in ("target", "realised", "direction"))
        if direction not in DIRECTIONS:
            raise ValueError(direction)
        bounds = target.split(RANGE_SIGN)
        percent = achievement(
            target=bounds if len(bounds) > 1 else target,
            realised=realised,
            lower_is_better=direction == "lower",
        )
        return None if percent is None else str(percent)
    if step["rule"] == "suggestion":
        main, additional = ([values[key] for key in uses[kind]] for kind in ("main", "additional"))
        return str(suggested_rating(main=main, additional=additional).rating)
    if step["rule"] == "coverage":
        first = {}
        for key in uses["cited"]:
            first.setdefault(inputs[key]["sha256"], key.partition(".")[0])
        return str(percent_of(len(set(first.values())), len(uses["results"])))
    if step["rule"] == "matrix" and "study" in uses:
        return str(STUDY_NOT_FINISHED[known_rating(values[uses["behaviour"]])])
    if step["rule"] == "matrix":
        return str(predikat_for(work=values[uses["work"]], behaviour=values[uses["behaviour"]]))
    raise ValueError(step["rule"])
