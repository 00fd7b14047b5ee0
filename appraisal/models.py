"""Gathers the tables of the rooms so that Django finds them."""

from .corrections.models import CorrectionCase
from .cycle.models import Period
from .monitoring.models import Evidence, Feedback, Realisation
from .planning.models import Indicator, Skp, SpecialExpectation, WorkResult
from .reports.models import AgencyReport
from .rulebook.models import BehaviourValue, Rule
from .scoring.models import Evaluation, ResultRating

__all__ = [
    "AgencyReport",
    "BehaviourValue",
    "CorrectionCase",
    "Evaluation",
    "Evidence",
    "Feedback",
    "Indicator",
    "Period",
    "Realisation",
    "ResultRating",
    "Rule",
    "Skp",
    "SpecialExpectation",
    "WorkResult",
]
