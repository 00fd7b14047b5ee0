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
from .results.models import (
    ChangeAfterLock,
    LockedResult,
    QuarterLock,
    RespondentTally,
    RunningFigure,
    Tally,
    TallyChange,
)
from .services.models import CodeSheet, Counter, CounterDuty, Service, ServiceVolume, SurveyCode

__all__ = [
    "ChangeAfterLock",
    "CodeSheet",
    "CommentBatch",
    "Counter",
    "CounterDuty",
    "DayLimit",
    "LockedResult",
    "NetworkTrace",
    "QuarterLock",
    "Question",
    "Questionnaire",
    "ReleasedComment",
    "RespondentTally",
    "RunningFigure",
    "Service",
    "ServiceKind",
    "ServiceVolume",
    "SetAside",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyContact",
    "SurveyResponse",
    "Tally",
    "TallyChange",
]
