"""What changes a plan, by what a person does to it."""

from .adjusting import begin_adjustment, drop_adjustment
from .agreeing import agree_skp, return_skp, submit_skp, withdraw_skp
from .linking import link_results
from .plan import Conflict, PlanIncomplete, choose_format, draft_skp, locked_plan
from .results import content_of, remove_result, save_result, set_expectation

__all__ = [
    "Conflict",
    "PlanIncomplete",
    "agree_skp",
    "begin_adjustment",
    "choose_format",
    "content_of",
    "draft_skp",
    "drop_adjustment",
    "link_results",
    "locked_plan",
    "remove_result",
    "return_skp",
    "save_result",
    "set_expectation",
    "submit_skp",
    "withdraw_skp",
]
