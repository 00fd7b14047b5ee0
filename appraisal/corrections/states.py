"""The life of a correction case: found, then looked at by a person."""

from ambon_kinerja.lifecycle.steps import Step

from .models import CorrectionCase
from .rules import may_close

RECORD = "appraisal.CorrectionCase"

CLOSE = Step(
    "close",
    "Simpan kesimpulan",
    (CorrectionCase.State.OPEN,),
    CorrectionCase.State.CLOSED,
    may_close,
    needs_reason=True,
)
STEPS = (CLOSE,)
