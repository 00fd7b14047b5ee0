"""Questions about rights: who may decide, what waits, whom one may delegate to."""

from django.db.models import Q
from django.utils import timezone

from agencies.people.models import Assignment, User
from agencies.people.reporting_line import (
    appraiser_on,
    indirect_subordinate_keys_on,
    subordinate_keys_on,
    superior_of_appraiser_on,
)

from .models import Delegation, Proposal, RoleGrant
from .roles import Role
from .scope import KEEPS_ACCESS, employee_of, grants_on, path_in


def deciders_of(proposal):
    """The users who may decide on `proposal` today and are not a party to it; for telling them."""
    roles = KEEPS_ACCESS if proposal.kind == Proposal.Kind.ROLE_GRANT else (Role.PERSONNEL_OFFICE,)
    today = timezone.localdate()
    offices = RoleGrant.objects.filter(
        role__in=roles, term__contains=today, delegated_from=None, unit__in=proposal.unit.path_keys
    )
    found, parties = Q(pk__in=offices.values("user")), {proposal.proposed_by_id, proposal.beneficiary_id}
    if proposal.kind == Proposal.Kind.RESULT_REOPEN:
        superior, appraiser = (
            superior_of_appraiser_on(proposal.about, today),
            appraiser_on(proposal.about, today),
        )
        found |= Q(pk=superior.user_id if superior else None)
        parties |= {proposal.about.user_id, appraiser.user_id if appraiser else None}
    return User.objects.filter(found, is_active=True).exclude(pk__in=parties - {None})


def proposals_awaiting(user, grants=None):
    """The proposals `user` may decide today, the oldest first: what `rules.may_decide` says, for many at once.

    `grants` are his grants of today, where the caller has them already.
    """
    today, person = timezone.localdate(), employee_of(user)
    held = grants_on(user) if grants is None else grants
    own = [grant for grant in held if grant.delegated_from_id is None]
    mine = Q(pk__in=[])
    for kind, roles in (
        (Proposal.Kind.ROLE_GRANT, KEEPS_ACCESS),
        (Proposal.Kind.RESULT_REOPEN, (Role.PERSONNEL_OFFICE,)),
        (Proposal.Kind.RULE_CHANGE, (Role.PERSONNEL_OFFICE,)),
    ):
        paths = [grant.unit.path for grant in own if grant.role in roles]
        if paths:
            mine |= Q(kind=kind) & path_in(paths, "unit__")
    waiting = Proposal.objects.filter(state=Proposal.State.PROPOSED, expires_on__gte=today)
    if person is not None:
        above = indirect_subordinate_keys_on(person, today)
        mine |= Q(kind=Proposal.Kind.RESULT_REOPEN, about__in=above)
        party = Q(about=person) | Q(about__in=subordinate_keys_on(person, today))
        waiting = waiting.exclude(party, kind=Proposal.Kind.RESULT_REOPEN)
    waiting = waiting.filter(mine).exclude(proposed_by=user)
    return waiting.exclude(beneficiary=user, beneficiary__isnull=False).order_by("proposed_at", "pk")


def colleagues_of(user, day=None):
    """The active accounts of the others who work in a unit of `user` on `day`; nobody for one without a post."""
    person, day = employee_of(user), day or timezone.localdate()
    if person is None:
        return User.objects.none()
    present = Assignment.objects.on(day)
    units = present.filter(employee=person).values("post__unit")
    there = present.filter(post__unit__in=units).exclude(employee=person)
    return User.objects.filter(is_active=True, employee__in=there.values("employee")).order_by("name", "pk")


def delegations_of(user):
    """What `user` handed on or was offered, newest first, as far as it still waits or runs."""
    today = timezone.localdate()
    alive = Q(state=Delegation.State.OFFERED, term__endswith__gt=today)
    alive |= Q(state=Delegation.State.ACCEPTED, given__term__endswith__gt=today)
    concerned = Q(delegator=user) | Q(recipient=user)
    rows = Delegation.objects.filter(concerned, alive)
    return rows.select_related("grant__unit", "delegator", "recipient", "given")
