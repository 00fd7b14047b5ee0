"""The life of an issued document: valid until a newer version replaces it or somebody revokes it."""

from ambon_kinerja.lifecycle.steps import Step

from .models import IssuedDocument
from .rules import can_end

RECORD = "ambon_kinerja.IssuedDocument"
State = IssuedDocument.State

REPLACE = Step("replace", "Ganti dengan versi baru", (State.VALID,), State.REPLACED, may=can_end)
REVOKE = Step("revoke", "Cabut", (State.VALID,), State.REVOKED, may=can_end, needs_reason=True)
STEPS = [REPLACE, REVOKE]
