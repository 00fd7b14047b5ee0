"""The life of a guidance: asked or opened, held, signed by both, reported, followed up (pages 78-85)."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Guidance
from ..rules import is_guide, is_guided, may_arrange, may_follow_up, may_lead

RECORD = "appraisal.Guidance"
State = Guidance.State

PLAN = Step("plan", "Jadwalkan", (State.ASKED,), State.PLANNED, may_lead)
DECLINE = Step("decline", "Tolak permintaan", (State.ASKED,), State.DECLINED, may_lead, needs_reason=True)
WITHDRAW = Step("withdraw", "Tarik permintaan", (State.ASKED,), State.CANCELLED, is_guided)
CANCEL = Step("cancel", "Batalkan", (State.PLANNED,), State.CANCELLED, may_arrange, needs_reason=True)
SIGN = Step("sign", "Tandatangani sebagai pembimbing", (State.PLANNED,), State.SIGNED, is_guide)
RETURN = Step(
    "return", "Kembalikan kepada pembimbing", (State.SIGNED,), State.PLANNED, is_guided, needs_reason=True
)
CONFIRM = Step("confirm", "Tandatangani sebagai pegawai", (State.SIGNED,), State.DONE, is_guided)
REPORT = Step("report", "Laporkan kepada atasan", (State.DONE,), State.REPORTED, may_lead)
FOLLOW_UP = Step("follow_up", "Tetapkan tindak lanjut", (State.REPORTED,), State.CLOSED, may_follow_up)

STEPS = (PLAN, DECLINE, WITHDRAW, CANCEL, SIGN, RETURN, CONFIRM, REPORT, FOLLOW_UP)
