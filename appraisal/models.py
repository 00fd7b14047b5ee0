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
from .cycle.models import PerformanceYear, Period, Reminder, YearWindow
from .goals.models import (
    AgreementVersion,
    BudgetLine,
    Goal,
    GoalIndicator,
    PerformanceAgreement,
    PriorityProgramme,
)
from .guidance.models import (
    BehaviourReport,
    CompetenceReview,
    CompetenceScore,
    Counselling,
    CounsellingNote,
    Guidance,
    GuidanceOpinion,
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
from .organisation.models import OrganisationAchievement
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
from .scoring.models import Citation, Escalation, Evaluation, ResultRating

__all__ = [
    "ActionStep",
    "AgencyReport",
    "AgreementVersion",
    "AnnexLine",
    "BehaviourReport",
    "BehaviourValue",
    "BudgetLine",
    "Citation",
    "CompetenceReview",
    "CompetenceScore",
    "CorrectionCase",
    "Counselling",
    "CounsellingNote",
    "Escalation",
    "Evaluation",
    "Evidence",
    "Feedback",
    "FeedbackRequest",
    "Goal",
    "GoalIndicator",
    "Guidance",
    "GuidanceOpinion",
    "Indicator",
    "IndicatorManual",
    "InitiativeLine",
    "IntervenedIndicator",
    "LibraryEntry",
    "MatrixRole",
    "MatrixRow",
    "OrganisationAchievement",
    "PerformanceAgreement",
    "PerformanceYear",
    "Period",
    "PriorityProgramme",
    "ProgressEntry",
    "ProgressStatement",
    "Realisation",
    "Reminder",
    "ResultRating",
    "RoleMatrix",
    "Rule",
    "RuleChange",
    "Skp",
    "SkpVersion",
    "SpecialExpectation",
    "StrategicInitiative",
    "StudyPlan",
    "WorkResult",
    "YearWindow",
]
