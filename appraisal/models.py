"""Gathers the tables of the rooms so that Django finds them."""

from .corrections.models import CorrectionCase
from .cycle.models import Period
from .goals.models import BudgetLine, Goal, GoalIndicator, PerformanceAgreement, PriorityProgramme
from .monitoring.models import (
    ActionStep,
    Evidence,
    Feedback,
    FeedbackRequest,
    ProgressEntry,
    ProgressStatement,
    Realisation,
)
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
from .rulebook.models import BehaviourValue, Rule
from .scoring.models import Evaluation, ResultRating

__all__ = [
    "ActionStep",
    "AgencyReport",
    "AnnexLine",
    "BehaviourValue",
    "BudgetLine",
    "CorrectionCase",
    "Evaluation",
    "Evidence",
    "Feedback",
    "FeedbackRequest",
    "Goal",
    "GoalIndicator",
    "Indicator",
    "IndicatorManual",
    "LibraryEntry",
    "PerformanceAgreement",
    "Period",
    "PriorityProgramme",
    "ProgressEntry",
    "ProgressStatement",
    "Realisation",
    "ResultRating",
    "Rule",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StudyPlan",
    "WorkResult",
]
