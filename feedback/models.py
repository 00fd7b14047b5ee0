"""Gathers the tables of the rooms so that Django finds them."""

from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
from .complaints.models import (
    Complaint,
    ComplaintAttachment,
    ComplaintMail,
    ComplaintMessage,
    ComplaintTerm,
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
    "Service",
    "SurveyAnswer",
    "SurveyResponse",
]
