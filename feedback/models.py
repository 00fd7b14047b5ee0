"""Gathers the tables of the rooms so that Django finds them."""

from .channels.models import (
    AssistedTally,
    Enumerator,
    KioskDevice,
    KioskReceipt,
    PaperBatch,
    PaperMismatch,
    PaperQuestion,
    PaperSheet,
    SheetKeying,
)
from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
from .services.models import Service

__all__ = [
    "AssistedTally",
    "Enumerator",
    "KioskDevice",
    "KioskReceipt",
    "PaperBatch",
    "PaperMismatch",
    "PaperQuestion",
    "PaperSheet",
    "Question",
    "Questionnaire",
    "Service",
    "SheetKeying",
    "SurveyAnswer",
    "SurveyResponse",
]
