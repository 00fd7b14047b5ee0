"""What people and the timetable do in this room, by the step it belongs to."""

from .deciding import decide_objection
from .documents import hand_over, hand_over_many, open_document, receive, sign_and_return
from .examining import answer, arrange_hearing, explain, keep_minutes
from .objecting import (
    add_file,
    cite_evidence,
    drop_evidence,
    file_objection,
    save_objection,
    start_objection,
    withdraw_objection,
)
from .reading import draw_reader, give_reading, recuse, save_reading
from .refusals import Conflict, Refused
from .reporting import report_many

__all__ = [
    "Conflict",
    "Refused",
    "add_file",
    "answer",
    "arrange_hearing",
    "cite_evidence",
    "decide_objection",
    "draw_reader",
    "drop_evidence",
    "explain",
    "file_objection",
    "give_reading",
    "hand_over",
    "hand_over_many",
    "keep_minutes",
    "open_document",
    "receive",
    "recuse",
    "report_many",
    "save_objection",
    "save_reading",
    "sign_and_return",
    "start_objection",
    "withdraw_objection",
]
