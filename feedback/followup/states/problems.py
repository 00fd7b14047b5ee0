"""The life of a problem: recorded, its cause found, a solution tried and judged; closed, or tried anew."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Problem
from ..rules import may_write_problem

RECORD = "feedback.Problem"
State = Problem.State

ANALYSE = Step(
    "analyse",
    "Catat penyebabnya",
    (State.RECORDED, State.ANALYSED, State.JUDGED),
    State.ANALYSED,
    may_write_problem,
)
TRY = Step("try", "Coba solusi", (State.ANALYSED, State.JUDGED), State.TRYING, may_write_problem)
JUDGE = Step("judge", "Catat hasil solusi", (State.TRYING,), State.JUDGED, may_write_problem)
CLOSE = Step(
    "close",
    "Tutup masalah",
    (State.RECORDED, State.ANALYSED, State.JUDGED),
    State.CLOSED,
    may_write_problem,
    needs_reason=True,
)
STEPS = (ANALYSE, TRY, JUDGE, CLOSE)
