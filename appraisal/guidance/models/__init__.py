"""What guidance and counselling leave behind."""

from .counselling import BehaviourReport, Counselling, CounsellingNote
from .guidance import CompetenceReview, CompetenceScore, Guidance, GuidanceOpinion

__all__ = [
    "BehaviourReport",
    "CompetenceReview",
    "CompetenceScore",
    "Counselling",
    "CounsellingNote",
    "Guidance",
    "GuidanceOpinion",
]
