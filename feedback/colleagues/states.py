"""The life of a round of feedback by colleagues."""

from ambon_kinerja.lifecycle.steps import Step

from .models import FeedbackRound
from .rules import may_close, may_keep_round

RECORD = "feedback.FeedbackRound"
State = FeedbackRound.State

OPEN = Step("open", "Undi rekan dan buka", (State.PREPARED,), State.OPEN, may_keep_round)
CLOSE = Step("close", "Tutup dan keluarkan hasil", (State.OPEN,), State.CLOSED, may_close)
CANCEL = Step(
    "cancel", "Batalkan putaran", (State.PREPARED,), State.CANCELLED, may_keep_round, needs_reason=True
)
STEPS = (OPEN, CLOSE, CANCEL)
