"""Plans after a survey, and the register of problems."""

from .plans import FollowUpItem, FollowUpPlan
from .problems import Problem, Solution

__all__ = ["FollowUpItem", "FollowUpPlan", "Problem", "Solution"]
