"""What a rating above or below expectation needs before it can be final. Nothing here writes.

Above and below need evidence inside the period that the appraiser cites; where nothing at all was handed in, feedback
cited for the result carries a rating below, or else whoever hands in nothing could never be rated so. Below must not
surprise: feedback that names the lack stands for some weeks (rulebook) and promised support has an outcome; otherwise
the appraiser gives a reason, and his superior reads it.
"""

from datetime import timedelta

from django.utils import timezone

from appraisal.scoring.matrix import Rating

NO_EVIDENCE = (
    "Hasil kerja {number} belum punya bukti. Rating di atas ekspektasi perlu bukti di dalam periode."
)
CITE = "Pilih bukti yang mendasari rating {rating} untuk hasil kerja {number}."
CITE_FEEDBACK = (
    "Belum ada bukti untuk hasil kerja {number}. Pilih umpan balik yang mendasari rating di bawah ekspektasi."
)
NOTHING = (
    "Hasil kerja {number} belum punya bukti atau umpan balik, maka belum dapat dinilai di bawah ekspektasi."
)
SURPRISE = (
    "Hasil kerja {number} dinilai di bawah ekspektasi tanpa peringatan: {missing} Tulis alasannya; atasan Anda akan"
    " membacanya."
)


def missing_backing(*, results, ratings, facts, today=None):
    """{field name: sentence}, in the order of the results; `facts` is a `Facts` of `backing.queries`."""
    missing = {}
    for number, result in enumerate(results, start=1):
        row = ratings.get(result.pk)
        if row is None or row.rating in ("", Rating.MEETS):
            continue
        missing |= without_citation(number, result.pk, row, facts)
        if row.rating == Rating.BELOW and not row.surprise_reason.strip():
            lacks = surprises(result.pk, facts, today)
            if lacks:
                words = SURPRISE.format(number=number, missing=" ".join(lacks))
                missing[f"surprise-{result.pk}"] = words
    return missing


def without_citation(number, key, row, facts):
    if facts.cited_inside(key):
        return {}
    if facts.has_evidence(key):
        return {f"cite-{key}": CITE.format(rating=Rating(row.rating).label.lower(), number=number)}
    if row.rating == Rating.ABOVE:
        return {f"rating-{key}": NO_EVIDENCE.format(number=number)}
    if facts.cites_feedback(key):
        return {}
    if facts.has_feedback(key):
        return {f"cite-{key}": CITE_FEEDBACK.format(number=number)}
    return {f"rating-{key}": NOTHING.format(number=number)}


def surprises(key, facts, today=None):
    """Why a rating below expectation would surprise, as sentences; none when it would not."""
    today = today or timezone.localdate()
    lacks = []
    warned = facts.warned_at.get(key)
    if warned is None or timezone.localdate(warned) > today - timedelta(days=facts.early_days):
        lacks.append(
            "belum ada umpan balik yang menyebut kekurangannya dan tercatat paling lambat"
            f" {facts.early_days} hari lalu."
        )
    if facts.promises:
        lacks.append(f"{facts.promises} dukungan yang dijanjikan belum ada keadaannya.")
    return lacks
