"""The life of a proposal: the appraiser of the day accepts it or keeps his rating; unanswered it lapses."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import CalibrationProposal
from ..rules import chairs_it, may_answer

RECORD = "appraisal.CalibrationProposal"
State = CalibrationProposal.State

ACCEPT = Step("accept", "Terima usulan", (State.OPEN,), State.ACCEPTED, may_answer)
KEEP = Step("keep", "Tetap pada rating saya", (State.OPEN,), State.KEPT, may_answer, needs_reason=True)
LAPSE = Step("lapse", "Tidak dijawab", (State.OPEN,), State.LAPSED, chairs_it)
STEPS = (ACCEPT, KEEP, LAPSE)
