"""What a decision that changes the result does to evaluations: the old one is superseded, the new one is final."""

from ambon_kinerja.lifecycle.steps import Step
from appraisal.scoring.models import Evaluation

from ..rules import may_decide_anew, may_replace

RECORD = "appraisal.Evaluation"
State = Evaluation.State

REPLACE = Step(
    "replace",
    "Gantikan oleh keputusan keberatan",
    (State.FINAL, State.ACKNOWLEDGED),
    State.SUPERSEDED,
    may_replace,
    needs_reason=True,
)
DECIDE_ANEW = Step(
    "decide_anew", "Tetapkan menurut keputusan keberatan", (State.DRAFT,), State.FINAL, may_decide_anew
)
STEPS = (REPLACE, DECIDE_ANEW)
