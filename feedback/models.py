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
from .complaints.models import (
    Complaint,
    ComplaintAttachment,
    ComplaintMail,
    ComplaintMessage,
    ComplaintTerm,
)
from .complaints.restricted.models import (
    RestrictedAttachment,
    RestrictedCase,
    RestrictedLetter,
    RestrictedMessage,
    SealOpening,
)
from .services.models import (
    CodeSheet,
    Counter,
    CounterDuty,
    Service,
    ServiceVolume,
    SurveyCode,
)

__all__ = [
    "CodeSheet",
    "CommentBatch",
    "Complaint",
    "ComplaintAttachment",
    "ComplaintMail",
    "ComplaintMessage",
    "ComplaintTerm",
    "Counter",
    "CounterDuty",
    "DayLimit",
    "NetworkTrace",
    "Question",
    "Questionnaire",
    "ReleasedComment",
    "RestrictedAttachment",
    "RestrictedCase",
    "RestrictedLetter",
    "RestrictedMessage",
    "SealOpening",
    "Service",
    "ServiceKind",
    "ServiceVolume",
    "SetAside",
    "SurveyAnswer",
    "SurveyCode",
    "SurveyContact",
    "SurveyResponse",
]
