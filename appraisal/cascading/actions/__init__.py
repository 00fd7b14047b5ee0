"""What changes strategies and matrices, by what a person does."""

from .initiatives import initiative_content, remove_initiative, save_initiative
from .matrix import add_person, decide_consent, remove_person, save_row
from .taking import take_role

__all__ = [
    "add_person",
    "decide_consent",
    "initiative_content",
    "remove_initiative",
    "remove_person",
    "save_initiative",
    "save_row",
    "take_role",
]
