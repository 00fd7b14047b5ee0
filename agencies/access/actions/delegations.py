"""Handing one's own right to a colleague for a bounded term."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, take
from ambon_kinerja.notices.actions import tell

from ..models import Delegation, RoleGrant
from ..queries import colleagues_of
from ..rules import may_delegate
from ..states.delegations import ACCEPT, DECLINE, TAKE_BACK
from .grants import record_grant, shorten

MY_ACCOUNT = "/akun/"


@transaction.atomic
def offer_delegation(grant, *, recipient, first_day, last_day, reason, by):
    """Offer `recipient` the right from `first_day` to `last_day`, both included; it counts once he accepts.

    Raises NotAllowed, and StepRefused when the days are not within the right or too many, or he is no colleague.
    """
    own = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit").get(pk=grant.pk)
    if not may_delegate(by, own):
        raise NotAllowed("Peran ini tidak dapat Anda limpahkan.")
    if not colleagues_of(by).filter(pk=recipient.pk).exists():
        raise StepRefused("Pilih rekan dari unit kerja Anda yang akunnya aktif.")
    term = DateRange(first_day, last_day + timedelta(days=1))
    refuse_days(own, term)
    try:
        with transaction.atomic():
            delegation = Delegation.objects.create(
                grant=own, delegator=by, recipient=recipient, term=term, reason=reason.strip()
            )
    except IntegrityError:
        raise StepRefused("Pelimpahan kepada rekan ini masih menunggu jawaban.") from None
    record_event("delegation.offer", delegation, by=by, reason=reason, details={"grant": own.pk})
    subject = f"{by} ingin melimpahkan peran {own.get_role_display()} kepada Anda"
    tell(recipient, subject=subject, body="Terima atau tolak di halaman akun Anda.", path=MY_ACCOUNT)
    return delegation


def refuse_days(own, term):
    """Raise StepRefused unless the days begin today or later, lie within the right, and are few enough."""
    if term.lower < timezone.localdate() or term.upper <= term.lower:
        raise StepRefused("Pelimpahan mulai paling cepat hari ini dan berakhir tidak sebelum mulai.")
    if (term.upper - term.lower).days > settings.DELEGATION_DAYS:
        raise StepRefused(f"Pelimpahan paling lama {settings.DELEGATION_DAYS} hari.")
    if term.lower < own.term.lower or (own.term.upper and term.upper > own.term.upper):
        raise StepRefused("Pelimpahan tidak dapat melewati masa berlaku peran Anda sendiri.")


@transaction.atomic
def accept_delegation(delegation, *, by):
    """From now on, and not before its first day, the recipient holds the right too, until the last day."""
    own = RoleGrant.objects.select_for_update(of=("self",)).get(pk=delegation.grant_id)
    term = DateRange(max(delegation.term.lower, timezone.localdate()), delegation.term.upper)
    if delegation.term.upper <= timezone.localdate():
        raise StepRefused("Masa pelimpahan ini sudah lewat.")
    refuse_days(own, term)
    if not may_delegate(delegation.delegator, own):
        raise StepRefused("Peran yang dilimpahkan sudah berakhir.")
    given = RoleGrant.objects.create(
        user=delegation.recipient,
        role=own.role,
        unit=own.unit,
        term=term,
        given_by=delegation.delegator,
        delegated_from=own,
        reason=delegation.reason,
    )
    accepted = take(ACCEPT, delegation, by=by, changes={"given": given, "answered_at": timezone.now()})
    record_grant(given, by)
    subject = f"{by} menerima pelimpahan peran {own.get_role_display()}"
    tell(accepted.delegator, subject=subject, path=MY_ACCOUNT)
    return accepted


@transaction.atomic
def decline_delegation(delegation, *, by):
    declined = take(DECLINE, delegation, by=by, changes={"answered_at": timezone.now()})
    subject = f"{by} menolak pelimpahan peran {declined.grant.get_role_display()}"
    tell(declined.delegator, subject=subject, path=MY_ACCOUNT)
    return declined


@transaction.atomic
def take_back_delegation(delegation, *, by):
    """End it at once, whether accepted or still waiting."""
    taken = take(TAKE_BACK, delegation, by=by)
    if taken.given is not None:
        shorten(taken.given, day=timezone.localdate(), by=by, reason="Pelimpahan diambil kembali")
    subject = f"{by} mengambil kembali pelimpahan peran {taken.grant.get_role_display()}"
    tell(taken.recipient, subject=subject, path=MY_ACCOUNT)
    return taken
