"""The lifecycle of a proposal: proposed → approved, refused, withdrawn or expired."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Proposal
from ..rules import has_run_out, is_proposer, may_decide

RECORD = "agencies.Proposal"
State = Proposal.State

APPROVE = Step(
    name="approve", label="Setujui", sources=(State.PROPOSED,), target=State.APPROVED, may=may_decide
)
REFUSE = Step(
    name="refuse",
    label="Tolak",
    sources=(State.PROPOSED,),
    target=State.REFUSED,
    may=may_decide,
    needs_reason=True,
)
WITHDRAW = Step(
    name="withdraw", label="Tarik usulan", sources=(State.PROPOSED,), target=State.WITHDRAWN, may=is_proposer
)
EXPIRE = Step(
    name="expire", label="Lewat batas waktu", sources=(State.PROPOSED,), target=State.EXPIRED, may=has_run_out
)
STEPS = (APPROVE, REFUSE, WITHDRAW, EXPIRE)
