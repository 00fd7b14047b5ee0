"""The life of an objection; what was decided, withdrawn or became moot stays so."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import Objection
from ..rules import by_timetable, may_decide, may_file, may_withdraw

RECORD = "appraisal.Objection"
State = Objection.State

FILE = Step("file", "Ajukan keberatan", (State.DRAFT,), State.FILED, may_file)
UPHOLD = Step("uphold", "Kuatkan hasil", (State.FILED,), State.UPHELD, may_decide, needs_reason=True)
CHANGE = Step("change", "Ubah hasil", (State.FILED,), State.CHANGED, may_decide, needs_reason=True)
WITHDRAW = Step(
    "withdraw", "Tarik keberatan", (State.FILED,), State.WITHDRAWN, may_withdraw, needs_reason=True
)
# Not a second time "filed": it goes to the next superior when the first stayed silent.
PASS_UP = Step("pass_up", "Teruskan ke atasan", (State.FILED,), State.FILED, by_timetable, needs_reason=True)
LAPSE = Step("lapse", "Nyatakan gugur", (State.FILED,), State.MOOT, by_timetable, needs_reason=True)
STEPS = (FILE, UPHOLD, CHANGE, WITHDRAW, PASS_UP, LAPSE)
