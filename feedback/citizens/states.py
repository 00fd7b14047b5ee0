"""The life of answers that were set aside. The group is what is decided on; its answers follow in the same act."""

from ambon_kinerja.lifecycle.steps import Step

from .models import SetAside
from .rules import may_decide_on_set_aside

RECORD = "feedback.SetAside"
State = SetAside.State

RELEASE = Step(
    "release", "Hitung kembali", (State.WAITING,), State.RELEASED, may_decide_on_set_aside, needs_reason=True
)
EXCLUDE = Step(
    "exclude", "Tidak dihitung", (State.WAITING,), State.EXCLUDED, may_decide_on_set_aside, needs_reason=True
)
RECONSIDER = Step(
    "reconsider",
    "Timbang lagi",
    (State.RELEASED, State.EXCLUDED),
    State.WAITING,
    may_decide_on_set_aside,
    needs_reason=True,
)

STEPS = (RELEASE, EXCLUDE, RECONSIDER)
