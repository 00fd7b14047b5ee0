"""With whom a person of the lane is too close on a day; a case about one of them does not exist for him."""

from django.db.models import Q

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, path_in
from agencies.people.models import Assignment
from agencies.people.reporting_line import AMBIGUOUS, appraiser_keys_on, subordinate_pairs_on

from .sealing import marks_of, name_marks_known

LONGEST_LINE = 12


def above(employee_key, day):
    """Everybody in the line over an employee, up to its end."""
    found, at = set(), employee_key
    for _ in range(LONGEST_LINE):
        at = appraiser_keys_on([at], day).get(at)
        if at is None or at == AMBIGUOUS or at in found:
            break
        found.add(at)
    return found


def below(employee_key, day):
    """Everybody in the lines under an employee, down to their ends."""
    found, leaders = set(), [employee_key]
    for _ in range(LONGEST_LINE):
        leaders = (
            [key for _, key in subordinate_pairs_on(leaders, day) if key not in found] if leaders else []
        )
        found.update(leaders)
    return found


def own_posts(user, day):
    """The units in which a person works on `day`, as (key, path, key of the parent)."""
    person = employee_of(user)
    if person is None:
        return []
    held = Assignment.objects.on(day).filter(employee=person)
    return list(held.values_list("post__unit", "post__unit__path", "post__unit__parent"))


def working_in(condition, day):
    return set(Assignment.objects.on(day).filter(condition).values_list("employee", flat=True))


def too_close(user, day):
    """The keys of the employees whose cases `user` must not know: himself, his line both ways, those he works beside,
    and those in the units of which he is the admin."""
    keys, person = set(), employee_of(user)
    if person is not None:
        beside = working_in(Q(post__unit__in=[unit for unit, _, _ in own_posts(user, day)]), day)
        keys |= {person.pk} | above(person.pk, day) | below(person.pk, day) | beside
    paths = [grant.unit.path for grant in grants_on(user, day, Role.UNIT_ADMIN)]
    if paths:
        keys |= working_in(path_in(paths, "post__unit__"), day)
    return keys


def unnamed_units(user, day):
    """A condition: the units of which `user` knows nothing as long as nobody knows who is named.

    His own branch of the tree, upwards and downwards below the city, and the units of which he is the admin.
    """
    paths = [(path, parent) for _, path, parent in own_posts(user, day)]
    paths += [(grant.unit.path, grant.unit.parent_id) for grant in grants_on(user, day, Role.UNIT_ADMIN)]
    condition = Q(pk__in=[])
    for path, parent in paths:
        if parent is None:  # who works for the city as a whole stands above no single unit
            condition |= Q(unit__parent=None)
            continue
        upwards = [int(key) for key in path.split("/") if key][1:]
        condition |= Q(unit__path__startswith=path) | Q(unit__in=upwards)
    return condition


def is_city_wide(grants):
    return any(grant.unit.parent_id is None for grant in grants)


def cases_without_conflict(user, day, grants):
    """A condition on RestrictedCase: what the holder of these `grants` (of the lane, at least one) may know of."""
    barred = Q(officer_mark__in=marks_of(too_close(user, day)))
    known = Q(pk__in=[])
    if is_city_wide(grants):
        not_mine = Q(name_marks__overlap=name_marks_known(user.name or ""))
        known |= ~Q(officer_mark="") | ~(not_mine | unnamed_units(user, day))
    below_grants = Q(pk__in=[])
    for grant in grants:
        if grant.role == Role.COMPLAINT_MANAGER and grant.unit.parent_id is not None:
            # Strictly below: who keeps the complaints of a unit never handles one about a person of that unit.
            inside = Q(post__unit__path__startswith=grant.unit.path) & ~Q(post__unit=grant.unit)
            below_grants |= inside
    if below_grants != Q(pk__in=[]):
        known |= Q(officer_mark__in=marks_of(working_in(below_grants, day)))
    return known & ~barred
