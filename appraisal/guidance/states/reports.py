"""The life of a report on behaviour (form B.1.10). No step carries words: they stay on the row that few may read."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import BehaviourReport
from ..rules import is_office, may_lead

RECORD = "appraisal.BehaviourReport"
State = BehaviourReport.State

SEND = Step("send", "Laporkan kepada BKPSDM", (State.DRAFT,), State.SENT, may_lead)
DISCARD = Step("discard", "Buang draf", (State.DRAFT,), State.WITHDRAWN, may_lead)
WITHDRAW = Step("withdraw", "Tarik kembali", (State.SENT,), State.WITHDRAWN, may_lead)
DECIDE = Step("decide", "Tetapkan konseling", (State.SENT,), State.DECIDED, is_office)
DISMISS = Step("dismiss", "Selesaikan tanpa konseling", (State.SENT,), State.DISMISSED, is_office)

STEPS = (SEND, DISCARD, WITHDRAW, DECIDE, DISMISS)
