"""May this person see or change the organisation?"""

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of, grants_on, is_city_office


def may_see_organisation(user):
    """Everybody who works for the city or has a role in it; the structure is no secret."""
    return employee_of(user) is not None or grants_on(user).exists()


def may_change_organisation(user):
    """The personnel office of the whole city."""
    return is_city_office(user)


def may_appoint_to(user, post):
    """The personnel office of the city; the unit admin where the post stands, for Plh. and additional tasks."""
    return may_change_organisation(user) or covers(user, post.unit, Role.UNIT_ADMIN)
