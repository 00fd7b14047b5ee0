"""The rating of work results that the guide of the regulation suggests.

PermenPANRB 6/2022, annex pages 97-98 (periodic) and 100-101 (annual). The guide is an example
and the appraiser decides; feedback and comparison with colleagues are not counted here.
"""

from collections import Counter
from dataclasses import dataclass

from appraisal.scoring.matrix import Rating, known_rating

GUIDE = "panduan PermenPANRB 6/2022 halaman 97–98"


@dataclass(frozen=True)
class Suggestion:
    """`reasons` are Indonesian sentences with the counts behind `rating`."""

    rating: Rating
    reasons: tuple[str, ...]


def suggested_rating(*, main, additional=()):
    """The best of the three ratings whose conditions hold.

    How the guide's words are read: "sebagian besar" is more than half of all results, main
    and additional together; "sebagian kecil" is less than half of the main results. For
    "sesuai", a result above expectation counts as one that meets it. What satisfies neither
    "di atas" nor "sesuai" is "di bawah", also where the guide names no case (for example
    exactly half below); the reasons then say so.

    Both lists hold a `Rating` per result. A missing rating, and a list without a main
    result, are refused (ValueError, reason in Indonesian).
    """
    main = [known_rating(rating) for rating in main]
    additional = [known_rating(rating) for rating in additional]
    if not main:
        raise ValueError("Belum ada hasil kerja utama yang dinilai.")
    counts = Counter(main + additional)
    total, main_below = counts.total(), main.count(Rating.BELOW)
    mostly_above = counts[Rating.ABOVE] * 2 > total
    mostly_met = (counts[Rating.ABOVE] + counts[Rating.MEETS]) * 2 > total
    few_main_below = main_below * 2 < len(main)

    tally = _tally(counts, total, main_below, len(main))
    if mostly_above and main_below == 0:
        return Suggestion(Rating.ABOVE, tally + _why_above(counts, total))
    if mostly_met and few_main_below:
        why = _why_meets(mostly_above, main_below, len(main))
        return Suggestion(Rating.MEETS, tally + why)
    return Suggestion(Rating.BELOW, tally + _why_below(counts, total, few_main_below))


def _tally(counts, total, main_below, main_total):
    return (
        f"Dari {total} hasil kerja: {counts[Rating.ABOVE]} di atas, "
        f"{counts[Rating.MEETS]} sesuai, {counts[Rating.BELOW]} di bawah ekspektasi.",
        f"Hasil kerja utama di bawah ekspektasi: {main_below} dari {main_total}.",
    )


def _why_above(counts, total):
    share = "Seluruh" if counts[Rating.ABOVE] == total else "Sebagian besar"
    return (
        f"{share} hasil kerja di atas ekspektasi dan tidak ada hasil kerja utama di bawahnya.",
        f"Menurut {GUIDE}, rating yang disarankan: di atas ekspektasi.",
    )


def _why_meets(mostly_above, main_below, main_total):
    if mostly_above:
        first = (
            "Rating di atas ekspektasi tidak dapat disarankan karena masih ada "
            f"{main_below} hasil kerja utama di bawah ekspektasi."
        )
    elif main_below:
        first = (
            "Sebagian besar hasil kerja memenuhi ekspektasi dan hanya sebagian kecil hasil "
            f"kerja utama ({main_below} dari {main_total}) di bawahnya."
        )
    else:
        first = "Sebagian besar hasil kerja memenuhi ekspektasi dan tidak ada hasil kerja utama di bawahnya."
    return first, f"Menurut {GUIDE}, rating yang disarankan: sesuai ekspektasi."


def _why_below(counts, total, few_main_below):
    below = counts[Rating.BELOW]
    if below * 2 > total:
        share = "Seluruh" if below == total else "Sebagian besar"
        return (
            f"{share} hasil kerja di bawah ekspektasi.",
            f"Menurut {GUIDE}, rating yang disarankan: di bawah ekspektasi.",
        )
    missing = "Syarat sesuai ekspektasi tidak terpenuhi: "
    if few_main_below:
        missing += "tidak lebih dari setengah hasil kerja memenuhi ekspektasi."
    else:
        missing += "setengah atau lebih hasil kerja utama di bawah ekspektasi."
    return (
        missing,
        f"Keadaan ini tidak disebut dalam {GUIDE}. Yang disarankan di bawah ekspektasi; "
        "timbanglah sendiri dengan bukti dan umpan balik.",
    )
