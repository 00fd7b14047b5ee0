"""The lifecycle of an evaluation: draft → final → acknowledged."""

from ambon_kinerja.lifecycle.steps import Step

from .models import Evaluation
from .rules import may_acknowledge, may_finalise

RECORD = "appraisal.Evaluation"
State = Evaluation.State

FINALISE = Step(
    name="finalise", label="Tetapkan penilaian", sources=(State.DRAFT,), target=State.FINAL, may=may_finalise
)
ACKNOWLEDGE = Step(
    name="acknowledge",
    label="Saya sudah membaca",
    sources=(State.FINAL,),
    target=State.ACKNOWLEDGED,
    may=may_acknowledge,
)
STEPS = (FINALISE, ACKNOWLEDGE)
