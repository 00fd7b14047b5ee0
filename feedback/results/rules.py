"""Who may see and do what with the results inside. What the public sees, everybody sees."""

from agencies.access.roles import Role
from agencies.access.scope import covers, employee_of, has_role
from feedback.services.models import CounterDuty
from feedback.services.queries import manages_city


def may_lock(user):
    """The Bagian Organisasi: who manages the services of the whole city."""
    return manages_city(user)


def may_read_results(user):
    """Who manages services anywhere."""
    return has_role(user, Role.SERVICE_MANAGER)


def may_read_report(user, unit):
    """Who manages the services of the unit."""
    return covers(user, unit, Role.SERVICE_MANAGER)


def may_read_counters(user):
    """Who manages services, and who stands or stood at a counter."""
    person = employee_of(user)
    own = person is not None and CounterDuty.objects.filter(employee=person).exists()
    return own or may_read_results(user)
