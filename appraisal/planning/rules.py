"""Who may do what with a plan. Nothing here writes."""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import has_role, person_of
from agencies.people.reporting_line import appraiser_on

from .duty import is_silent
from .models import Skp

EDITABLE = (Skp.State.DRAFT, Skp.State.RETURNED)
OPEN = (*EDITABLE, Skp.State.SUBMITTED)


def is_owner(by, skp):
    """The employee whose plan it is."""
    person = person_of(by)
    return person is not None and person.pk == skp.employee_id


def is_appraiser_today(by, skp):
    """The Pejabat Penilai of the plan's employee today; never the employee himself."""
    person = person_of(by)
    if person is None or person.pk == skp.employee_id:
        return False
    return appraiser_today(skp) == person


def appraiser_today(skp):
    """The Pejabat Penilai of the plan's employee today, or None; asked once per plan as it was read."""
    if not hasattr(skp, "_appraiser_today"):
        skp._appraiser_today = appraiser_on(skp.employee, timezone.localdate())
    return skp._appraiser_today


def steps_in(by, skp):
    """Is `by` the appraiser's own appraiser, and has the appraiser let the day pass (page 65 no. 5)?"""
    person = person_of(by)
    if person is None or person.pk == skp.employee_id or not is_silent(skp):
        return False
    appraiser = appraiser_today(skp)
    return appraiser is not None and appraiser_on(appraiser, timezone.localdate()) == person


def may_decide(by, skp):
    """The Pejabat Penilai today; once he let the day pass, also his own appraiser. Never the employee himself."""
    return is_appraiser_today(by, skp) or steps_in(by, skp)


def may_agree(by, skp):
    """The Pejabat Penilai today; once he let the day pass, also his own appraiser. Never the employee himself."""
    return not skp.is_adjustment and may_decide(by, skp)


def may_merge(by, skp):
    """The Pejabat Penilai of the plan's employee today, for an adjustment; never the employee himself."""
    return skp.is_adjustment and is_appraiser_today(by, skp)


def may_drop(by, skp):
    """The employee whose plan it is, for an adjustment."""
    return skp.is_adjustment and is_owner(by, skp)


def may_adjust(by, skp):
    """The employee, while the term of his agreed plan runs."""
    return skp.state == Skp.State.AGREED and timezone.localdate() <= skp.ends_on and is_owner(by, skp)


def can_edit_results(by, skp):
    return skp.state in EDITABLE and is_owner(by, skp)


def can_set_expectation(by, skp):
    """Until the plan is agreed: it belongs to what both agree on (PermenPANRB 6/2022 page 53)."""
    return skp.state in OPEN and is_appraiser_today(by, skp)


def may_choose_approach(by, skp):
    """The employee while he writes, and his appraiser until the plan is agreed (page 50: the leader may set it)."""
    return can_edit_results(by, skp) or may_choose_audience(by, skp)


def may_choose_audience(by, skp):
    """The format follows the post; only the appraiser may correct it, until the plan is agreed."""
    return skp.state in OPEN and is_appraiser_today(by, skp)


def may_link(by, skp):
    """Who fills in to which result of the leader a result belongs: the employee and his appraiser, also once agreed."""
    linkable = (*OPEN, Skp.State.AGREED)
    return skp.state in linkable and (is_owner(by, skp) or is_appraiser_today(by, skp))


def can_record_support(by, skp):
    """Whether what was promised came: said by either of the two once they have agreed on it (page 60)."""
    return skp.state == Skp.State.AGREED and (is_owner(by, skp) or is_appraiser_today(by, skp))


def may_keep_library(user):
    """The examples everybody writes from are the personnel office's."""
    return has_role(user, Role.PERSONNEL_OFFICE)
