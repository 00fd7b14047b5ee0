"""What changes the record of a plan, by what a person does."""

from .action_plan import agree_steps, remove_step, save_step
from .evidence import add_evidence_file, add_evidence_link, cite_service, remove_evidence
from .progress import change_progress, note_progress, remove_progress
from .realisation import record_realisation, record_realisations
from .refusals import Conflict, Refused
from .statements import state_progress
from .voices import answer_feedback, ask_for_feedback, give_feedback, withdraw_feedback

__all__ = [
    "Conflict",
    "Refused",
    "add_evidence_file",
    "add_evidence_link",
    "agree_steps",
    "answer_feedback",
    "ask_for_feedback",
    "change_progress",
    "cite_service",
    "give_feedback",
    "note_progress",
    "record_realisation",
    "record_realisations",
    "remove_evidence",
    "remove_progress",
    "remove_step",
    "save_step",
    "state_progress",
    "withdraw_feedback",
]
