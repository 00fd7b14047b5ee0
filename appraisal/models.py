"""Gathers the tables of the rooms so that Django finds them."""

from .cascading.models import (
    InitiativeLine,
    IntervenedIndicator,
    MatrixRole,
    MatrixRow,
    RoleMatrix,
    StrategicInitiative,
)
from .corrections.models import CorrectionCase
from .cycle.models import Period
from .goals.models import (
    AgreementVersion,
    BudgetLine,
    Goal,
    GoalIndicator,
    PerformanceAgreement,
    PriorityProgramme,
)
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
    "AgreementVersion",
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
    "InitiativeLine",
    "IntervenedIndicator",
    "LibraryEntry",
    "MatrixRole",
    "MatrixRow",
    "PerformanceAgreement",
    "Period",
    "PriorityProgramme",
    "ProgressEntry",
    "ProgressStatement",
    "Realisation",
    "ResultRating",
    "RoleMatrix",
    "Rule",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StrategicInitiative",
    "StudyPlan",
    "WorkResult",
]
