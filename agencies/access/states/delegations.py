"""The lifecycle of a delegation: offered → accepted or declined; taken back by who gave it. It ends by its term."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Delegation
from ..rules import is_delegator, is_recipient

RECORD = "agencies.Delegation"
State = Delegation.State

ACCEPT = Step(
    name="accept", label="Terima", sources=(State.OFFERED,), target=State.ACCEPTED, may=is_recipient
)
DECLINE = Step(
    name="decline", label="Tolak", sources=(State.OFFERED,), target=State.DECLINED, may=is_recipient
)
TAKE_BACK = Step(
    name="take_back",
    label="Ambil kembali",
    sources=(State.OFFERED, State.ACCEPTED),
    target=State.TAKEN_BACK,
    may=is_delegator,
)
STEPS = (ACCEPT, DECLINE, TAKE_BACK)
