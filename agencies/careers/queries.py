"""Questions about people's posts and lines that several pages ask."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, is_city_office, path_in
from agencies.people.models import Assignment, Employee, User

from .models import HandoverNote, LineRequest


def facts_version(employee):
    """The key of the newest row in the history of his facts: what a page carries to notice that somebody was faster."""
    return employee.events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def leaders():
    """Who can be somebody's appraiser: who holds a post today that leads a unit or is the superior of another."""
    leading = Q(post__leads_unit=True) | Q(post__subordinates__isnull=False)
    held = Assignment.objects.on(timezone.localdate()).filter(leading, employee=OuterRef("pk"))
    return Employee.objects.filter(Exists(held))


def office_users(unit, role):
    """The users with `role` over `unit` today, or (None) over the whole city."""
    grants = RoleGrant.objects.filter(role=role, term__contains=timezone.localdate(), user__is_active=True)
    there = {"unit__parent": None} if unit is None else {"unit__in": unit.path_keys}
    grants = grants.filter(**there)
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("pk"))


def visible_handovers(user):
    """One's own, those of whom one was or becomes the appraiser; all for the personnel office of the city."""
    notes = HandoverNote.objects.select_related(
        "employee__user", "from_post__unit", "to_post__unit", "old_appraiser", "new_appraiser", "written_by"
    )
    if is_city_office(user):
        return notes
    person = employee_of(user)
    if person is None:
        return notes.none()
    return notes.filter(Q(employee=person) | Q(old_appraiser=person) | Q(new_appraiser=person))


def requests_to_answer(user):
    """What people ask about their line: of his units for a unit admin, all for the personnel office of the city."""
    requests = LineRequest.objects.select_related(
        "employee", "unit", "shown_appraiser", "wanted_appraiser", "asked_by"
    )
    if is_city_office(user):
        return requests
    paths = [grant.unit.path for grant in grants_on(user, None, Role.UNIT_ADMIN)]
    return requests.filter(path_in(paths, "unit__"))
