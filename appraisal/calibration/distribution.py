"""Does the distribution of predikat fit the guide for the organisation's achievement? Warnings only, never a block.

SE Menteri PANRB 3/2023; PermenPANRB 6/2022, annex chapter IV, pages 94-97. Whole people: "at most" is rounded down,
"at least" up. Below `size_minimum` people nothing is said. Pure.
"""

from dataclasses import dataclass

from appraisal.rulebook.catalogue import ORGANISATION, PREDIKATS
from appraisal.rulebook.distribution_table import GUIDE, SIZE_MINIMUM, SOMEBODY_BELOW

CODES = tuple(code for code, _ in PREDIKATS)
LABELS = {code: label.partition("/")[0] for code, label in PREDIKATS}
LOWER_TWO = ("butuh_perbaikan", "kurang")
MOSTLY = dict(zip((code for code, _ in ORGANISATION), CODES, strict=True))
NAMES = {
    name.casefold(): code for code, label in PREDIKATS for name in (code, label, label.partition("/")[0])
}
LEVELS = {name.casefold(): code for code, label in ORGANISATION for name in (code, label)}


@dataclass(frozen=True)
class Bound:
    """Of `codes` together at most, or at least, so many people; `percent` is None where the guide says "somebody"."""

    codes: tuple
    is_most: bool
    people: int
    percent: int | None

    @property
    def code(self):
        return f"{'_and_'.join(self.codes)}_{'most' if self.is_most else 'least'}"

    @property
    def label(self):
        return " dan ".join(LABELS[code] for code in self.codes)

    @property
    def words(self):
        share = f" ({self.percent}%)" if self.percent is not None else ""
        if self.is_most and not self.people:
            return f"tidak ada{share}"
        return f"paling {'banyak' if self.is_most else 'sedikit'} {self.people} orang{share}"

    def is_kept(self, counts):
        count = sum(counts[code] for code in self.codes)
        return count <= self.people if self.is_most else count >= self.people


@dataclass(frozen=True)
class Warning:
    code: str
    text: str


def warnings_for(counts, *, achievement, size_minimum=SIZE_MINIMUM, guide=GUIDE, somebody=SOMEBODY_BELOW):
    """[Warning] where `counts` {predikat: people} departs from the guide; [] below `size_minimum` people.

    Predikat and achievement are named by code or by label ("Kurang" as well as "Kurang/Misconduct"). A name nobody
    knows and a count that is no whole number from 0 on are refused (ValueError).
    """
    known = counted(counts)
    size = sum(known.values())
    if size < size_minimum:
        return []
    bounds = bounds_for(size, achievement=achievement, guide=guide, somebody=somebody)
    return [Warning(bound.code, text_of(bound, known)) for bound in bounds if not bound.is_kept(known)]


def text_of(bound, counts):
    count = sum(counts[code] for code in bound.codes)
    found = f"{count} orang" if count else "tidak ada"
    return f"{bound.label}: {found}. Panduannya {bound.words}."


def bounds_for(size, *, achievement, guide=GUIDE, somebody=SOMEBODY_BELOW):
    """[Bound] of an organisation with this achievement and so many people."""
    row = level_of(achievement)
    found = []
    for code in CODES:
        most, least = guide.get(f"{row}.{code}_most"), guide.get(f"{row}.{code}_least")
        if most is not None:
            found.append(Bound((code,), True, size * most // 100, most))
        if least is not None:
            found.append(Bound((code,), False, -(-size * least // 100), least))
    together = guide.get(f"{row}.lower_two_least")
    if together is not None:
        found.append(Bound(LOWER_TWO, False, -(-size * together // 100), together))
    elif somebody.get(row) == "yes":
        found.append(Bound(LOWER_TWO, False, 1, None))
    return found


def counted(counts):
    """{code: people} with every predikat in it."""
    found = dict.fromkeys(CODES, 0)
    for name, count in counts.items():
        code = NAMES.get(str(name).casefold())
        if code is None:
            raise ValueError(f"Predikat tidak dikenal: {name}.")
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise ValueError(f"Jumlah harus bilangan bulat mulai dari 0: {count}.")
        found[code] += count
    return found


def level_of(achievement):
    code = LEVELS.get(str(achievement).casefold())
    if code is None:
        raise ValueError(f"Capaian organisasi tidak dikenal: {achievement}.")
    return code
