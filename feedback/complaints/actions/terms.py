"""Another number of working days, from a day on."""

from django.db import IntegrityError, transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.refusals import Refused
from ambon_kinerja.lifecycle.steps import NotAllowed

from ..models import ComplaintTerm
from ..rules import may_change_terms


@transaction.atomic
def add_term(*, kind, days, valid_from, source, by):
    """A new row; running clocks keep the days they began with."""
    if not may_change_terms(by):
        raise NotAllowed("Tenggat diubah oleh Bagian Organisasi.")
    try:
        with transaction.atomic():
            term = ComplaintTerm.objects.create(kind=kind, days=days, valid_from=valid_from, source=source)
    except IntegrityError:
        raise Refused("Untuk hari itu sudah ada tenggat. Pilih hari lain.", "valid_from") from None
    record_event("complaint_term.add", term, by=by, details={"kind": kind, "days": days})
    return term
