"""The lifecycle of an evaluation: draft → final → acknowledged; a decided one may be superseded by a revision."""

from ambon_kinerja.lifecycle.steps import Step

from .models import Evaluation
from .rules import may_acknowledge, may_carry_over, may_finalise, may_supersede

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
SUPERSEDE = Step(
    name="supersede",
    label="Buka kembali",
    sources=(State.FINAL, State.ACKNOWLEDGED),
    target=State.SUPERSEDED,
    may=may_supersede,
    needs_reason=True,
)
CARRY_OVER = Step(
    name="carry_over",
    label="Pakai hasil dari unit lama",
    sources=(State.DRAFT,),
    target=State.FINAL,
    may=may_carry_over,
)
STEPS = (FINALISE, CARRY_OVER, ACKNOWLEDGE, SUPERSEDE)
