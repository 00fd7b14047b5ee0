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
    "SurveyResponse",
]
