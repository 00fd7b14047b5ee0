"""Who calls a session, proposes, answers, and reads. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, has_role, is_city_office
from agencies.people.reporting_line import is_appraiser_on
from appraisal.goals.queries import units_led_by

READS = (Role.PERSONNEL_OFFICE, Role.INSPECTOR)


def person_of(by):
    return employee_of(by) if hasattr(by, "is_authenticated") else None


def leads(person, unit, day=None):
    """Does `person` lead `unit` today, definitively or acting?"""
    if person is None:
        return False
    return units_led_by(person, day or timezone.localdate()).filter(pk=unit.pk).exists()


def may_call(by, unit):
    """The head of the unit, for his own unit."""
    return leads(person_of(by), unit)


def may_chair(by, session):
    """The head of the session's unit today."""
    return leads(person_of(by), session.unit)


def may_propose(by, item):
    """A participant of the open session, about anybody but himself and those who take part with him."""
    person = person_of(by)
    if person is None or item.session.state != item.session.State.OPEN:
        return False
    taking_part = set(item.session.participants.values_list("employee", flat=True))
    return person.pk in taking_part and item.employee_id not in taking_part


def may_answer(by, proposal):
    """The appraiser of the employee today."""
    person = person_of(by)
    item = proposal.item
    return (
        person is not None
        and person.pk != item.employee_id
        and item.session.state == item.session.State.OPEN
        and is_appraiser_on(person, item.employee, timezone.localdate())
    )


def may_lapse(by, proposal):
    """Nobody by hand: closing the session does it, for the head of its unit."""
    return may_chair(by, proposal.item.session)


def may_explain(by, unit):
    """The head of the unit writes why its distribution departs from the guide."""
    return leads(person_of(by), unit)


def may_close_period(by):
    """The personnel office of the whole city; a text (such as "timetable") is the program itself."""
    return isinstance(by, str) or is_city_office(by)


def may_read_closing(user):
    """The personnel office and the inspectors."""
    return has_role(user, *READS)


def reads_as_office(user, unit):
    return any(unit.path.startswith(grant.unit.path) for grant in grants_on(user, None, *READS))
