"""What changes guidance and counselling, by what a person does to it."""

from ambon_kinerja.lifecycle.refusals import Refused

from .counselling import (
    add_note,
    cancel_counselling,
    conclude,
    follow_counselling,
    name_counsellor,
    reschedule_counselling,
    save_record,
)
from .filling import Incomplete, confirm, return_to_guide, save_part, sign
from .guidance import (
    ask_guidance,
    cancel_guidance,
    decline_guidance,
    open_guidance,
    plan_guidance,
    reschedule,
    withdraw_request,
)
from .refusals import Conflict
from .reports import begin_report, discard_report, dismiss_report, save_report, send_report, withdraw_report
from .reviewing import follow_up, give_opinion, report_upwards, save_review

__all__ = [
    "Conflict",
    "Incomplete",
    "Refused",
    "add_note",
    "ask_guidance",
    "begin_report",
    "cancel_counselling",
    "cancel_guidance",
    "conclude",
    "confirm",
    "decline_guidance",
    "discard_report",
    "dismiss_report",
    "follow_counselling",
    "follow_up",
    "give_opinion",
    "name_counsellor",
    "open_guidance",
    "plan_guidance",
    "report_upwards",
    "reschedule",
    "reschedule_counselling",
    "return_to_guide",
    "save_part",
    "save_record",
    "save_report",
    "save_review",
    "send_report",
    "sign",
    "withdraw_report",
    "withdraw_request",
]
