"""What the achievement of a unit suggests for the work results of its head (SE Menteri PANRB 3/2023).

By the table of the rulebook; it stands beside the question and on the receipt, and never sets a rating.
"""

from dataclasses import dataclass

from django.utils import timezone

from appraisal.goals.queries import units_led_by
from appraisal.organisation.queries import achievements_for, rating_of

from .matrix import Rating


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
    period = evaluation.period
    day = min(timezone.localdate(), period.ends_on)
    led = units_led_by(evaluation.skp.employee, day)
    found = achievements_for(led.order_by().values("pk"), period)
    return [
        HeadSuggestion(
            unit=row.unit.name,
            level=row.get_level_display(),
            rating=Rating(suggested).label,
            number=row.number,
            set_on=row.set_on,
        )
        for row in sorted(found.values(), key=lambda row: row.unit.path)
        if (suggested := rating_of(row, period))
    ]
