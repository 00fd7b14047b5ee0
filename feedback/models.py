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
from .colleagues.models import (
    CoreValue,
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    RaterCandidate,
    ReleasedFeedback,
)
from .services.models import CodeSheet, Counter, CounterDuty, Service, ServiceVolume, SurveyCode

__all__ = [
    "CodeSheet",
    "CommentBatch",
    "CoreValue",
    "Counter",
    "CounterDuty",
    "DayLimit",
    "FeedbackInvitation",
    "FeedbackRound",
    "FeedbackSubject",
    "FeedbackTally",
    "NetworkTrace",
    "Question",
    "Questionnaire",
    "RaterCandidate",
    "ReleasedComment",
    "ReleasedFeedback",
    "Service",
    "ServiceKind",
    "ServiceVolume",
    "SetAside",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyContact",
    "SurveyResponse",
]
