"""What changes sessions and what is proposed in them."""

from .answering import accept_proposal, keep_proposal, propose_rating
from .explaining import explain_distribution
from .sessions import (
    Conflict,
    add_items,
    call_session,
    cancel_session,
    close_session,
    drop_item,
    save_agenda,
)

__all__ = [
    "Conflict",
    "accept_proposal",
    "add_items",
    "call_session",
    "cancel_session",
    "close_session",
    "drop_item",
    "explain_distribution",
    "keep_proposal",
    "propose_rating",
    "save_agenda",
]
