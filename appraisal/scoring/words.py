"""Turning an evaluation into sentences and tables for its readers. Pure but for the records given."""

from collections import Counter

from appraisal.rulebook.reference_data import RULES

from .backing.queries import citations_of
from .matrix import PREDIKAT, Predikat, Rating

# One line for each answer of the rating page, so that nobody chooses a bare word. For the two ratings of the law they
# are its guide in the rulebook's words (PermenPANRB 6/2022 pages 97-98); a single result has none there, so its lines
# speak of the agreed target only.
FOR_A_RESULT = {
    Rating.ABOVE: "Melampaui target yang disepakati, didukung bukti dan umpan balik.",
    Rating.MEETS: "Memenuhi target yang disepakati.",
    Rating.BELOW: "Belum memenuhi target yang disepakati.",
}
FOR_WORK = {Rating(key): words for key, words in RULES["suggestion"][0].items()}
FOR_BEHAVIOUR = {Rating(key): words for key, words in RULES["behaviour_guide"][0].items()}

ORDER_OF_COLUMNS = (Rating.BELOW, Rating.MEETS, Rating.ABOVE)
NOT_GIVEN = "Belum diisi"


def why(evaluation, ratings):
    """Two to four sentences that say why the predikat is what it is. `ratings` are those of the results."""
    work, behaviour = Rating(evaluation.work_rating), Rating(evaluation.behaviour_rating)
    counts = Counter(Rating(rating) for rating in ratings)
    shares = [f"{counts[rating]} {short(rating)}" for rating in Rating if counts[rating]]
    each = f"dari {counts.total()} hasil kerja, {', '.join(shares)} ekspektasi."
    follows_the_suggestion = evaluation.work_rating == evaluation.suggested_rating
    sentences = [
        f"Hasil kerja dinilai {work.label.lower()}{': ' if follows_the_suggestion else ', walaupun '}{each}",
        f"Perilaku kerja dinilai {behaviour.label.lower()}: “{evaluation.behaviour_reason}”",
    ]
    if not follows_the_suggestion:
        suggested = Rating(evaluation.suggested_rating).label.lower()
        sentences.insert(
            1,
            f"Hitungan mengusulkan {suggested}. Pejabat penilai memutuskan lain: “{evaluation.work_reason}”",
        )
    sentences.append(
        f"Kedua rating itu bertemu pada predikat {Predikat(evaluation.predikat).label} dalam kuadran kinerja."
    )
    return sentences


def short(rating):
    return rating.label.lower().removesuffix(" ekspektasi")


def matrix_for(work, behaviour):
    """Rows and columns for components/matrix.html; nothing is marked while a rating is missing."""
    columns = [{"label": rating.label, "current": rating == behaviour} for rating in ORDER_OF_COLUMNS]
    rows = [
        {
            "label": row.label,
            "current": row == work,
            "cells": [
                {
                    "predikat": PREDIKAT[row, column].value,
                    "label": PREDIKAT[row, column].label,
                    "current": (row, column) == (work, behaviour),
                }
                for column in ORDER_OF_COLUMNS
            ],
        }
        for row in Rating
    ]
    return {"columns": columns, "rows": rows}


def differences(form, conflict):
    """What stands in the database beside what was typed, only where the two differ."""
    typed, stored = dict(conflict.typed), conflict.stored
    rows = {row.result_id: row for row in stored.result_ratings.all()}
    cited = citations_of(stored)
    found = []
    for number, result in enumerate(form.results, start=1):
        rating, reason = typed["ratings"].get(result.pk, ("", ""))
        chosen, surprise = typed["backing"].get(result.pk, (set(), ""))
        kept = rows.get(result.pk)
        rated, why, unwarned = (kept.rating, kept.reason, kept.surprise_reason) if kept else ("", "", "")
        titles = dict(form.fields[f"cite-{result.pk}"].choices)
        found += [
            (f"Rating hasil kerja {number}", rating_words(rated), rating_words(rating)),
            (f"Alasan hasil kerja {number}", why, reason),
            (
                f"Dasar untuk hasil kerja {number}",
                cited_words(cited.get(result.pk, ()), titles),
                cited_words(chosen, titles),
            ),
            (f"Alasan menilai hasil kerja {number} tanpa peringatan", unwarned, surprise),
        ]
    for name, field in form.fields.items():
        if name in typed:
            words = rating_words if name.endswith("_rating") else str
            found.append((field.label, words(getattr(stored, name)), words(typed[name])))
    return [
        {"label": label, "stored": here or NOT_GIVEN, "typed": there or NOT_GIVEN}
        for label, here, there in found
        if here != there
    ]


def cited_words(keys, titles):
    return ", ".join(titles[key] for key in sorted(keys) if key in titles)


def rating_words(rating):
    return Rating(rating).label if rating else ""
