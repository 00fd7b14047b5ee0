"""Gathers the tables of the rooms so that Django finds them."""

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
from .services.models import Service

__all__ = [
    "CommentBatch",
    "DayLimit",
    "NetworkTrace",
    "Question",
    "Questionnaire",
    "ReleasedComment",
    "Service",
    "ServiceKind",
    "SetAside",
    "SurveyAnswer",
    "SurveyContact",
from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
from .services.models import CodeSheet, Counter, CounterDuty, Service, ServiceVolume, SurveyCode

__all__ = [
    "CodeSheet",
    "Counter",
    "CounterDuty",
    "Question",
    "Questionnaire",
    "Service",
    "ServiceVolume",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyResponse",
]
