"""The tables of this room, by the step they belong to."""

from .documents import Deadline, EvaluationDocument, ReportStep
from .objections import Hearing, Objection, ObjectionEvidence
from .reading import BlindReading

__all__ = [
    "BlindReading",
    "Deadline",
    "EvaluationDocument",
    "Hearing",
    "Objection",
    "ObjectionEvidence",
    "ReportStep",
]
