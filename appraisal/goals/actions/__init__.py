"""What changes agreements and programmes, by what a person does."""

from .signing import (
    AgreementIncomplete,
    content_of,
    offer_agreement,
    record_agreement,
    reopen_agreement,
    send_back_agreement,
    sign_agreement,
    withdraw_agreement,
)
from .writing import (
    Conflict,
    change_programme,
    goal_content,
    remove_budget_line,
    remove_goal,
    save_budget_line,
    save_goal,
    start_agreement,
)

__all__ = [
    "AgreementIncomplete",
    "Conflict",
    "change_programme",
    "content_of",
    "goal_content",
    "offer_agreement",
    "record_agreement",
    "remove_budget_line",
    "remove_goal",
    "reopen_agreement",
    "save_budget_line",
    "save_goal",
    "send_back_agreement",
    "sign_agreement",
    "start_agreement",
    "withdraw_agreement",
]
