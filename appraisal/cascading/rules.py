"""Who may do what with a strategy and a matrix. Nothing here writes."""

from django.utils import timezone

from agencies.people.reporting_line import appraiser_on
from appraisal.planning.models import Skp
from appraisal.planning.rules import person_of

OVER = (Skp.State.MERGED, Skp.State.DROPPED)


def may_write_strategy(by, plan):
    """Whose plan it is; also after it was agreed: tasks grow in the course of the year (page 46 no. 13)."""
    person = person_of(by)
    return person is not None and person.pk == plan.employee_id and not plan.is_adjustment


def may_fill_matrix(by, matrix):
    """The leader whose matrix it is."""
    person = person_of(by)
    return person is not None and person.pk == matrix.leader_id


def may_fill_team(by, lead):
    """The leader of the team, or the leader whose matrix it is."""
    person = person_of(by)
    is_lead = person is not None and person.pk == lead.employee_id and lead.is_team_lead
    return is_lead or may_fill_matrix(by, lead.matrix)


def may_decide_consent(by, row):
    """The appraiser of the person who is asked for, on the day of the decision (page 46 no. 10)."""
    person = person_of(by)
    if person is None or person.pk in (row.employee_id, row.matrix.leader_id):
        return False
    return appraiser_on(row.employee, timezone.localdate()) == person


def may_take_role(by, role):
    """Whose row it is, once nobody has to consent any more."""
    person = person_of(by)
    row = role.row
    return (
        person is not None
        and person.pk == row.employee_id
        and row.consent in (row.Consent.OWN, row.Consent.GIVEN)
    )
