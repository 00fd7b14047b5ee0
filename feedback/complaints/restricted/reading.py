"""What of a case is shown before a seal is open."""

from feedback.citizens.screening import screened

from .queries import officer_of
from .wording import without_names


def covered(case, text):
    """`text` as the lane reads it: without words of the contact and of the officer's name, without numbers."""
    if not hasattr(case, "_officer_name"):
        officer = officer_of(case)
        case._officer_name = officer.name if officer else ""
    return screened(without_names(text, case.contact, case.named, case._officer_name))


def thread_of(case, *, for_lane):
    """The messages, oldest first: without notes for the citizen, with names covered for the lane."""
    rows = case.messages.select_related("by")
    if not for_lane:
        rows = rows.exclude(side="note")
    return [
        {
            "side": message.side,
            "label": message.get_side_display(),
            "at": message.at,
            "by": message.by,
            "text": covered(case, message.text) if for_lane and message.side == "citizen" else message.text,
        }
        for message in rows
    ]
