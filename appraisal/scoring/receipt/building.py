"""The receipt of an evaluation: every input, rule and step behind a predikat, as plain data.

Version 2 adds to version 1 what the organisation achieved, what is cited with its hash, how far evidence carries the
results, reasons given for passing by a warning, changes made in calibration, and the rounding of each step. Receipts
of version 1 stay as they were given out; both are read and verified.

A receipt holds text only (or None, lists and mappings of them), so that the same evaluation
always gives the same bytes and the same SHA-256, and `static/verifikasi/periksa.py` can
recompute it without this system.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal

from appraisal.scoring.achievement import achievement, formula_in_words
from appraisal.scoring.backing.coverage import percent_of
from appraisal.scoring.matrix import STUDY_NOT_FINISHED, Predikat, known_rating, predikat_for
from appraisal.scoring.suggestion import suggested_rating

VERSION = "2"
RANGE_SIGN = " s.d. "
WITHIN_NARRATIVE = "Termasuk dalam kalimat indikator"
KINDS = {"main": "utama", "additional": "tambahan"}
ROUNDING = {
    "achievement": "Dua angka di belakang koma, setengah ke atas",
    "coverage": "Persen penuh, setengah ke atas",
    "suggestion": "Tanpa pembulatan",
    "matrix": "Tanpa pembulatan",
}
DATA = {True: "recorded", False: "none"}
DIRECTIONS = {
    "higher": "Makin tinggi makin baik",
    "lower": "Makin rendah makin baik",
    "range": "Dalam rentang",
}


def receipt_for(*, subject, inputs, steps, result):
    """The receipt as a dict: version, subject, inputs, steps, result.

    `subject` and `result` map names to plain values. An input has id, label and value, and
    may have unit, source and sha256 (of the evidence). A step has id, name, rule,
    article, rule_version, uses, rounding, formula (in words) and result; `uses` maps the role of each
    figure to the id of an input or an earlier step, or to a list of ids. Decimals, whole
    numbers and dates become text; a float is refused (TypeError), a repeated or unknown id
    as well (ValueError).
    """
    known = set()
    return {
        "version": VERSION,
        "subject": {name: _text(value) for name, value in subject.items()},
        "inputs": [_input_row(row, known) for row in inputs],
        "steps": [_step_row(row, known) for row in steps],
        "result": {name: _text(value) for name, value in result.items()},
    }


def canonical_text(receipt):
    """JSON with sorted keys and no spaces: the same receipt is the same text everywhere."""
    _refuse_inexact(receipt)
    return json.dumps(receipt, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def evaluation_receipt(
    *,
    employee_label,
    period_label,
    results,
    suggestion,
    work_rating,
    work_reason,
    behaviour_rating,
    behaviour_reason,
    predikat,
    rulebook,
    behaviour_feedback="",
    organisation=None,
    calibration=(),
    voices=(),
    heads=(),
    study_ended_early=False,
):
    """The receipt of one evaluation; `employee_label` must be opaque (no name, no NIP).

    `results` is a list of {statement, kind: main/additional, indicators, rating, reason, evidence}, with feedback
    (counts in words) when there is any, `cited_feedback` (a list of {sha256, dated}), `surprise` (the reason for
    rating below without warning) and `lacks` (what the warning lacked); an indicator is {statement, target, realised,
    direction: higher/lower/range, unit, percent}, or {statement, target_words, realised_words} where the target is
    no number; a piece of evidence {title, sha256, dated} and `cited` where the rating stands on it.
    `organisation` is (unit, level in words or None), `calibration` pairs of label
    and words, `voices` what was cited of citizens and colleagues ({title, dated, about, reason, answer, sha256}),
    `heads` pairs of label and words of what the achievement of a unit suggests for its head. `rulebook` gives article
    and version of the rules achievement, suggestion, matrix and evidence_gate.
    Percentages, suggestion and predikat are computed again here; one that differs
    is refused (ValueError), because a receipt must never explain another number than the one shown.
    """
    inputs, steps = [], []
    unit, level = organisation or ("", None)
    label = f"Capaian kinerja organisasi: {unit}" if unit else "Capaian kinerja organisasi"
    inputs.append(_given("organisation.level", label, level, "Pimpinan di atas unit"))
    for number, (said, words) in enumerate(heads, start=1):
        inputs.append(
            _given(f"organisation.head{number}", said, words, "Buku aturan, SE Menteri PANRB 3/2023")
        )
    for number, row in enumerate(results, start=1):
        _add_result(f"R{number}", number, row, inputs, steps, rulebook)
    inputs += _decision("work", "hasil kerja", work_rating, work_reason)
    inputs += _feedback("behaviour", "perilaku kerja", behaviour_feedback)
    inputs += _decision("behaviour", "perilaku kerja", behaviour_rating, behaviour_reason)
    for number, (label, words) in enumerate(calibration, start=1):
        inputs.append(_given(f"calibration.{number}", label, words, "Kalibrasi"))
    for number, voice in enumerate(voices, start=1):
        inputs += _voice(number, voice)
    steps.append(_coverage_step(results, rulebook))
    steps.append(_suggestion_step(results, suggestion, rulebook))
    if study_ended_early:
        inputs.append(
            _given("study.ended_early", "Tugas belajar tidak selesai", "ya", "Pejabat penilai kinerja")
        )
        steps.append(_study_step(behaviour_rating, predikat, rulebook))
    else:
        steps.append(_matrix_step(work_rating, behaviour_rating, predikat, rulebook))
    return receipt_for(
        subject={"employee": employee_label, "period": period_label},
        inputs=inputs,
        steps=steps,
        result={
            "suggestion": suggestion.rating,
            "work_rating": known_rating(work_rating),
            "behaviour_rating": known_rating(behaviour_rating),
            "predikat": Predikat(predikat),
        },
    )


def _add_result(key, number, row, inputs, steps, rulebook):
    kind = KINDS.get(row["kind"])
    if kind is None:
        raise ValueError(f"Jenis hasil kerja tidak dikenal: {row['kind']}.")
    name = f"hasil kerja {number}"
    inputs.append(_given(f"{key}.statement", f"Rencana {name}", row["statement"], "SKP"))
    inputs.append(_given(f"{key}.kind", f"Jenis {name} ({kind})", row["kind"], "SKP"))
    for place, indicator in enumerate(row["indicators"], start=1):
        _add_indicator(f"{key}.I{place}", f"{number}.{place}", indicator, inputs, steps, rulebook)
    inputs += _evidence(key, row)
    inputs += _feedback(key, name, row.get("feedback"))
    inputs.append(_given(f"{key}.data", f"Data {name}", DATA[has_data(row)], "Pegawai"))
    inputs += _decision(key, name, row["rating"], row["reason"])
    if row.get("surprise"):
        source = "Pejabat penilai kinerja"
        inputs.append(
            _given(f"{key}.lacks", f"Peringatan yang kurang untuk {name}", row["lacks"], "Buku aturan")
        )
        inputs.append(
            _given(f"{key}.surprise", f"Alasan menilai {name} tanpa peringatan", row["surprise"], source)
        )


def has_data(row):
    """Was anything at all recorded of this result?"""
    realised = [each.get("realised", each.get("realised_words")) for each in row["indicators"]]
    return bool(row["evidence"] or row.get("heard")) or any(value is not None for value in realised)


def _evidence(key, row):
    """What is cited stands apart from what lies beside it: the first carries the rating."""
    rows = []
    for sign, words, cited in (("C", "Bukti yang dirujuk", True), ("E", "Bukti", False)):
        found = [each for each in row["evidence"] if bool(each.get("cited")) == cited]
        for place, evidence in enumerate(found, start=1):
            given = _given(
                f"{key}.{sign}{place}", f"{words}: {evidence['title']}", evidence["dated"], "Pegawai"
            )
            rows.append(given | {"sha256": evidence["sha256"]})
    for place, heard in enumerate(row.get("cited_feedback", ()), start=1):
        given = _given(
            f"{key}.F{place}", "Umpan balik yang dirujuk", heard["dated"], "Umpan balik berkelanjutan"
        )
        rows.append(given | {"sha256": heard["sha256"]})
    return rows


def _add_indicator(key, place, indicator, inputs, steps, rulebook):
    if "target_words" in indicator:
        inputs += _words_only(key, place, indicator)
        return
    figures = {
        "target": indicator["target"],
        "realised": indicator["realised"],
        "lower_is_better": _known_direction(indicator["direction"]) == "lower",
    }
    percent = achievement(**figures)
    if percent != indicator["percent"]:
        raise ValueError(f"Capaian indikator {place} berbeda dari hasil hitung ulang: {percent}.")
    unit = {"unit": indicator["unit"]}
    rows = {
        "statement": (f"Indikator {place}", indicator["statement"], "SKP", {}),
        "direction": (f"Arah indikator {place}", indicator["direction"], "SKP", {}),
        "target": (f"Target indikator {place}", _target(indicator["target"]), "SKP", unit),
        "realised": (f"Realisasi indikator {place}", indicator["realised"], "Pegawai", unit),
    }
    for part, (label, value, source, more) in rows.items():
        inputs.append(_given(f"{key}.{part}", label, value, source) | more)
    steps.append(
        _step(f"{key}.percent", f"Capaian indikator {place}", "achievement", rulebook)
        | {
            "uses": {part: f"{key}.{part}" for part in ("target", "realised", "direction")},
            "formula": formula_in_words(**figures),
            "result": percent,
        }
    )


def _words_only(key, place, indicator):
    """A target in words, or inside a narrative, has no percent: both sides are told as they were written."""
    target = indicator["target_words"] or WITHIN_NARRATIVE
    return [
        _given(f"{key}.statement", f"Indikator {place}", indicator["statement"], "SKP"),
        _given(f"{key}.target_words", f"Target indikator {place}", target, "SKP"),
        _given(
            f"{key}.realised_words", f"Realisasi indikator {place}", indicator["realised_words"], "Pegawai"
        ),
    ]


def _coverage_step(results, rulebook):
    seen, standing, cited, bare = set(), 0, [], 0
    for number, row in enumerate(results, start=1):
        hashes = [each["sha256"] for each in row["evidence"] if each.get("cited")]
        cited += [f"R{number}.C{place}" for place in range(1, len(hashes) + 1)]
        standing += bool(set(hashes) - seen)
        seen |= set(hashes)
        bare += not has_data(row)
    words = f"{standing} dari {len(results)} hasil kerja berdiri di atas bukti yang dirujuk."
    if bare:
        words += f" {bare} hasil kerja tanpa data; tetap dihitung dalam pembagi."
    return _step("coverage", "Cakupan bukti", "evidence_gate", rulebook) | {
        "rule": "coverage",
        "rounding": ROUNDING["coverage"],
        "uses": {"results": [f"R{number}.rating" for number in range(1, len(results) + 1)], "cited": cited},
        "formula": words,
        "result": str(percent_of(standing, len(results))),
    }


def _suggestion_step(results, suggestion, rulebook):
    ids = {kind: [] for kind in KINDS}
    ratings = {kind: [] for kind in KINDS}
    for number, row in enumerate(results, start=1):
        ids[row["kind"]].append(f"R{number}.rating")
        ratings[row["kind"]].append(row["rating"])
    if suggested_rating(**ratings) != suggestion:
        raise ValueError("Usulan rating berbeda dari hasil hitung ulang.")
    return _step("suggestion", "Usulan rating hasil kerja", "suggestion", rulebook) | {
        "uses": ids,
        "formula": " ".join(suggestion.reasons),
        "result": suggestion.rating,
    }


def _matrix_step(work, behaviour, predikat, rulebook):
    if predikat_for(work=work, behaviour=behaviour) != predikat:
        raise ValueError("Predikat berbeda dari kuadran kinerja.")
    words = (
        f"Hasil kerja {known_rating(work).label.lower()} dan perilaku kerja "
        f"{known_rating(behaviour).label.lower()}: {Predikat(predikat).label}."
    )
    return _step("predikat", "Predikat kinerja", "matrix", rulebook) | {
        "uses": {"work": "work.rating", "behaviour": "behaviour.rating"},
        "formula": words,
        "result": predikat,
    }


def _study_step(behaviour, predikat, rulebook):
    """Page 103 d in place of the quadrant: who did not finish his study is Kurang or Sangat Kurang."""
    if STUDY_NOT_FINISHED[known_rating(behaviour)] != predikat:
        raise ValueError("Predikat berbeda dari aturan tugas belajar.")
    words = (
        "Tugas belajar tidak selesai (halaman 103 huruf d) dan perilaku kerja "
        f"{known_rating(behaviour).label.lower()}: {Predikat(predikat).label}."
    )
    return _step("predikat", "Predikat kinerja", "matrix", rulebook) | {
        "uses": {"work": "work.rating", "behaviour": "behaviour.rating", "study": "study.ended_early"},
        "formula": words,
        "result": predikat,
    }


def _decision(key, name, rating, reason):
    source = "Pejabat penilai kinerja"
    return [
        _given(f"{key}.rating", f"Rating {name}", known_rating(rating), source),
        _given(f"{key}.reason", f"Alasan rating {name}", reason, source),
    ]


def _feedback(key, name, words):
    if not words:
        return []
    return [_given(f"{key}.feedback", f"Umpan balik atas {name}", words, "Umpan balik berkelanjutan")]


def _voice(number, voice):
    """A frozen copy by its hash, why it was cited and for what, and what the employee answered; it decides nothing."""
    source, name = "Rekaman umpan balik", f"suara {number}"
    words = {
        "about": (f"Tentang ({name})", voice["about"]),
        "reason": (f"Alasan mengutip ({name})", voice["reason"]),
        "answer": (f"Tanggapan pegawai ({name})", voice["answer"] or "Belum ada tanggapan."),
    }
    copy = _given(f"voice.C{number}", f"Suara yang dikutip: {voice['title']}", voice["dated"], source)
    return [
        copy | {"sha256": voice["sha256"]},
        *(_given(f"voice.{part}{number}", label, said, source) for part, (label, said) in words.items()),
    ]


def _given(key, label, value, source):
    return {"id": key, "label": label, "value": value, "source": source}


def _step(key, name, rule, rulebook):
    return {
        "id": key,
        "name": name,
        "rule": rule,
        "article": rulebook[rule]["article"],
        "rule_version": rulebook[rule]["version"],
        "rounding": ROUNDING.get(rule),
    }


def _target(target):
    if isinstance(target, tuple | list):
        return RANGE_SIGN.join(_text(bound) for bound in target)
    return target


def _known_direction(direction):
    if direction not in DIRECTIONS:
        raise ValueError(f"Arah indikator tidak dikenal: {direction}.")
    return str(direction)


def _input_row(row, known):
    _remember(row["id"], known)
    names = ("id", "label", "value", "unit", "source", "sha256")
    return {name: _text(row.get(name)) for name in names}


def _step_row(row, known):
    used = [ids if isinstance(ids, list) else [ids] for ids in row["uses"].values()]
    unknown = [key for ids in used for key in ids if key not in known]
    if unknown:
        raise ValueError(f"Langkah {row['id']} memakai masukan yang tidak ada: {unknown[0]}.")
    _remember(row["id"], known)
    names = ("id", "name", "rule", "article", "rule_version", "formula", "result")
    facts = {name: _text(row[name]) for name in names} | {"uses": dict(row["uses"])}
    return facts | {"rounding": _text(row.get("rounding"))}


def _remember(key, known):
    if key in known:
        raise ValueError(f"Kunci struk dipakai dua kali: {key}.")
    known.add(key)


def _text(value):
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a receipt cannot hold {value!r}")


def _refuse_inexact(part):
    if isinstance(part, dict):
        for name, value in part.items():
            if not isinstance(name, str):
                raise TypeError(f"a receipt has names of text, not {name!r}")
            _refuse_inexact(value)
    elif isinstance(part, list):
        for value in part:
            _refuse_inexact(value)
    elif part is not None and not isinstance(part, str):
        raise TypeError(f"a receipt holds text only, not {part!r}")
