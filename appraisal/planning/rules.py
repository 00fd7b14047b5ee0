"""Who may do what with a plan. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, has_role
from agencies.people.reporting_line import appraiser_on

from .models import Skp

EDITABLE = (Skp.State.DRAFT, Skp.State.RETURNED)


def person_of(by):
    """The employee behind `by`; None for accounts without one and for texts such as "timetable"."""
    return employee_of(by) if hasattr(by, "is_authenticated") else None


def is_owner(by, skp):
    person = person_of(by)
    return person is not None and person.pk == skp.employee_id


def is_appraiser_today(by, skp):
    """Is `by` the Pejabat Penilai of the plan's employee today? Never true for the employee himself."""
    person = person_of(by)
    if person is None or person.pk == skp.employee_id:
        return False
    return appraiser_today(skp) == person


def appraiser_today(skp):
    """The Pejabat Penilai of the plan's employee today, or None; asked once per plan as it was read."""
    if not hasattr(skp, "_appraiser_today"):
        skp._appraiser_today = appraiser_on(skp.employee, timezone.localdate())
    return skp._appraiser_today


def can_edit_results(by, skp):
    return skp.state in EDITABLE and is_owner(by, skp)


def can_set_expectation(by, skp):
    """Until the plan is agreed: it belongs to what both agree on (PermenPANRB 6/2022 page 53)."""
    return skp.state != Skp.State.AGREED and is_appraiser_today(by, skp)


def can_record_support(by, skp):
    """Whether what was promised came: said by either of the two once they have agreed on it (page 60)."""
    return skp.state == Skp.State.AGREED and (is_owner(by, skp) or is_appraiser_today(by, skp))


def may_keep_library(user):
    """The examples everybody writes from are the personnel office's."""
    return has_role(user, Role.PERSONNEL_OFFICE)


def may_have_plan(employee):
    """Elected officials plan nothing (PermenPANRB 6/2022 pages 65-66)."""
    return employee.kind != employee.Kind.OFFICIAL
