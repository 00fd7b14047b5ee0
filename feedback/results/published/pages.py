"""What anybody may see: figures of locked quarters as they were frozen, and running ones in steps."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from feedback.services.models import Service
from feedback.services.periods import Quarter

from ..disclosure import Disclosure, rounded_count
from ..figures import lowest_of
from ..index import grade_label
from ..models import LockedResult, QuarterLock, RunningFigure
from ..queries import services_below, users_of
from ..sample import sample_size

TREND_QUARTERS = 8
WORDS = {
    "none": ("Belum ada jawaban", "Belum ada yang menjawab survei pada masa ini."),
    "few": (
        "Jawaban belum cukup untuk ditampilkan",
        "Angka ditampilkan mulai dari 10 responden, agar jawaban tetap anonim.",
    ),
    "others": (
        "Tidak ditampilkan tersendiri",
        "Hasil ini digabung ke hasil unitnya, agar jawaban yang sedikit pada layanan lain tidak dapat dihitung.",
    ),
    "running": (
        "Hasil belum ditetapkan",
        "Perkiraan muncul setelah cukup banyak jawaban masuk. Hasil terbit setelah Bagian Organisasi menguncinya.",
    ),
    "cut": (
        "Ditampilkan per triwulan",
        "Angka survei ditampilkan per triwulan, setelah triwulan itu dikunci. Ini menjaga jawaban tetap anonim.",
    ),
    "year": (
        "Hasil tahun ini belum ada",
        "Angka setahun dihitung dari triwulan yang sudah dikunci. Belum ada triwulan dengan indeks dan mutu.",
    ),
}


@dataclass(frozen=True)
class Shown:
    """A figure in words and numbers for a page. `figure` as in figures.py; `is_final` once its quarter is locked."""

    headline: str
    explanation: str
    figure: dict
    is_final: bool = False
    through: object = None
    lowest: list = field(default_factory=list)

    @property
    def index(self):
        return None if self.figure["index"] is None else Decimal(self.figure["index"])

    @property
    def respondents(self):
        return self.figure["respondents"] or 0

    @property
    def grade(self):
        return self.figure["grade"]

    @property
    def is_graded(self):
        return self.figure["level"] == Disclosure.GRADE

    @property
    def interval(self):
        if "low" not in self.figure:
            return None
        return Decimal(self.figure["low"]), Decimal(self.figure["high"])


def as_shown(figure, *, is_final, through=None):
    level, reason = figure["level"], figure.get("reason", "")
    if level == Disclosure.GRADE:
        words = grade_label(figure["grade"])
        headline = f"{words} (mutu {figure['grade']})"
        explanation = "Indeks dihitung tepat dan dibulatkan sekali, ke dua angka desimal."
        if figure.get("at_least"):
            explanation = "Hampir semua memberi nilai tertinggi, maka hanya batas bawahnya yang ditampilkan."
    elif level == Disclosure.ESTIMATE and is_final:
        headline = "Perkiraan, tanpa mutu"
        explanation = "Dibulatkan. Mutu ditetapkan mulai dari 30 jawaban berkode, kertas, kios, atau dibantu."
    elif level == Disclosure.ESTIMATE:
        headline = "Perkiraan sementara, tanpa mutu"
        explanation = (
            "Triwulan ini belum dikunci. Angkanya dibulatkan dan berubah setelah sepuluh jawaban baru."
        )
    else:
        headline, explanation = WORDS[reason]
        if level == Disclosure.COUNT:
            headline = "5–9 responden, belum cukup untuk indeks"
    figure = in_numbers(figure)
    return Shown(headline, explanation, figure, is_final, through, lowest_of(figure))


def in_numbers(figure):
    """The figure with numbers where texts were frozen, so that a page writes them with a comma."""
    numbers = {name: Decimal(figure[name]) for name in ("mean_of_units", "without_cost") if figure.get(name)}
    if figure.get("comparison"):
        numbers["comparison"] = [(Decimal(weight), Decimal(index)) for weight, index in figure["comparison"]]
    if figure["elements"]:
        numbers["elements"] = [line | {"index": Decimal(line["index"])} for line in figure["elements"]]
    if figure.get("local"):
        numbers["local"] = [
            line | {name: Decimal(line[name]) for name in ("index", "low", "high")}
            for line in figure["local"]
        ]
    return figure | numbers


NOTHING = {
    "level": 0,
    "reason": "none",
    "respondents": 0,
    "whole": True,
    "index": None,
    "grade": "",
    "elements": None,
    "open": None,
}


def lock_of(quarter):
    return QuarterLock.objects.filter(year=quarter.year, quarter=quarter.number).first()


def shown_for(quarter, *, service=None, unit=None):
    """The Shown of a service or a unit in a quarter."""
    lock = lock_of(quarter)
    if lock is None:
        return running(quarter, service=service, unit=unit)
    result = LockedResult.objects.filter(lock=lock, service=service, unit=unit).first()
    return as_shown(result.figure if result else NOTHING, is_final=True)


def running(quarter, *, service=None, unit=None):
    """Of a unit: the mean of what is shown of its services, by their shown numbers of respondents; no new knowledge."""
    found = RunningFigure.objects.filter(year=quarter.year, quarter=quarter.number)
    found = found.filter(service=service) if service else found.filter(service__in=services_below(unit))
    rows = list(found)
    if not rows:
        return as_shown(NOTHING | {"reason": "running"}, is_final=False)
    people = sum(rounded_count(row.respondents) for row in rows)
    index = sum(Decimal(row.index * rounded_count(row.respondents)) for row in rows) / people
    figure = NOTHING | {
        "level": int(Disclosure.ESTIMATE),
        "reason": "",
        "respondents": people,
        "index": str(index.quantize(Decimal(1), ROUND_HALF_UP)),
    }
    if service:
        figure |= {"low": str(rows[0].low), "high": str(rows[0].high)}
    return as_shown(figure, is_final=False, through=max(row.through for row in rows))


def locked_quarters():
    """The locked quarters, oldest first."""
    return [
        Quarter(*pair)
        for pair in QuarterLock.objects.order_by("year", "quarter").values_list("year", "quarter")
    ]


def trend(*, service=None, unit=None):
    """[(Quarter, index or None)] of the last locked quarters, oldest first."""
    results = LockedResult.objects.filter(service=service, unit=unit).select_related("lock")
    rows = results.order_by("-lock__year", "-lock__quarter")[:TREND_QUARTERS]
    return [
        (Quarter(row.lock.year, row.lock.quarter), row.figure["index"] and Decimal(row.figure["index"]))
        for row in reversed(rows)
    ]


@dataclass(frozen=True)
class Year:
    """A year as the sum of what was published of its quarters: nothing else is added, so nothing else is told."""

    year: int
    respondents: int
    index: Decimal | None
    told: tuple
    left_out: tuple


def year_of(year, *, service=None, unit=None):
    return year_from(year, year_rows(year, service=service, unit=unit))


def year_rows(year, **of):
    """The LockedResults of a year, first quarter first."""
    results = LockedResult.objects.filter(lock__year=year, **of).select_related("lock")
    return results.order_by("lock__quarter")


def year_from(year, rows):
    told, left_out, people, total = [], [], 0, Decimal(0)
    for row in rows:
        quarter = Quarter(row.lock.year, row.lock.quarter)
        if row.figure["level"] == Disclosure.GRADE and not row.figure.get("at_least"):
            told.append(quarter)
            people += row.figure["respondents"]
            total += Decimal(row.figure["index"]) * row.figure["respondents"]
        else:
            left_out.append(quarter)
    index = (total / people).quantize(Decimal("0.01"), ROUND_HALF_UP) if people else None
    return Year(year, people, index, tuple(told), tuple(left_out))


@dataclass(frozen=True)
class Sample:
    users: int
    needed: int
    respondents: int

    @property
    def is_enough(self):
        return self.respondents >= self.needed

    @property
    def percent(self):
        return min(100, 100 * self.respondents // self.needed) if self.needed else 100


def sample_of(quarter, shown, *, service=None, unit=None):
    """How many respondents the users of a quarter call for (Krejcie and Morgan); None where users are not known."""
    services = [service.pk] if service else list(services_below(unit).order_by().values_list("pk", flat=True))
    users = users_of(services, [quarter])
    if not users:
        return None
    count = sum(users.values())
    return Sample(count, sample_size(count), shown.figure["respondents"] or 0)


def services_with_results(unit, quarter):
    """[(Service, Shown)] of a unit's own services in a locked quarter; two queries."""
    services = list(Service.objects.filter(unit=unit).order_by("name"))
    results = LockedResult.objects.filter(
        lock__year=quarter.year, lock__quarter=quarter.number, service__in=services
    )
    figures = {result.service_id: result.figure for result in results}
    return [(each, as_shown(figures.get(each.pk, NOTHING), is_final=True)) for each in services]


def units_shown(units, quarter):
    """[(Unit, Shown)] of any units in a locked quarter; two queries."""
    units = list(units)
    results = LockedResult.objects.filter(
        lock__year=quarter.year, lock__quarter=quarter.number, unit__in=units
    )
    figures = {result.unit_id: result.figure for result in results}
    return [(each, as_shown(figures.get(each.pk, NOTHING), is_final=True)) for each in units]
