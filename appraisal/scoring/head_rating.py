"""What the achievement of a unit suggests for the work results of its head (SE Menteri PANRB 3/2023).

By the table of the rulebook; it stands beside the question and on the receipt, and never sets a rating.
"""

from dataclasses import dataclass

from appraisal.organisation.queries import RATINGS, led_by
from appraisal.rulebook.queries import value_on

from .matrix import Rating
from .queries import day_of


@dataclass(frozen=True)
class HeadSuggestion:
    unit: str
    level: str  # the achievement, in words
    rating: str  # the rating it suggests, in words
    number: int  # which version of the achievement
    set_on: object

    @property
    def in_receipt(self):
        """(label, words)"""
        return (
            f"Usulan bagi pimpinan {self.unit} dari capaian organisasi",
            f"{self.rating} (capaian {self.level.lower()}, versi {self.number} tanggal {self.set_on:%d-%m-%Y})",
        )


def head_suggestions(evaluation):
    """[HeadSuggestion] of the units that the employee leads in the period and whose achievement is set; mostly none."""
    person = evaluation.skp.employee
    led = led_by({"employee": person}, evaluation.period, day_of(evaluation), employee=person)
    ratings = value_on(RATINGS, evaluation.period.ends_on) if any(row.achievement for row in led) else {}
    return suggestions_from(led, ratings)


def suggestions_from(led, ratings):
    """The same out of what `led_by` told of its "employee", and the table of the rulebook."""
    return [
        HeadSuggestion(
            unit=row.unit.name,
            level=row.achievement.get_level_display(),
            rating=Rating(suggested).label,
            number=row.achievement.number,
            set_on=row.achievement.set_on,
        )
        for row in led
        if "employee" in row.leaders and row.achievement and (suggested := ratings.get(row.achievement.level))
    ]
