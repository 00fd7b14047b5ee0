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
from .citizens.models import (
    CommentBatch,
    DayLimit,
    NetworkTrace,
    Question,
    Questionnaire,
    ReleasedComment,
    ServiceKind,
    SetAside,
    SurveyAnswer,
    SurveyContact,
    SurveyResponse,
)
from .services.models import CodeSheet, Counter, CounterDuty, Service, ServiceVolume, SurveyCode

__all__ = [
    "CodeSheet",
    "CommentBatch",
    "Counter",
    "CounterDuty",
    "DayLimit",
    "NetworkTrace",
    "Question",
    "Questionnaire",
    "ReleasedComment",
    "Service",
    "ServiceKind",
    "ServiceVolume",
    "SetAside",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyContact",
    "SurveyResponse",
]
