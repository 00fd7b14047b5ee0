"""What this room does; each act is one transaction with its audit event."""

from .assessments import prepare_assessment
from .conversions import (
    prepare_conversions,
    replace_conversion,
    review_conversion,
    sign_form,
    withdraw_form,
)
from .recording import (
    Conflict,
    record_balance,
    record_past_result,
    record_past_results,
    record_potential,
    save_particulars,
    take_back,
)
from .rewards import propose_reward, review_reward, withdraw_reward

__all__ = [
    "Conflict",
    "prepare_assessment",
    "prepare_conversions",
    "propose_reward",
    "record_balance",
    "record_past_result",
    "record_past_results",
    "record_potential",
    "replace_conversion",
    "review_conversion",
    "review_reward",
    "save_particulars",
    "sign_form",
    "take_back",
    "withdraw_form",
    "withdraw_reward",
]
