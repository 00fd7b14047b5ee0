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
from .complaints.models import Complaint, ComplaintAttachment, ComplaintMail, ComplaintMessage, ComplaintTerm
from .complaints.restricted.models import (
    RestrictedAttachment,
    RestrictedCase,
    RestrictedLetter,
    RestrictedMessage,
    SealOpening,
)
from .followup.models import FollowUpItem, FollowUpPlan, Problem, Solution
from .services.models import Service

__all__ = [
    "Complaint",
    "ComplaintAttachment",
    "ComplaintMail",
    "ComplaintMessage",
    "ComplaintTerm",
    "CoreValue",
    "FeedbackInvitation",
    "FeedbackRound",
    "FeedbackSubject",
    "FeedbackTally",
    "FollowUpItem",
    "FollowUpPlan",
    "Problem",
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
    "Solution",
    "SurveyAnswer",
    "SurveyResponse",
]
