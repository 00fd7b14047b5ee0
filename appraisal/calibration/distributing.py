"""One unit's distribution beside the guide, as a page shows it: counts, bounds, warnings, picture."""

from dataclasses import dataclass

from ambon_kinerja.charts import bar_chart
from appraisal.organisation.queries import achievement_for, achievements_for
from appraisal.scoring.matrix import Predikat

from .counting import Counts, counts_for, guide_on
from .distribution import CODES, MOSTLY, bounds_for, warnings_for
from .rules import leads


@dataclass
class Line:
    """A predikat with its people, the share, and what the guide says of it."""

    code: str
    label: str
    final: int
    draft: int
    percent: int
    guide: str

    @property
    def people(self):
        return self.final + self.draft


@dataclass
class Distribution:
    """`achievement` is None while none counts; `hides_drafts`: too few, and not the reader's own team."""

    counts: Counts
    achievement: object
    size_minimum: int
    hides_drafts: bool
    lines: list
    warnings: list
    mostly: str = ""

    @property
    def size(self):
        return sum(line.people for line in self.lines)

    @property
    def is_too_small(self):
        return self.size < self.size_minimum

    @property
    def chart(self):
        if not self.size:
            return None
        most = max(self.lines, key=lambda line: line.people)
        return bar_chart(
            [(line.label, line.people, line.code) for line in self.lines],
            title=f"Predikat terbanyak: {most.label} ({most.percent}%)",
            subject="Draf dan hasil yang sudah ditetapkan"
            if not self.hides_drafts
            else "Hasil yang sudah ditetapkan",
            unit="orang",
        )


def distribution_of(unit, period, person):
    """The Distribution of `unit` as `person` may see it: drafts of fewer than the minimum only to their head."""
    counts = counts_for([unit], period)[unit.pk]
    guide, somebody, minimum = guide_on(period.ends_on)
    hides = not leads(person, unit) and sum(counts.rated.values()) < minimum
    achievement = achievement_for(unit, period)
    shown = counts.final if hides else counts.rated
    size = sum(shown.values())
    bounds, warnings = [], []
    if achievement and size >= minimum:
        how = {"achievement": achievement.level, "guide": guide, "somebody": somebody}
        bounds = bounds_for(size, **how)
        warnings = warnings_for(shown, size_minimum=minimum, **how)
    lines = [
        Line(
            code,
            Predikat(code).label,
            counts.final[code],
            0 if hides else counts.draft[code],
            round(100 * shown[code] / size) if size else 0,
            "; ".join(guide_words(bound, code) for bound in bounds if code in bound.codes),
        )
        for code in CODES
    ]
    mostly = Predikat(MOSTLY[achievement.level]).label if achievement else ""
    return Distribution(counts, achievement, minimum, hides, lines, warnings, mostly)


def guide_words(bound, code):
    others = [Predikat(other).label.partition("/")[0] for other in bound.codes if other != code]
    return f"bersama {' dan '.join(others)} {bound.words}" if others else bound.words


def counted_rows(units, period, *, decided_only=False):
    """[(unit, Counts, achievement or None, [Warning])]. Five queries however many units there are."""
    counted = counts_for(units, period)
    achieved = achievements_for([unit.pk for unit in units], period)
    guide, somebody, minimum = guide_on(period.ends_on)
    rows = []
    for unit in units:
        counts, achievement = counted[unit.pk], achieved.get(unit.pk)
        warnings = []
        if achievement:
            warnings = warnings_for(
                counts.final if decided_only else counts.rated,
                achievement=achievement.level,
                size_minimum=minimum,
                guide=guide,
                somebody=somebody,
            )
        rows.append((unit, counts, achievement, warnings))
    return rows
