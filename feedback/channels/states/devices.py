"""The life of a tablet at a counter."""

from ambon_kinerja.lifecycle.steps import Step

from ..models import KioskDevice
from ..rules import may_keep_kiosk

RECORD = "feedback.KioskDevice"
State = KioskDevice.State

REVOKE = Step("revoke", "Cabut", (State.ACTIVE,), State.REVOKED, may_keep_kiosk, needs_reason=True)
RESTORE = Step("restore", "Pasang kembali", (State.REVOKED,), State.ACTIVE, may_keep_kiosk, needs_reason=True)
STEPS = (REVOKE, RESTORE)
