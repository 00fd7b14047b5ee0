"""Giving and ending roles."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agencies.people.models import User
from agencies.people.sessions import end_sessions
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.actions import tell

from ..models import Proposal, RoleGrant
from ..rules import may_end_role, may_propose_role
from ..scope import KEEPS_ACCESS
from .proposals import propose

LEAST_KEEPERS = 2


@transaction.atomic
def grant_role(user, *, role, unit, start, by, reason, end=None):
    """Give `user` the role in `unit` and below, from `start` up to, not including, `end` (None: until it is ended).

    The operator's way on the server, for the first accounts and for seeds: `by` is a text. A person gives a role by
    a proposal that a second person approves; the database refuses anything else (docs/adr/0013).
    """
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        unit=unit,
        term=DateRange(start, end),
        given_by=by if hasattr(by, "pk") else None,
        reason=reason,
    )
    record_grant(grant, by)
    return grant


def record_grant(grant, by):
    details = {"user": grant.user_id, "role": grant.role, "unit": grant.unit_id}
    details |= {"start": grant.term.lower, "end": grant.term.upper}
    details |= {"proposal": grant.proposal_id, "delegated_from": grant.delegated_from_id}
    record_event("role.grant", grant, by=by, reason=grant.reason, details=details)
    sign_out_holder(grant, by, reason="Peran diberikan.")


@transaction.atomic
def propose_role(user, *, role, unit, start, by, reason, end=None):
    """Propose that `user` gets the role from `start` up to, not including, `end`; a second person decides.

    Raises NotAllowed, and StepRefused in words when he has that right already or the same is proposed.
    """
    if user.pk == by.pk:
        raise NotAllowed("Anda tidak dapat mengusulkan peran untuk diri sendiri.")
    if not may_propose_role(by, role, unit):
        raise NotAllowed("Anda tidak berwenang mengusulkan peran ini di unit itu.")
    term = DateRange(start, end)
    if RoleGrant.objects.filter(user=user, role=role, unit=unit, term__overlap=term).exists():
        raise StepRefused("Orang ini sudah memegang peran itu di unit itu pada masa yang sama.")
    return propose(
        kind=Proposal.Kind.ROLE_GRANT,
        title=f"{user}: {role.label} di {unit}",
        unit=unit,
        beneficiary=user,
        about=getattr(user, "employee", None),
        role=role,
        term=term,
        reason=reason,
        by=by,
    )


def give_proposed(proposal, *, by):
    """The effect of an approved proposal: the right, once."""
    grant = RoleGrant.objects.create(
        user=proposal.beneficiary,
        role=proposal.role,
        unit=proposal.unit,
        term=proposal.term,
        given_by=proposal.proposed_by,
        approved_by=proposal.decided_by,
        proposal=proposal,
        reason=proposal.reason,
    )
    record_grant(grant, by)
    tell(
        grant.user,
        subject=f"Anda mendapat peran {grant.get_role_display()} di {grant.unit}",
        body="Halaman akun Anda menjelaskan apa arti peran ini dan sampai kapan berlaku.",
        path="/akun/",
    )
    return grant


@transaction.atomic
def end_role(grant, *, by, reason, on=None):
    """Take the role away from `on` (today if None); a role that has not begun yet is never begun.

    What was delegated from it ends on the same day at the latest. `by` is a user who may, or a text such as "seed".
    Raises StepRefused when too few would be left to give rights at all.
    """
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit").get(pk=grant.pk)
    if isinstance(by, User) and not may_end_role(by, locked):
        raise NotAllowed("Anda tidak berwenang mengakhiri peran ini.")
    day = on or timezone.localdate()
    if isinstance(by, User):
        refuse_too_few(locked, day)
    for handed_on in locked.delegated_to.select_for_update().exclude(term__isempty=True):
        shorten(handed_on, day=day, by=by, reason=reason)
    return shorten(locked, day=day, by=by, reason=reason)


def refuse_too_few(grant, day):
    """Rights are given by two persons: two at least have to keep access of the whole city, from `day` on."""
    if grant.role not in KEEPS_ACCESS or grant.unit.parent_id is not None:
        return
    keeping = RoleGrant.objects.filter(
        role__in=KEEPS_ACCESS, unit__parent=None, delegated_from=None, user__is_active=True
    )
    # Taken in one order by whoever ends such a right, so that two who end at once see each other.
    left = (
        keeping.select_for_update(of=("self",)).order_by("pk").filter(term__contains=day).exclude(pk=grant.pk)
    )
    if len({each.user_id for each in left}) < LEAST_KEEPERS:
        raise StepRefused(
            "Peran ini belum bisa diakhiri: peran diberikan oleh dua orang, jadi sedikitnya dua orang BKPSDM kota "
            "atau admin sistem harus tetap ada. Usulkan penggantinya dahulu."
        )


def shorten(grant, *, day, by, reason):
    """Let the term end before `day`; one that has ended by then already stays as it is."""
    if grant.term.isempty or (grant.term.upper and grant.term.upper <= day):
        return grant
    day = max(day, grant.term.lower)
    grant.term = DateRange(grant.term.lower, day)
    grant.ended_by, grant.end_reason = by if hasattr(by, "pk") else None, reason
    grant.save(update_fields=["term", "ended_by", "end_reason"])
    record_event("role.end", grant, by=by, reason=reason, details={"end": day})
    sign_out_holder(grant, by, reason="Peran berakhir.")
    return grant


def sign_out_holder(grant, by, *, reason):
    """Whose rights somebody else changes signs in anew; who accepts or lays down a right himself goes on."""
    if not (isinstance(by, User) and by.pk == grant.user_id):
        end_sessions(grant.user, by=by, reason=reason)
