"""May this person? Rights that belong to no single record."""

from .roles import Role
from .scope import READS_PEOPLE, grants_on, has_role


def may_read_directory(user):
    """The list of employees, of his units."""
    return has_role(user, *READS_PEOPLE)


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
    return any(grant.unit.parent_id is None for grant in grants_on(user, None, Role.PERSONNEL_OFFICE))
