"""Who calls a session, proposes, answers, and reads. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import has_role, is_city_office, person_of
from agencies.people.reporting_line import is_appraiser_on
from appraisal.organisation.line import line_of

READS = (Role.PERSONNEL_OFFICE, Role.INSPECTOR)


def leads(person, unit, day=None):
    """Does `person` answer for the leading post of `unit` today, definitively or acting?"""
    return person is not None and line_of(unit, day or timezone.localdate()).head == person


def may_call(by, unit):
    """The head of the unit, for his own unit."""
    return leads(person_of(by), unit)


def may_chair(by, session):
    """The head of the session's unit today."""
    return leads(person_of(by), session.unit)


def may_propose(by, item):
    """A participant of the open session, about anybody but those who take part and those he appraises himself."""
    person = person_of(by)
    if person is None or item.session.state != item.session.State.OPEN:
        return False
    taking_part = set(item.session.participants.values_list("employee", flat=True))
    if person.pk not in taking_part or item.employee_id in taking_part:
        return False
    return not is_appraiser_on(person, item.employee, timezone.localdate())


def may_read_item(user, item):
    """Who takes part in the session, and the appraiser of the employee today; never the employee himself."""
    person = person_of(user)
    if person is None or person.pk == item.employee_id:
        return False
    takes_part = item.session.participants.filter(employee=person).exists()
    return takes_part or is_appraiser_on(person, item.employee, timezone.localdate())


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


def chairs_it(by, proposal):
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
