"""Who may say what follows from a correction. Nothing here writes."""

from agencies.access.roles import Role
from agencies.access.scope import grants_on, has_role


def may_read_cases(user):
    """The list of corrections: the personnel office and the inspectors."""
    return has_role(user, Role.PERSONNEL_OFFICE, Role.INSPECTOR)


def may_close(by, case):
    """The personnel office of the unit whose plan it is; the search itself when the cause is gone."""
    if by == "timetable":
        return True
    paths = [grant.unit.path for grant in grants_on(by, None, Role.PERSONNEL_OFFICE)]
    return any(case.evaluation.skp.unit.path.startswith(path) for path in paths)
