"""The life of a pile of paper: keyed, keyed again by others, compared, accepted."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import PaperBatch
from ..rules import may_conclude, may_key

RECORD = "feedback.PaperBatch"
State = PaperBatch.State

FINISH_FIRST = Step("finish_first", "Selesai, mulai pengisian kedua", (State.FIRST,), State.SECOND, may_key)
FINISH_SECOND = Step("finish_second", "Selesai, cocokkan", (State.SECOND,), State.COMPARING, may_key)
ACCEPT = Step("accept", "Terima ke hasil survei", (State.COMPARING,), State.ACCEPTED, may_conclude)
CANCEL = Step(
    "cancel", "Batalkan kumpulan", PaperBatch.UNDER_WAY, State.CANCELLED, may_conclude, needs_reason=True
)
STEPS = (FINISH_FIRST, FINISH_SECOND, ACCEPT, CANCEL)
