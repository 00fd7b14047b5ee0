"""The life of an agreement: draft → offered by the head → signed by the leader above → a draft of the next version."""

from ambon_kinerja.lifecycle.steps import Step

from .models import PerformanceAgreement
from .rules import may_offer, may_record, may_reopen, may_sign

RECORD = "appraisal.PerformanceAgreement"
State = PerformanceAgreement.State

OFFER = Step("offer", "Tanda tangani dan ajukan", (State.DRAFT,), State.OFFERED, may_offer)
WITHDRAW = Step("withdraw", "Tarik kembali", (State.OFFERED,), State.DRAFT, may_offer)
SIGN = Step("sign", "Tanda tangani dan tetapkan", (State.OFFERED,), State.SIGNED, may_sign)
SEND_BACK = Step("send_back", "Kembalikan", (State.OFFERED,), State.DRAFT, may_sign, needs_reason=True)
RECORD_PAPER = Step(
    "record", "Catat yang ditandatangani di kertas", (State.DRAFT, State.OFFERED), State.SIGNED, may_record
)
REOPEN = Step("reopen", "Buat versi baru", (State.SIGNED,), State.DRAFT, may_reopen, needs_reason=True)

STEPS = (OFFER, WITHDRAW, SIGN, SEND_BACK, RECORD_PAPER, REOPEN)
