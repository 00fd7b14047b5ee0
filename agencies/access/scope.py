"""What a person may see, as querysets: the only way in for views. A stranger finds nothing, so he gets 404."""

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from agencies.people.models import Assignment, Employee, User
from agencies.people.reporting_line import indirect_subordinate_keys_on, subordinate_keys_on
from agencies.structure.models import Unit
from agencies.structure.queries import posts_below

from .models import Proposal, RoleGrant
from .roles import Role

KEEPS_ACCESS = (Role.PERSONNEL_OFFICE, Role.SYSTEM_ADMIN)
READS_ACCESS = (*KEEPS_ACCESS, Role.INSPECTOR)
READS_PEOPLE = (Role.PERSONNEL_OFFICE, Role.UNIT_ADMIN, Role.INSPECTOR)


def employee_of(user):
    """The Employee behind an account, or None."""
    return getattr(user, "employee", None) if user.is_authenticated else None


def person_of(by):
    """The Employee behind `by`; None for accounts without one and for texts such as "timetable"."""
    return employee_of(by) if hasattr(by, "is_authenticated") else None


def own_person(user):
    """The Employee behind an account whose page needs one; for all others the page does not exist."""
    person = employee_of(user)
    if person is None:
        raise Http404
    return person


def grants_on(user, day=None, *roles):
    """The role grants of `user` on `day` (today if None), limited to `roles` when given, with their units.

    A delegated one counts only while the right it was delegated from does.
    """
    if not user.is_authenticated:
        return RoleGrant.objects.none()
    day = day or timezone.localdate()
    backed = Q(delegated_from=None) | Q(delegated_from__term__contains=day)
    grants = RoleGrant.objects.filter(backed, user=user, term__contains=day)
    return (grants.filter(role__in=roles) if roles else grants).select_related("unit")


def own_grants_on(user, *roles, day=None):
    """Those of `grants_on` that were not delegated to `user`: only they answer for the rights of others."""
    return grants_on(user, day, *roles).filter(delegated_from=None)


def has_role(user, *roles, day=None):
    return grants_on(user, day, *roles).exists()


def is_city_office(user):
    """Does `user` work for the personnel office of the whole city today?"""
    return any(grant.unit.parent_id is None for grant in grants_on(user, None, Role.PERSONNEL_OFFICE))


def covers(user, unit, *roles, day=None):
    """Has `user` one of `roles` over `unit` on `day`?"""
    return any(unit.path.startswith(grant.unit.path) for grant in grants_on(user, day, *roles))


def units_of(user, *roles, day=None):
    """The units in which `user` has one of `roles`, with everything below."""
    paths = [grant.unit.path for grant in grants_on(user, day, *roles)]
    return Unit.objects.filter(path_in(paths))


def path_in(paths, prefix=""):
    """A condition that is true below any of `paths`, nowhere without; `prefix` leads to the unit: "post__unit__"."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{prefix}path__startswith": path})
    return condition


def visible_grants(user):
    """The rights of all times that `user` may look over: those in his units, as an office that keeps or inspects."""
    paths = [grant.unit.path for grant in grants_on(user, None, *READS_ACCESS)]
    return RoleGrant.objects.filter(path_in(paths, "unit__"))


def visible_proposals(user):
    """The proposals `user` made, those he looks over as an office, and those on results of whom he is superior."""
    visible, person = Q(proposed_by=user), employee_of(user)
    for kind, roles in (
        (Proposal.Kind.ROLE_GRANT, READS_ACCESS),
        (Proposal.Kind.RESULT_REOPEN, (Role.PERSONNEL_OFFICE, Role.INSPECTOR)),
        (Proposal.Kind.RULE_CHANGE, (Role.PERSONNEL_OFFICE, Role.INSPECTOR)),
    ):
        paths = [grant.unit.path for grant in grants_on(user, None, *roles)]
        if paths:
            visible |= Q(kind=kind) & path_in(paths, "unit__")
    if person is not None:
        above = indirect_subordinate_keys_on(person, timezone.localdate())
        visible |= Q(kind=Proposal.Kind.RESULT_REOPEN, about__in=above)
    return Proposal.objects.filter(visible)


def visible_accounts(user):
    """The accounts `user` keeps: of those who work in his units today; over the whole city, every account."""
    units = [grant.unit for grant in own_grants_on(user, *KEEPS_ACCESS)]
    if any(unit.parent_id is None for unit in units):
        return User.objects.all()
    if not units:
        return User.objects.none()
    return User.objects.filter(employee__in=working_below(units).values("employee"))


def employees_without_account(user):
    """The employees for whom `user` may open an account."""
    units = [grant.unit for grant in own_grants_on(user, *KEEPS_ACCESS)]
    waiting = Employee.objects.filter(user=None)
    if any(unit.parent_id is None for unit in units):
        return waiting
    return waiting.filter(pk__in=working_below(units).values("employee")) if units else waiting.none()


def working_below(units, day=None):
    day = day or timezone.localdate()
    return Assignment.objects.on(day).filter(post__in=posts_below(units, day))


def visible_employees(user, day=None):
    """The employees whose data `user` may see on `day`: himself, those he appraises, and those in his roles' units.

    A role over the whole city also shows those who hold no post on that day: new, between two posts, or retired.
    """
    day = day or timezone.localdate()
    units = [grant.unit for grant in grants_on(user, day, *READS_PEOPLE)]
    if any(unit.parent_id is None for unit in units):
        return Employee.objects.counting()
    person, visible = employee_of(user), Q(pk__in=[])
    if person is not None:
        visible |= Q(pk=person.pk) | Q(pk__in=subordinate_keys_on(person, day))
    if units:
        visible |= Q(pk__in=working_below(units, day).values("employee"))
    return Employee.objects.filter(visible)
