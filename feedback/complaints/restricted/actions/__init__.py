"""What changes a complaint about an officer."""

from ambon_kinerja.lifecycle.refusals import Refused

from .handling import (
    ask_reply,
    begin,
    close,
    decide,
    hand_over,
    identify,
    inform_superior,
    make_ordinary,
    write,
)
from .receiving import receive, withdraw_contact, write_as_citizen
from .replying import reply
from .seals import ask_seal, open_seal, read_sealed

__all__ = [
    "Refused",
    "ask_reply",
    "ask_seal",
    "begin",
    "close",
    "decide",
    "hand_over",
    "identify",
    "inform_superior",
    "make_ordinary",
    "open_seal",
    "read_sealed",
    "receive",
    "reply",
    "withdraw_contact",
    "write",
    "write_as_citizen",
]
