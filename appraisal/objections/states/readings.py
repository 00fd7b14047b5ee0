"""The second reading: drawn, then given, stepped back from, or out of time."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import BlindReading
from ..rules import by_timetable, may_read_blind

RECORD = "appraisal.BlindReading"
State = BlindReading.State

GIVE = Step("give", "Serahkan penilaian", (State.DRAWN,), State.GIVEN, may_read_blind)
RECUSE = Step("recuse", "Saya mundur", (State.DRAWN,), State.RECUSED, may_read_blind, needs_reason=True)
EXPIRE = Step("expire", "Nyatakan lewat waktu", (State.DRAWN,), State.EXPIRED, by_timetable)
STEPS = (GIVE, RECUSE, EXPIRE)
