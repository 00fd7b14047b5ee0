"""Form A.1.3: how a leader's indicator is measured."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused

from ..models import Indicator, IndicatorManual
from .fingerprints import fingerprint
from .plan import Conflict, count_change, locked_for_edit

FIELDS = ("purpose", "definition", "formula", "unit", "control", "source", "reporting")


def manual_content(indicator):
    """The stored manual of an indicator as a dict, or None."""
    manual = IndicatorManual.objects.filter(indicator=indicator).first()
    return {name: getattr(manual, name) for name in FIELDS} if manual else None


@transaction.atomic
def save_manual(indicator, *, values, seen, by):
    """Write the manual of one indicator; `seen` is the fingerprint of what was read (of None: there was none)."""
    skp = locked_for_edit(indicator.result.skp, by)
    if not skp.is_for_leader:
        raise StepRefused("Manual indikator hanya untuk SKP pimpinan.")
    stored_indicator = Indicator.objects.filter(pk=indicator.pk, result__skp=skp).first()
    if stored_indicator is None:
        raise StepRefused("Indikator ini sudah diganti. Buka manualnya lagi dari daftar.")
    stored = manual_content(stored_indicator)
    values = {name: str(values.get(name, "")).strip() for name in FIELDS}
    if values == stored:
        return stored_indicator.manual
    if fingerprint(stored) != seen:
        raise Conflict(stored=stored, sent=values)
    manual, _ = IndicatorManual.objects.update_or_create(indicator=stored_indicator, defaults=values)
    count_change(skp)
    record_event("skp.save_manual", skp, by=by, details={"indicator": stored_indicator.pk})
    return manual
