"""Gathers the tables of the rooms so that Django finds them."""

from .corrections.models import CorrectionCase
from .cycle.models import PerformanceYear, Period, Reminder, YearWindow
from .goals.models import BudgetLine, Goal, GoalIndicator, PerformanceAgreement, PriorityProgramme
from .monitoring.models import Evidence, Feedback, Realisation
from .planning.models import (
    AnnexLine,
    Indicator,
    IndicatorManual,
    LibraryEntry,
    Skp,
    SkpVersion,
    SpecialExpectation,
    StudyPlan,
    WorkResult,
)
from .reports.models import AgencyReport
from .rulebook.models import BehaviourValue, Rule, RuleChange
from .scoring.models import Evaluation, ResultRating

__all__ = [
    "AgencyReport",
    "AnnexLine",
    "BehaviourValue",
    "BudgetLine",
    "CorrectionCase",
    "Evaluation",
    "Evidence",
    "Feedback",
    "Goal",
    "GoalIndicator",
    "Indicator",
    "IndicatorManual",
    "LibraryEntry",
    "PerformanceAgreement",
    "PerformanceYear",
    "Period",
    "PriorityProgramme",
    "Realisation",
    "Reminder",
    "ResultRating",
    "Rule",
    "RuleChange",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StudyPlan",
    "WorkResult",
    "YearWindow",
]
