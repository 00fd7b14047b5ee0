"""What the browser may send, by whose page it is."""

from .decisions import DecisionForm
from .survey import EraseForm, SurveyForm

__all__ = ["DecisionForm", "EraseForm", "SurveyForm"]
