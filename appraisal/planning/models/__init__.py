"""The performance plan of one employee: the plan itself, its results, and what helps to write one."""

from .annexes import AnnexLine, StudyPlan
from .library import LibraryEntry
from .plan import Skp, SkpVersion, SpecialExpectation
from .results import Indicator, IndicatorManual, WorkResult

__all__ = [
    "AnnexLine",
    "Indicator",
    "IndicatorManual",
    "LibraryEntry",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StudyPlan",
    "WorkResult",
]
