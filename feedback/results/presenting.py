"""What a page or a report may say about an index: words and numbers that have enough voices behind them."""

from dataclasses import dataclass
from decimal import Decimal

from .disclosure import Disclosure, may_show
from .index import ELEMENTS, grade_label
from .sample import sample_size


@dataclass(frozen=True)
class ElementLine:
    key: str
    label: str
    count: int
    index: Decimal | None


@dataclass(frozen=True)
class Presented:
    """`headline` is always there; numbers only as far as `level` allows."""

    level: Disclosure
    respondents: int
    headline: str
    explanation: str
    index: Decimal | None = None
    grade: str = ""
    grade_words: str = ""
    elements: tuple = ()

    @property
    def lowest(self):
        """The three elements to mend first (PermenPANRB 14/2017: three lowest), none without a published index."""
        return sorted(self.elements, key=lambda line: (line.index, line.label))[:3]


def present(result):
    """A SatisfactionIndex as it may be shown to anyone."""
    count = result.respondents
    level = may_show(count)
    if level == Disclosure.NOTHING:
        words = "Belum ada jawaban" if not count else "Jawaban belum cukup untuk ditampilkan"
        return Presented(
            level, 0, words, "Angka ditampilkan mulai dari 5 responden, agar jawaban tetap anonim."
        )
    if level == Disclosure.COUNT or result.index is None:
        return Presented(
            level,
            count,
            f"{count} responden, belum cukup untuk indeks",
            "Indeks ditampilkan mulai dari 10 responden.",
        )
    elements = tuple(
        ElementLine(key, label, result.by_element[key].count, result.by_element[key].index)
        for key, label in ELEMENTS.items()
    )
    if level == Disclosure.ESTIMATE:
        return Presented(
            level,
            count,
            "Perkiraan awal, belum ada mutu",
            "Mutu pelayanan ditetapkan mulai dari 30 responden. Dengan jumlah ini angkanya masih mudah berubah.",
            index=result.index,
            elements=elements,
        )
    return Presented(
        level,
        count,
        f"{grade_label(result.grade)} (mutu {result.grade})",
        "Indeks dihitung tepat dari semua jawaban dan dibulatkan sekali, ke dua angka desimal.",
        index=result.index,
        grade=result.grade,
        grade_words=grade_label(result.grade),
        elements=elements,
    )


def sample_words(respondents, users):
    """How far the sample is for `users` service users in the period (Krejcie & Morgan)."""
    needed = sample_size(users)
    if respondents >= needed:
        return f"Sampel cukup: {respondents} dari {needed} responden yang diperlukan."
    return f"Sampel belum cukup: {respondents} dari {needed} responden yang diperlukan."
