"""The life of a session: called and open, then closed with its minutes, or called off."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import CalibrationSession
from ..rules import may_chair

RECORD = "appraisal.CalibrationSession"
State = CalibrationSession.State

CLOSE = Step("close", "Tutup sesi", (State.OPEN,), State.CLOSED, may_chair)
CANCEL = Step("cancel", "Batalkan sesi", (State.OPEN,), State.CANCELLED, may_chair, needs_reason=True)
STEPS = (CLOSE, CANCEL)
