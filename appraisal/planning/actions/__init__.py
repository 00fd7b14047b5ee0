"""What changes a plan, by what a person does to it."""

from .plan import (
    Conflict,
    PlanIncomplete,
    agree_skp,
    content_of,
    draft_skp,
    locked_plan,
    remove_result,
    return_skp,
    save_result,
    set_expectation,
    submit_skp,
    withdraw_skp,
)

__all__ = [
    "Conflict",
    "PlanIncomplete",
    "agree_skp",
    "content_of",
    "draft_skp",
    "locked_plan",
    "remove_result",
    "return_skp",
    "save_result",
    "set_expectation",
    "submit_skp",
    "withdraw_skp",
]
