"""Gathers the tables of the rooms so that Django finds them."""

from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
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
from .services.models import Service

__all__ = [
    "Complaint",
    "ComplaintAttachment",
    "ComplaintMail",
    "ComplaintMessage",
    "ComplaintTerm",
    "Question",
    "Questionnaire",
    "RestrictedAttachment",
    "RestrictedCase",
    "RestrictedLetter",
    "RestrictedMessage",
    "SealOpening",
    "Service",
    "SurveyAnswer",
    "SurveyResponse",
]
