"""What a person may see, as querysets: the only way in for views. A stranger finds nothing, so he gets 404."""

from django.db.models import Q
from django.utils import timezone

from agencies.people.models import Assignment, Employee
from agencies.people.reporting_line import subordinates_on
from agencies.structure.models import Unit
from agencies.structure.queries import posts_below

from .models import RoleGrant
from .roles import Role

READS_PEOPLE = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)


def employee_of(user):
    """The Employee behind an account, or None."""
    return getattr(user, "employee", None) if user.is_authenticated else None


def grants_on(user, day=None, *roles):
    """The role grants of `user` on `day` (today if None), limited to `roles` when given, with their units."""
    if not user.is_authenticated:
        return RoleGrant.objects.none()
    grants = RoleGrant.objects.filter(user=user, term__contains=day or timezone.localdate())
    return (grants.filter(role__in=roles) if roles else grants).select_related("unit")


def has_role(user, *roles, day=None):
    return grants_on(user, day, *roles).exists()


def covers(user, unit, *roles, day=None):
    """Has `user` one of `roles` over `unit` on `day`?"""
    return any(unit.path.startswith(grant.unit.path) for grant in grants_on(user, day, *roles))


def units_of(user, *roles, day=None):
    """The units in which `user` has one of `roles`, with everything below."""
    paths = [grant.unit.path for grant in grants_on(user, day, *roles)]
    return Unit.objects.filter(path_in(paths)) if paths else Unit.objects.none()


def path_in(paths, prefix=""):
    """A condition that is true below any of `paths`; `prefix` leads to the unit, e.g. "post__unit__"."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{prefix}path__startswith": path})
    return condition


def visible_employees(user, day=None):
    """The employees whose data `user` may see on `day`: himself, those he appraises, and those in his roles' units.

    A role over the whole city also shows those who hold no post on that day: new, between two posts, or retired.
    """
    day = day or timezone.localdate()
    units = [grant.unit for grant in grants_on(user, day, *READS_PEOPLE)]
    if any(unit.parent_id is None for unit in units):
        return Employee.objects.all()
    person, visible = employee_of(user), Q(pk__in=[])
    if person is not None:
        visible |= Q(pk=person.pk) | Q(pk__in=subordinates_on(person, day).values("pk"))
    if units:
        there = Assignment.objects.on(day).filter(post__in=posts_below(units, day))
        visible |= Q(pk__in=there.values("employee"))
    return Employee.objects.filter(visible)
