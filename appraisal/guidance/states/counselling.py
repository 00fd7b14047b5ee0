"""The life of a counselling. No step carries words: what was said stays between the two (pages 87-88)."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Counselling
from ..rules import is_counsellor, may_follow_counselling, may_manage_counselling

RECORD = "appraisal.Counselling"
State = Counselling.State

CONCLUDE = Step("conclude", "Sampaikan kesimpulan", (State.SCHEDULED,), State.CONCLUDED, is_counsellor)
CANCEL = Step("cancel", "Batalkan konseling", (State.SCHEDULED,), State.CANCELLED, may_manage_counselling)
FOLLOW_UP = Step(
    "follow_up", "Tetapkan tindak lanjut", (State.CONCLUDED,), State.CLOSED, may_follow_counselling
)

STEPS = (CONCLUDE, CANCEL, FOLLOW_UP)
