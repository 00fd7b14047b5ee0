"""Results over the years, from the system and from outside, for one person or a page of people."""

from dataclasses import dataclass

from django.urls import reverse

from ambon_kinerja.charts import bar_chart
from appraisal.scoring.matrix import Predikat

from .lists.rows import PREDIKAT_WORDS
from .models import PastResult

STEPS = {code: 5 - place for place, code in enumerate(Predikat.values)}  # Sangat Baik 5 … Sangat Kurang 1
MOST_BARS = 8


@dataclass(frozen=True)
class Entry:
    """One result. `source` is "" for one of this system; `is_annual` stands for its whole year."""

    year: int
    number: int
    words: str
    predikat: str
    work: str
    behaviour: str
    is_annual: bool
    source: str = ""
    url: str = ""
    pk: int = 0

    @property
    def label(self):
        return PREDIKAT_WORDS[self.predikat]


def entries_of(evaluations, employee):
    """The Entries of `employee` from the `evaluations` the reader may see, the newest first. Two queries."""
    found = [
        Entry(
            each.period.year,
            each.period.number,
            str(each.period),
            each.predikat,
            each.get_work_rating_display(),
            each.get_behaviour_rating_display(),
            each.period.is_annual,
            url=reverse("appraisal:evaluation-detail", args=[each.pk]),
            pk=each.pk,
        )
        for each in evaluations.decided()
        .filter(skp__employee=employee)
        .select_related("period")
        .defer("receipt", "note")
    ]
    found += [
        Entry(
            each.year,
            0,
            f"Tahun {each.year}",
            each.predikat,
            each.get_work_rating_display(),
            each.get_behaviour_rating_display(),
            True,
            source=each.source,
            pk=each.pk,
        )
        for each in PastResult.objects.counting().filter(employee=employee)
    ]
    return sorted(found, key=lambda each: (-each.year, each.number if each.number == 0 else 20 - each.number))


def chart_of(entries):
    """Bars by year; by month or quarter while no year is decided yet. None without any result."""
    years = [each for each in entries if each.is_annual]
    shown = (years or entries)[:MOST_BARS][::-1]
    if not shown:
        return None
    rows = [(f"{each.words}: {each.label}", STEPS[each.predikat], each.predikat) for each in shown]
    return bar_chart(rows, title=finding(shown), unit="dari 5", subject=subject_of(shown), top=5)


def finding(shown):
    first, last = shown[0], shown[-1]
    if first is last:
        return f"{last.words}: {last.label}"
    before, now = STEPS[first.predikat], STEPS[last.predikat]
    if before == now:
        return (
            f"Tetap {last.label} sejak {first.words}"
            if is_level(shown)
            else f"{last.label} pada {last.words}"
        )
    way = "Naik" if now > before else "Turun"
    return f"{way} dari {first.label} ke {last.label}"


def is_level(shown):
    return len({each.predikat for each in shown}) == 1


def subject_of(shown):
    first, last = shown[0], shown[-1]
    return f"Predikat {first.words} sampai {last.words}" if first is not last else "Predikat"
