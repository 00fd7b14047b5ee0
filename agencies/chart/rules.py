"""May this person see or change the organisation?"""

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on


def may_see_organisation(user):
    """Everybody who works for the city or has a role in it; the structure is no secret."""
    return employee_of(user) is not None or grants_on(user).exists()


def may_change_organisation(user):
    """The personnel office of the whole city."""
    return any(grant.unit.parent_id is None for grant in grants_on(user, None, Role.PERSONNEL_OFFICE))
