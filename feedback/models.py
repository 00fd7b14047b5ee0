"""Gathers the tables of the rooms so that Django finds them."""

from .citizens.models import Question, Questionnaire, SurveyAnswer, SurveyResponse
from .services.models import Service

__all__ = ["Question", "Questionnaire", "Service", "SurveyAnswer", "SurveyResponse"]
