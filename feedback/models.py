"""Gathers the tables of the rooms so that Django finds them."""

from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
from .colleagues.models import (
    CoreValue,
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    RaterCandidate,
    ReleasedFeedback,
)
from .complaints.restricted.models import (
    RestrictedAttachment,
    RestrictedCase,
    RestrictedLetter,
    RestrictedMessage,
    SealOpening,
)
from .services.models import Service

__all__ = [
    "CoreValue",
    "FeedbackInvitation",
    "FeedbackRound",
    "FeedbackSubject",
    "FeedbackTally",
    "Question",
    "Questionnaire",
    "RaterCandidate",
    "ReleasedFeedback",
    "RestrictedAttachment",
    "RestrictedCase",
    "RestrictedLetter",
    "RestrictedMessage",
    "SealOpening",
    "Service",
    "SurveyAnswer",
    "SurveyResponse",
]
