"""Who may do what with a letter of a citizen. Nothing here writes."""

from agencies.access.roles import Role
from agencies.access.scope import covers
from feedback.services.queries import manages_city

from .models import Complaint
from .people import managed_paths

REPORTER = "warga"  # who wrote, known by his code alone
TIMETABLE = "timetable"


def may_handle(by, complaint):
    """The complaint manager of the unit; where there is none, the office that keeps the services of the whole city."""
    if isinstance(by, str):
        return False
    if covers(by, complaint.unit, Role.COMPLAINT_MANAGER):
        return True
    return manages_city(by) and not any(complaint.unit.path.startswith(path) for path in managed_paths())


def is_reporter(by, complaint):
    """Who holds the tracking code."""
    return by == REPORTER


def may_accept(by, complaint):
    """Who holds the tracking code, after an answer."""
    return is_reporter(by, complaint) and complaint.clock == Complaint.Clock.CLOSE


def may_close(by, complaint):
    """The complaint manager of the unit, when something was answered."""
    return complaint.answered_on is not None and may_handle(by, complaint)


def has_run_out(by, complaint):
    """The timetable alone, when the citizen's term is over."""
    return by == TIMETABLE and complaint.clock in (Complaint.Clock.REPLY, Complaint.Clock.CLOSE)


def may_read_in_full(user, complaint):
    """Citizens' own words unscreened: who handles it, nobody else."""
    return may_handle(user, complaint)


def may_open_contact(user, complaint):
    """Who handles it, never of an anonymous letter."""
    return complaint.identity != Complaint.Identity.ANONYMOUS and may_handle(user, complaint)


def may_change_terms(user):
    """The office that keeps the services and surveys of the whole city."""
    return manages_city(user)
