"""The tables of the citizens' survey."""

from .comments import CommentBatch, ReleasedComment, SurveyContact
from .network import DayLimit, NetworkTrace
from .questionnaires import Question, Questionnaire, ServiceKind
from .responses import SETS_ASIDE, Mark, SetAside, SurveyAnswer, SurveyResponse, new_reference

__all__ = [
    "SETS_ASIDE",
    "CommentBatch",
    "DayLimit",
    "Mark",
    "NetworkTrace",
    "Question",
    "Questionnaire",
    "ReleasedComment",
    "ServiceKind",
    "SetAside",
    "SurveyAnswer",
    "SurveyContact",
    "SurveyResponse",
    "new_reference",
]
