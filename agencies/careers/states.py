"""The life of what an employee asks about his appraiser."""

from ambon_kinerja.lifecycle.steps import Step

from .models import LineRequest
from .rules import may_decline, may_forward, may_mend, may_withdraw

RECORD = "agencies.LineRequest"
State = LineRequest.State

FORWARD = Step("forward", "Teruskan ke BKPSDM", (State.OPEN,), State.FORWARDED, may_forward)
MEND = Step("mend", "Sudah diperbaiki", LineRequest.WAITING, State.MENDED, may_mend, needs_reason=True)
DECLINE = Step("decline", "Tolak", LineRequest.WAITING, State.DECLINED, may_decline, needs_reason=True)
WITHDRAW = Step("withdraw", "Tarik kembali", LineRequest.WAITING, State.WITHDRAWN, may_withdraw)
STEPS = (FORWARD, MEND, DECLINE, WITHDRAW)
