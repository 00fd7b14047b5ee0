"""The way of a document: signed → handed over → received → signed and returned by the employee."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import EvaluationDocument
from ..rules import may_hand_over, may_receive

RECORD = "appraisal.EvaluationDocument"
State = EvaluationDocument.State

HAND_OVER = Step("hand_over", "Serahkan dokumen", (State.SIGNED,), State.HANDED_OVER, may_hand_over)
RECEIVE = Step("receive", "Saya terima dokumen ini", (State.HANDED_OVER,), State.RECEIVED, may_receive)
RETURN = Step("return", "Tandatangani dan kembalikan", (State.RECEIVED,), State.RETURNED, may_receive)
STEPS = (HAND_OVER, RECEIVE, RETURN)
