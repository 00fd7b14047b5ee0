"""Rewards proposed by the personnel office (art. 31). Whether one is given is decided outside of the system."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from ..models import RewardProposal
from ..models.basis import basis_of
from ..rules import may_prepare

NO_RIGHT = "Penghargaan hanya diusulkan BKPSDM unit pegawai ini."


@transaction.atomic
def propose_reward(employee, *, evaluation, kind, reason, unit, by):
    """A proposal that keeps which evaluation it rests on. Raises StepRefused."""
    if not may_prepare(by, employee, unit):
        raise NotAllowed(NO_RIGHT)
    try:
        with transaction.atomic():
            proposal = RewardProposal.objects.create(
                employee=employee,
                unit=unit,
                kind=kind,
                reason=reason.strip(),
                year=evaluation.period.year,
                predikat=evaluation.predikat,
                proposed_by=by,
                **basis_of(evaluation),
            )
    except IntegrityError as error:
        if "one_reward_of_a_kind_per_year" not in str(error):
            raise
        raise StepRefused("Penghargaan bentuk ini sudah diusulkan untuk tahun itu.") from None
    details = {"kind": kind, "evaluation": evaluation.pk, "receipt_sha256": evaluation.receipt_sha256}
    record_event("rewardproposal.propose", proposal, by=by, reason=reason.strip(), details=details)
    return proposal


@transaction.atomic
def withdraw_reward(proposal, *, reason, by):
    """Raises StepRefused."""
    current = own(proposal, by)
    if current.withdrawn_at:
        raise StepRefused("Usulan ini sudah ditarik.")
    current.withdrawn_at, current.withdrawn_by = timezone.now(), by
    current.withdrawn_reason = reason.strip()
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record_event("rewardproposal.withdraw", current, by=by, reason=reason.strip())
    return current


@transaction.atomic
def review_reward(proposal, *, note, by):
    """The office says that a proposal stands although its evaluation was replaced. Raises StepRefused."""
    current = own(proposal, by)
    if not current.needs_review:
        raise StepRefused("Usulan ini tidak perlu ditinjau.")
    current.reviewed_at, current.reviewed_by, current.review_note = timezone.now(), by, note.strip()
    current.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
    record_event("rewardproposal.review", current, by=by, reason=note.strip())
    return current


def own(proposal, by):
    current = RewardProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not may_prepare(by, current.employee, current.unit):
        raise NotAllowed(NO_RIGHT)
    return current
