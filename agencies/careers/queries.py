"""Questions about people's posts and lines that several pages ask."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies.access.models import RoleGrant
from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on, is_city_office, path_in
from agencies.people.models import Assignment, Employee, ServiceState, User
from agencies.people.orphans import why_free
from agencies.people.reporting_line import stretches

from .models import HandoverNote, LineRequest


def facts_version(employee):
    """The key of the newest row in the history of his facts: what a page carries to notice that somebody was faster."""
    return employee.events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def year_of(employee, number, known_at=None):
    """Who appraises in a year: number, Stretches, days; `free`: the first days of the Stretches that need nobody."""
    found = stretches(employee, date(number, 1, 1), date(number, 12, 31), known_at)
    alone = [each for each in found if each.appraiser is None]
    free = set()
    if alone:
        states = list(ServiceState.objects.known(known_at).filter(employee=employee).order_by("term"))
        free = {each.first_day for each in alone if is_free_in(each, employee, states)}
    return {"number": number, "stretches": found, "days": sum(each.days for each in found), "free": free}


def is_free_in(stretch, employee, states):
    """Does `employee`, with these ServiceStates in their order, owe no appraisal on any day of the Stretch?"""
    if why_free(employee, None):
        return True
    day = stretch.first_day
    for state in states:
        if day in state.term and why_free(employee, state):
            if state.last_day is None or state.last_day >= stretch.last_day:
                return True
            day = state.term.upper
    return False


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
