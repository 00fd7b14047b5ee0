"""Filling in later to which result of the leader a result belongs ("menunggu hasil kerja pimpinan")."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from ..queries import results_to_support, unlinked_results
from ..rules import OPEN, may_link
from .plan import count_change, locked_plan


@transaction.atomic
def link_results(skp, *, by, links):
    """Hang results under the leader's: `links` maps keys of unlinked results to results. Returns how many were linked.

    Only what is empty is filled, so an agreed plan may be linked too: what was agreed does not change. A result
    that was linked in the meantime is left as it is.
    """
    locked = locked_plan(skp)
    if not may_link(by, locked):
        raise NotAllowed("Hasil kerja SKP ini tidak bisa Anda hubungkan.")
    offered = set(results_to_support(locked).values_list("pk", flat=True))
    if not {parent.pk for parent in links.values()} <= offered:
        raise StepRefused("Hasil kerja pimpinan yang dipilih tidak ada di daftar atasan.")
    found = list(unlinked_results(locked).filter(pk__in=links))
    for result in found:
        result.parent = links[result.pk]
        result.save(update_fields=["parent"])
    if found:
        if locked.state in OPEN:  # whoever is about to agree reads it once more
            count_change(locked)
        details = {"links": {str(result.pk): result.parent_id for result in found}}
        record_event("skp.link_results", locked, by=by, details=details)
    return len(found)
