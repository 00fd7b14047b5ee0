"""May this person? Rights that belong to no single record, and who answers for rights themselves."""

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on, superior_of_appraiser_on

from .models import Proposal
from .roles import Role
from .scope import KEEPS_ACCESS, READS_ACCESS, employee_of, has_role, is_city_office, own_grants_on


def may_oversee_jobs(user):
    """Everybody's jobs: seeing and cancelling them."""
    return has_role(user, Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN)


def may_edit_holidays(user):
    """The calendar by which deadlines are counted."""
    return has_role(user, Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN)


def may_oversee_personal_data(user):
    """Retention and incidents, of everybody: the personnel office of the city, and the system admin."""
    return may_change_retention(user) or has_role(user, Role.SYSTEM_ADMIN)


def may_change_retention(user):
    """How long records are kept: the personnel office of the city alone."""
    return is_city_office(user)


def may_read_access(user):
    """The list of who holds which right."""
    return has_role(user, *READS_ACCESS)


def keeps_access(user, unit=None):
    """Does `user` answer for rights and accounts, in `unit` if one is given? A delegated right never does."""
    return any(unit is None or unit.path.startswith(path) for path in paths_kept(user, *KEEPS_ACCESS))


def paths_kept(user, *roles):
    return [grant.unit.path for grant in own_grants_on(user, *roles)]


def may_propose_role(user, role, unit):
    """An admin of a unit is proposed by the personnel office alone; any other role also by the system admin."""
    roles = (Role.PERSONNEL_OFFICE,) if role == Role.UNIT_ADMIN else KEEPS_ACCESS
    return any(unit.path.startswith(path) for path in paths_kept(user, *roles))


def may_end_role(user, grant):
    """One person suffices to take a right away, and everybody may lay down his own."""
    return grant.user_id == user.pk or keeps_access(user, grant.unit)


def may_decide(by, proposal):
    """Somebody else who answers for such things today; never the proposer, the one who gains, or a party."""
    if isinstance(by, str) or by.pk in (proposal.proposed_by_id, proposal.beneficiary_id):
        return False
    if proposal.is_expired():
        return False
    if proposal.kind == Proposal.Kind.ROLE_GRANT:
        return keeps_access(by, proposal.unit)
    if proposal.kind == Proposal.Kind.RULE_CHANGE:
        return may_change_rules(by)
    return may_decide_on_result(by, proposal)


def may_change_rules(by):
    """Propose another value of a rule, or decide on it: the personnel office of the whole city, by its own right."""
    return any(grant.unit.parent_id is None for grant in own_grants_on(by, Role.PERSONNEL_OFFICE))


def may_decide_on_result(by, proposal):
    """The appraiser's superior of today (PermenPANRB 6/2022 pages 117-118) or the personnel office of the unit."""
    person, today = employee_of(by), timezone.localdate()
    if person is not None:
        if person.pk == proposal.about_id or appraiser_on(proposal.about, today) == person:
            return False
        if superior_of_appraiser_on(proposal.about, today) == person:
            return True
    return any(proposal.unit.path.startswith(path) for path in paths_kept(by, Role.PERSONNEL_OFFICE))


def is_proposer(by, proposal):
    """Who proposed it."""
    return not isinstance(by, str) and by.pk == proposal.proposed_by_id


def has_run_out(by, proposal):
    """The timetable alone, when the last day has passed."""
    return by == "timetable" and proposal.is_expired()


def is_recipient(by, delegation):
    """The colleague to whom it is offered."""
    return not isinstance(by, str) and by.pk == delegation.recipient_id


def is_delegator(by, delegation):
    """Who offered it."""
    return not isinstance(by, str) and by.pk == delegation.delegator_id


def may_delegate(user, grant):
    """One's own right, running today; neither the system admin's nor one that was itself delegated."""
    return (
        grant.user_id == user.pk
        and grant.role != Role.SYSTEM_ADMIN
        and grant.delegated_from_id is None
        and timezone.localdate() in grant.term
    )
