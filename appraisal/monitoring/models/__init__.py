"""What was agreed to do, what was reached in a period, what shows it, and what others said of it."""

from .progress import ActionStep, ProgressEntry
from .recording import Evidence, Realisation
from .voices import Feedback, FeedbackRequest, ProgressStatement

__all__ = [
    "ActionStep",
    "Evidence",
    "Feedback",
    "FeedbackRequest",
    "ProgressEntry",
    "ProgressStatement",
    "Realisation",
]
