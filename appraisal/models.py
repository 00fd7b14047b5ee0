"""Gathers the tables of the rooms so that Django finds them."""

from .corrections.models import CorrectionCase
from .cycle.models import Period
from .goals.models import BudgetLine, Goal, GoalIndicator, PerformanceAgreement, PriorityProgramme
from .guidance.models import (
    BehaviourReport,
    CompetenceReview,
    CompetenceScore,
    Counselling,
    CounsellingNote,
    Guidance,
    GuidanceOpinion,
)
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
from .rulebook.models import BehaviourValue, Rule
from .scoring.models import Evaluation, ResultRating

__all__ = [
    "AgencyReport",
    "AnnexLine",
    "BehaviourReport",
    "BehaviourValue",
    "BudgetLine",
    "CompetenceReview",
    "CompetenceScore",
    "CorrectionCase",
    "Counselling",
    "CounsellingNote",
    "Evaluation",
    "Evidence",
    "Feedback",
    "Goal",
    "GoalIndicator",
    "Guidance",
    "GuidanceOpinion",
    "Indicator",
    "IndicatorManual",
    "LibraryEntry",
    "PerformanceAgreement",
    "Period",
    "PriorityProgramme",
    "Realisation",
    "ResultRating",
    "Rule",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StudyPlan",
    "WorkResult",
]
