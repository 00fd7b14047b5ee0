"""Who may keep services."""

from agencies.access.roles import Role
from agencies.access.scope import has_role


def may_keep_services(user):
    """Some unit's services are his to keep; which ones says queries.managed_services."""
    return has_role(user, Role.SERVICE_MANAGER)
