"""Two persons for what one must not do alone: propose, then approve, refuse, withdraw, or let it run out."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import StepRefused, take
from ambon_kinerja.notices.actions import tell

from ..models import Proposal
from ..queries import deciders_of
from ..states.proposals import APPROVE, EXPIRE, REFUSE, WITHDRAW

RAN_OUT = "Batas waktu usulan ini sudah lewat. Ajukan usulan baru bila masih perlu."
THE_SAME_WAITS = "Usulan yang sama masih menunggu keputusan."


@transaction.atomic
def propose(*, kind, title, unit, reason, by, **subject):
    """Put a proposal before the persons who may decide; it runs out after PROPOSAL_DAYS days.

    `subject` are the fields of Proposal that say what it is about. The caller has asked whether `by` may propose.
    Raises StepRefused while the same is waiting.
    """
    last_day = timezone.localdate() + timedelta(days=settings.PROPOSAL_DAYS)
    expire_proposals()
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                kind=kind,
                title=title[:200],
                unit=unit,
                reason=reason.strip(),
                proposed_by=by,
                expires_on=last_day,
                **subject,
            )
    except IntegrityError as error:
        if "one_open_proposal" not in str(error):
            raise
        raise StepRefused(THE_SAME_WAITS) from None
    record_event("proposal.propose", proposal, by=by, reason=reason, details={"kind": kind, "title": title})
    for decider in deciders_of(proposal):
        tell(decider, subject=f"Usulan menunggu keputusan: {title}", path=address_of(proposal))
    return proposal


@transaction.atomic
def approve_proposal(proposal, *, by):
    """Approve, and carry out the effect in the same transaction: both happen once, or neither.

    Raises WrongState when somebody decided first, NotAllowed, and StepRefused when the effect is not possible now.
    """
    refuse_late(proposal)
    approved = take(APPROVE, proposal, by=by, changes=decided_now(by))
    import_string(settings.PROPOSAL_EFFECTS[approved.kind])(approved, by=by)
    tell(approved.proposed_by, subject=f"Usulan disetujui: {approved.title}", path=address_of(approved))
    return approved


@transaction.atomic
def refuse_proposal(proposal, *, by, reason):
    refuse_late(proposal)
    refused = take(REFUSE, proposal, by=by, reason=reason, changes=decided_now(by))
    subject = f"Usulan ditolak: {refused.title}"
    tell(refused.proposed_by, subject=subject, body=reason, path=address_of(refused))
    return refused


def withdraw_proposal(proposal, *, by):
    return take(WITHDRAW, proposal, by=by)


def expire_proposals(now=None):
    """Close those whose last day has passed; returns how many."""
    late = Proposal.objects.filter(state=Proposal.State.PROPOSED, expires_on__lt=timezone.localdate(now))
    closed = 0
    for proposal in late:
        try:
            with transaction.atomic():
                take(EXPIRE, proposal, by="timetable")
                subject = f"Usulan kedaluwarsa: {proposal.title}"
                tell(proposal.proposed_by, subject=subject, path=address_of(proposal))
        except StepRefused:  # somebody withdrew it at the same moment
            continue
        closed += 1
    return closed


def refuse_late(proposal):
    if proposal.is_expired():
        raise StepRefused(RAN_OUT)


def decided_now(by):
    return {"decided_by": by, "decided_at": timezone.now()}


def address_of(proposal):
    return reverse("agencies:proposal-detail", args=[proposal.pk])
