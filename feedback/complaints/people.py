"""Who handles, leads and oversees: for telling them, and for what each may read."""

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, TextField
from django.utils import timezone

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.access.scope import employee_of
from agencies.people.models import Assignment, User
from agencies.people.reporting_line import holder_on
from agencies.structure.models import PostVersion
from ambon_kinerja.notices.actions import tell_many


def holders_of_role(role, units):
    """The active users with `role` in any of `units` (keys) today; a delegated right counts while its origin does."""
    today = timezone.localdate()
    backed = Q(delegated_from=None) | Q(delegated_from__term__contains=today)
    grants = RoleGrant.objects.filter(backed, role=role, term__contains=today, unit__in=units)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def manager_grants():
    """The grants by which somebody manages complaints today."""
    today = timezone.localdate()
    backed = Q(delegated_from=None) | Q(delegated_from__term__contains=today)
    return RoleGrant.objects.filter(
        backed, role=Role.COMPLAINT_MANAGER, term__contains=today, user__is_active=True
    )


def managed_paths():
    """The paths of the units for which somebody manages complaints today."""
    return list(manager_grants().values_list("unit__path", flat=True).distinct())


def is_managed():
    """A condition on a letter: somebody manages the complaints of its unit today. Asks nothing itself."""
    own = ExpressionWrapper(OuterRef("unit__path"), output_field=TextField())
    return Exists(manager_grants().annotate(own_path=own).filter(own_path__startswith=F("unit__path")))


def managers_of(unit):
    """Who handles what reaches `unit`; where nobody does, the office that keeps the services of the whole city."""
    managers = list(holders_of_role(Role.COMPLAINT_MANAGER, unit.path_keys))
    return managers or list(holders_of_role(Role.SERVICE_MANAGER, unit.path_keys[:1]))


def head_user(unit):
    """The account of who leads `unit` today, else of who leads the next unit above; None when nobody does."""
    today = timezone.localdate()
    versions = PostVersion.objects.on(today).filter(unit__in=unit.path_keys, leads_unit=True)
    leading = {version.unit_id: version.post for version in versions.select_related("post")}
    for key in reversed(unit.path_keys):
        head = holder_on(leading[key], today) if key in leading else None
        if head is not None and head.user is not None:
            return head.user
    return None


def overseers(unit):
    """The survey office and the inspectors of the city."""
    top = unit.path_keys[:1]
    found = {
        each.pk: each
        for role in (Role.SERVICE_MANAGER, Role.INSPECTOR)
        for each in holders_of_role(role, top)
    }
    return list(found.values())


def led_paths(user):
    """The paths of the units for whose leading post `user` answers today, definitively or acting."""
    person = employee_of(user)
    if person is None:
        return []
    today = timezone.localdate()
    held = Assignment.objects.on(today).filter(employee=person).values("post")
    led = PostVersion.objects.on(today).filter(post__in=held, leads_unit=True).select_related("post", "unit")
    return [version.unit.path for version in led if holder_on(version.post, today) == person]


def tell_all(users, *, subject, body, path):
    tell_many([(user.pk, subject, body, path) for user in users if user is not None])
