"""Who follows the progress of which unit: its leader, and the offices that keep or inspect it."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.models import Assignment
from agencies.people.reporting_line import holder_on
from agencies.structure.models import Unit

READERS = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)


def tops_of(user, day):
    """The units whose progress `user` may follow, the highest of each branch: he leads them or keeps them as office."""
    units = {grant.unit.path: grant.unit for grant in grants_on(user, day, *READERS)}
    person = employee_of(user)
    if person is not None:
        held = Assignment.objects.on(day).filter(employee=person, post__leads_unit=True)
        for each in held.select_related("post__unit"):
            if holder_on(each.post, day) == person:  # not while somebody acts for him
                units[each.post.unit.path] = each.post.unit
    return [
        unit
        for path, unit in sorted(units.items())
        if not any(path.startswith(other) and path != other for other in units)
    ]


def readable_units(user, day=None):
    """The units whose progress `user` may follow, with everything below."""
    tops = tops_of(user, day or timezone.localdate())
    return Unit.objects.filter(path_in([unit.path for unit in tops]))
