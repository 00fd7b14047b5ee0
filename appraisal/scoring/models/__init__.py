"""The evaluation of one employee in one period, what its ratings stand on, and what went past a warning."""

from .backing import Citation, Escalation
from .carrying import CarryOver
from .evaluation import (
    DECIDED_FIELDS,
    Evaluation,
    EvaluationQuerySet,
    ResultRating,
    decided_fields_change,
    predikat_follows_the_matrix,
)

__all__ = [
    "DECIDED_FIELDS",
    "CarryOver",
    "Citation",
    "Escalation",
    "Evaluation",
    "EvaluationQuerySet",
    "ResultRating",
    "decided_fields_change",
    "predikat_follows_the_matrix",
]
