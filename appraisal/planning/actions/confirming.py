"""The owner says why a result needs a target without room for a mistake (PermenPANRB 6/2022 page 51)."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused

from ..models import WorkResult
from .plan import count_change, locked_for_edit


@transaction.atomic
def allow_absolute(result, *, ground, reason, by):
    """Say that life, injury, security or great loss is at stake; an empty `ground` takes it back."""
    skp = locked_for_edit(result.skp, by)
    stored = WorkResult.objects.filter(pk=result.pk, skp=skp).first()
    if stored is None:
        raise StepRefused("Hasil kerja ini sudah dihapus.")
    reason = reason.strip() if ground else ""
    if ground and not reason:
        raise StepRefused("Tulis mengapa target mutlak ini perlu.")
    if (stored.absolute_ground, stored.absolute_reason) == (ground, reason):
        return stored
    stored.absolute_ground, stored.absolute_reason = ground, reason
    stored.save(update_fields=["absolute_ground", "absolute_reason"])
    count_change(skp)
    record_event("skp.allow_absolute", stored, by=by, details={"ground": ground, "reason": reason})
    return stored
