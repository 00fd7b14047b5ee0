"""Angka kredit of functional officials: from predikat to credit, and what pangkat and jenjang need.

PermenPANRB 1/2023 and Peraturan BKN 3/2023. Pure: the tables come in (`Tables`), by default those the system starts
with. Everything is Decimal, rounded once, half up, to two places.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from appraisal.rulebook.outcome_rules import COEFFICIENTS, LEVELS, NEEDED, PERCENTAGES, PREDIKATS

CENT = Decimal("0.01")
MONTHS = 12
# The pangkat of a jenjang from low to high; each step within it needs the same credit again.
RANKS = {
    "ahli_utama": ("IV/d", "IV/e"),
    "ahli_madya": ("IV/a", "IV/b", "IV/c"),
    "ahli_muda": ("III/c", "III/d"),
    "ahli_pertama": ("III/a", "III/b"),
    "penyelia": ("III/c", "III/d"),
    "mahir": ("III/a", "III/b"),
    "terampil": ("II/b", "II/c", "II/d"),
    "pemula": ("II/a",),
}
CAREERS = (
    ("ahli_pertama", "ahli_muda", "ahli_madya", "ahli_utama"),
    ("pemula", "terampil", "mahir", "penyelia"),
)
LEVEL_WORDS = dict(LEVELS)
LEVEL_CODES = {words.casefold(): code for code, words in LEVELS} | {code: code for code, _ in LEVELS}
# "Cukup" is how Peraturan BKN 3/2023 calls "Butuh Perbaikan", "Misconduct" what PermenPANRB 6/2022 adds to "Kurang".
PREDIKAT_CODES = {
    "butuh perbaikan": "butuh_perbaikan",
    "cukup": "butuh_perbaikan",
    "kurang/misconduct": "kurang",
    **{words.casefold(): code for code, words in PREDIKATS},
    **{code: code for code, _ in PREDIKATS},
}


@dataclass(frozen=True)
class Tables:
    """The rules on a day: {predikat: percent}, {level: coefficient}, {level: (need for pangkat, for jenjang)}."""

    percentages: dict = field(default_factory=lambda: PERCENTAGES)
    coefficients: dict = field(default_factory=lambda: COEFFICIENTS)
    needed: dict = field(default_factory=lambda: NEEDED)


STANDARD = Tables()


def credit_for(*, level, predikat, months=MONTHS, tables=STANDARD):
    """The credit of `months` at `level` with `predikat`: months/12 × percent × coefficient.

    Both may be a code or the words of the form. Raises ValueError for what is unknown, and for months that are not
    1 to 12.
    """
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= MONTHS:
        raise ValueError("Isi 1 sampai 12 bulan.")
    percent = Decimal(tables.percentages[predikat_code(predikat)])
    coefficient = Decimal(tables.coefficients[level_code(level)])
    return (months * percent * coefficient / (MONTHS * 100)).quantize(CENT, ROUND_HALF_UP)


def level_code(level):
    return known(LEVEL_CODES, level, "Jenjang tidak dikenal")


def predikat_code(predikat):
    return known(PREDIKAT_CODES, predikat, "Predikat tidak dikenal")


def known(codes, text, refusal):
    code = codes.get(str(text or "").strip().casefold())
    if code is None:
        raise ValueError(f"{refusal}: {text or '(kosong)'}.")
    return code


def next_level(level):
    """The jenjang above in the same career, or "" at its top."""
    for career in CAREERS:
        if level in career[:-1]:
            return career[career.index(level) + 1]
    return ""


def golongan_of(rank):
    """ "III/c" from "Penata, III/c"; "" where there is none (PPPK)."""
    last = rank.rpartition(",")[2].strip()
    return last if any(last in ranks for ranks in RANKS.values()) else ""


@dataclass(frozen=True)
class Balance:
    """How credit stands against a need: `surplus` is negative while something is missing; None: nothing is needed."""

    need: Decimal | None
    total: Decimal

    @property
    def surplus(self):
        return None if self.need is None else self.total - self.need

    @property
    def is_enough(self):
        return self.need is not None and self.total >= self.need


@dataclass(frozen=True)
class Standing:
    """The cumulative credit in a jenjang against what the next pangkat and the next jenjang need."""

    level: str
    golongan: str
    total: Decimal
    for_rank: Balance
    for_level: Balance
    next_rank: str = ""
    next_level: str = ""

    @property
    def conclusion(self):
        """The sentence of the form (Penetapan Angka Kredit)."""
        goals = self.goals()
        if not goals:
            return "Jenjang dan pangkat tertinggi sudah tercapai."
        reached = [words for words, balance in goals if balance.is_enough]
        open_goals = [words for words, balance in goals if not balance.is_enough]
        sentences = []
        if reached:
            sentences.append(f"Dapat dipertimbangkan untuk {' dan '.join(reached)}.")
        if open_goals:
            sentences.append(f"Belum dapat dipertimbangkan untuk {' dan '.join(open_goals)}.")
        return " ".join(sentences)

    def goals(self):
        """[(words, Balance)] of what lies ahead."""
        ahead = []
        if self.for_rank.need is not None and (self.next_rank or not self.golongan):
            to = f" menjadi {self.next_rank}" if self.next_rank else ""
            ahead.append((f"kenaikan pangkat{to}", self.for_rank))
        if self.for_level.need is not None and self.next_level:
            ahead.append((f"kenaikan jenjang menjadi {LEVEL_WORDS[self.next_level]}", self.for_level))
        return ahead


def standing(*, level, rank, total, tables=STANDARD):
    """How far `total` within `level` reaches; `rank` is the pangkat as recorded ("Penata, III/c") or "" (PPPK).

    The need for a pangkat grows with each step inside the jenjang: from IV/b the second time 150. Where the pangkat is
    not one of the jenjang, one step is asked and the next pangkat is not named.
    """
    level, golongan = level_code(level), golongan_of(rank)
    ranks, steps, following = RANKS[level], 1, ""
    if golongan in ranks:
        steps = ranks.index(golongan) + 1
        above = RANKS.get(next_level(level), ("",))[0]
        following = ranks[steps] if steps < len(ranks) else above
    rank_need, level_need = (None if need is None else Decimal(need) for need in tables.needed[level])
    has_rank = bool(golongan) or not rank
    for_rank = Balance(None if rank_need is None or not has_rank else rank_need * steps, total)
    if golongan and not following and golongan in ranks:
        for_rank = Balance(None, total)  # the highest pangkat of the career
    return Standing(
        level=level,
        golongan=golongan if golongan in ranks else "",
        total=total,
        for_rank=for_rank,
        for_level=Balance(level_need, total),
        next_rank=following,
        next_level=next_level(level),
    )


@dataclass(frozen=True)
class Served:
    """Months counted for one level within a year: `months` of the numbers from `first` to `last`."""

    level: str
    numbers: tuple

    @property
    def months(self):
        return len(self.numbers)

    @property
    def first(self):
        return self.numbers[0]

    @property
    def last(self):
        return self.numbers[-1]


def months_served(year, terms, *, least_days):
    """[Served] of a year, in order, from `terms`: (level, first day, last day) of the days on duty at a level.

    A month counts once: for the level with the most days in it (the later one when they are equal), if these are at
    least `least_days`. Months of the same level follow on from each other even over a gap, until another level begins.
    """
    found = []
    for number in range(1, MONTHS + 1):
        start, end = date(year, number, 1), date(year, number, monthrange(year, number)[1])
        days = {}
        for level, first, last in terms:
            common = (min(last, end) - max(first, start)).days + 1
            if common > 0:
                days[level] = days.get(level, 0) + common
        if not days:
            continue
        most = max(days.values())
        level = [name for name, count in days.items() if count == most][-1]
        if most < least_days:
            continue
        if found and found[-1].level == level:
            found[-1] = Served(level, (*found[-1].numbers, number))
        else:
            found.append(Served(level, (number,)))
    return found
