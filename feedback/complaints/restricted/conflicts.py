"""With whom a person of the lane is too close on a day; a case about one of them does not exist for him.

Everything that ties him is found by one query, since his start page asks it too.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.db.models.functions import JSONObject

from agencies.access.roles import Role
from agencies.access.scope import employee_of, path_in
from agencies.people.models import Assignment, Employee, User
from agencies.people.reporting_line import whole_line_keys_on

from .sealing import marks_of, name_marks_known


@dataclass(frozen=True)
class Ties:
    """The keys of the employees `close` to him and of those `below` the units whose complaints he manages; the units
    in which he works, as (path, key of the parent)."""

    close: list
    below: list
    units: list


def ties_of(user, day, grants):
    """The Ties of `user`, who has `grants` on `day`."""
    at_work, person = Assignment.objects.on(day), employee_of(user)
    own = at_work.filter(employee=person) if person else at_work.none()
    told = JSONObject(path="post__unit__path", parent="post__unit__parent")
    found = User.objects.filter(pk=user.pk).values(
        close=ArraySubquery(too_close(person, own, day, grants).values("pk")),
        below=ArraySubquery(at_work.filter(below_managed(grants)).values("employee")),
        units=ArraySubquery(own.values(told=told)),
    )
    ties = found.get()
    units = [(unit["path"], unit["parent"]) for unit in ties["units"] or []]
    return Ties(ties["close"] or [], ties["below"] or [], units)


def too_close(person, own, day, grants):
    """The employees whose cases he must not know: himself, his line both ways, those he works beside, and those in
    the units of which he is the admin."""
    condition = Q(pk__in=[])
    if person is not None:
        beside = Assignment.objects.on(day).filter(post__unit__in=own.values("post__unit"))
        condition |= Q(pk__in=whole_line_keys_on(person, day)) | Q(pk__in=beside.values("employee"))
    if paths := admin_paths(grants):
        managed = Assignment.objects.on(day).filter(path_in(paths, "post__unit__"))
        condition |= Q(pk__in=managed.values("employee"))
    return Employee.objects.filter(condition)


def admin_paths(grants):
    return [grant.unit.path for grant in grants if grant.role == Role.UNIT_ADMIN]


def below_managed(grants):
    """A condition on assignments: strictly below the units whose complaints he manages.

    Who keeps the complaints of a unit never handles one about a person of that unit.
    """
    condition = Q(pk__in=[])
    for grant in grants:
        if grant.role == Role.COMPLAINT_MANAGER and grant.unit.parent_id is not None:
            condition |= Q(post__unit__path__startswith=grant.unit.path) & ~Q(post__unit=grant.unit)
    return condition


def unnamed_units(ties, grants):
    """A condition: the units of which he knows nothing as long as nobody knows who is named.

    His own branch of the tree, upwards and downwards below the city, and the units of which he is the admin.
    """
    admin = [(grant.unit.path, grant.unit.parent_id) for grant in grants if grant.role == Role.UNIT_ADMIN]
    condition = Q(pk__in=[])
    for path, parent in [*ties.units, *admin]:
        if parent is None:  # who works for the city as a whole stands above no single unit
            condition |= Q(unit__parent=None)
            continue
        upwards = [int(key) for key in path.split("/") if key][1:]
        condition |= Q(unit__path__startswith=path) | Q(unit__in=upwards)
    return condition


def cases_without_conflict(user, day, grants, *, is_city_wide):
    """A condition on RestrictedCase: what the holder of these `grants` may know of on `day`. One query."""
    ties = ties_of(user, day, grants)
    known = Q(pk__in=[])
    if is_city_wide:
        not_mine = Q(name_marks__overlap=name_marks_known(user.name or ""))
        known |= ~Q(officer_mark="") | ~(not_mine | unnamed_units(ties, grants))
    if ties.below:
        known |= Q(officer_mark__in=marks_of(ties.below))
    return known & ~Q(officer_mark__in=marks_of(ties.close))
