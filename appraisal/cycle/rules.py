"""Who may change the periods. Every signed-in person may read them: a deadline binds everybody."""

from agencies.access.roles import Role
from agencies.access.scope import has_role


def can_plan_periods(by):
    """The personnel office; a text (such as "seed") is the program itself, never a request."""
    return isinstance(by, str) or has_role(by, Role.PERSONNEL_OFFICE)
