"""The life of an import: read, then applied or discarded; what was applied last can be undone once."""

from ambon_kinerja.lifecycle.steps import Step

from .models import ImportBatch
from .rules import may_change_batch

RECORD = "agencies.ImportBatch"
State = ImportBatch.State

READ = Step("read", "Baca berkas", (State.WAITING,), State.READ, may_change_batch)
APPLY = Step("apply", "Terapkan", (State.READ,), State.APPLIED, may_change_batch)
DISCARD = Step("discard", "Buang", (State.WAITING, State.READ), State.DISCARDED, may_change_batch)
UNDO = Step("undo", "Batalkan penerapan", (State.APPLIED,), State.UNDONE, may_change_batch)
STEPS = (READ, APPLY, DISCARD, UNDO)
