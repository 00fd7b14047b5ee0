"""What changes a citizen's letter: taken in, handled by officers, answered by its writer, moved by time."""

from ambon_kinerja.lifecycle.refusals import Refused

from .handling import (
    answer,
    ask,
    begin,
    close,
    escalate,
    forward,
    merge,
    open_contact,
    refuse,
    transfer,
    verify,
)
from .receiving import receive_complaint, take_over
from .refusals import Conflict
from .replying import accept, add_words, erase_contact, rate, reopen, reply
from .terms import add_term

__all__ = [
    "Conflict",
    "Refused",
    "accept",
    "add_term",
    "add_words",
    "answer",
    "ask",
    "begin",
    "close",
    "erase_contact",
    "escalate",
    "forward",
    "merge",
    "open_contact",
    "rate",
    "receive_complaint",
    "refuse",
    "reopen",
    "reply",
    "take_over",
    "transfer",
    "verify",
]
