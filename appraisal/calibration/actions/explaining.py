"""Why a distribution departs from the guide: words beside it; nothing is blocked without them."""

from django.db import transaction

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from ..distributing import distribution_of
from ..models import DistributionReason
from ..rules import may_explain, person_of

LONGEST = 4000


@transaction.atomic
def explain_distribution(unit, *, period, text, by):
    """Keep the reason with the figures it speaks of; the same words a second time add nothing."""
    if not may_explain(by, unit):
        raise NotAllowed("Alasan ditulis oleh pimpinan unit.")
    if not text.strip():
        raise StepRefused("Tulis alasannya.")
    if len(text) > LONGEST:
        raise StepRefused(f"Tulis paling banyak {LONGEST} huruf.")
    person = person_of(by)
    newest = DistributionReason.objects.filter(unit=unit, period=period).first()
    if newest is not None and newest.text == text.strip():
        return newest
    found = distribution_of(unit, period, person)
    if not found.warnings:
        raise StepRefused("Tidak ada peringatan, jadi tidak perlu alasan.")
    reason = DistributionReason.objects.create(
        unit=unit,
        period=period,
        text=text.strip(),
        achievement=found.achievement.level,
        counts=found.counts.rated,
        warnings=[warning.code for warning in found.warnings],
        written_by=person,
    )
    record_event("distribution.explain", reason, by=by, details={"unit": unit.pk, "period": period.pk})
    return reason
