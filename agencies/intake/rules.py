"""May this person import employees, and whose?"""

from django.db import models

from agencies.access.roles import Role
from agencies.access.scope import grants_on, has_role

IMPORT_LOCK = 6_2023  # any number, the same for every import: one at a time writes, others wait


def may_import(by):
    """The personnel office; a command is given by somebody who may do everything."""
    return not isinstance(by, models.Model) or has_role(by, Role.PERSONNEL_OFFICE)


def may_change_batch(by, batch):
    return may_import(by)


def paths_of(by):
    """The paths of the units whose employees `by` may import; None means all."""
    if not isinstance(by, models.Model):
        return None
    return [grant.unit.path for grant in grants_on(by, None, Role.PERSONNEL_OFFICE)]
