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
    "Service",
    "SurveyAnswer",
    "SurveyResponse",
]
