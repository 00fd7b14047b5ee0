"""Who may write plans and problems, read them, and remind. Nothing here writes.

Those who manage the services of a unit write; who manages those of the whole city reads all and reminds, and writes
only for what belongs to no unit below.
"""

from agencies.access.roles import Role
from agencies.access.scope import grants_on


def written_paths(user):
    """The paths of those units but the city's own: there `user` writes."""
    grants = grants_on(user, None, Role.SERVICE_MANAGER)
    return [grant.unit.path for grant in grants if grant.unit.parent_id is not None]


def oversees_city(user):
    """Does `user` manage the services of the whole city (Bagian Organisasi)?"""
    return any(grant.unit.parent_id is None for grant in grants_on(user, None, Role.SERVICE_MANAGER))


def may_write_for(user, unit):
    """Does `user` answer for the services of this very unit?"""
    return any(
        unit.path.startswith(grant.unit.path) and (grant.unit.parent_id is not None or unit.parent_id is None)
        for grant in grants_on(user, None, Role.SERVICE_MANAGER)
    )


def may_write_plan(user, plan):
    """Who manages the services of the plan's unit."""
    return may_write_for(user, plan.unit)


def may_write_item(user, item):
    """Who manages the services of the plan's unit."""
    return may_write_for(user, item.plan.unit)


def may_write_problem(user, problem):
    """Who manages the services of the problem's unit."""
    return may_write_for(user, problem.unit)


def may_remind(user):
    """Who manages the services of the whole city."""
    return oversees_city(user)
