"""Who may cite and who may read what could be cited. Nothing here writes."""

from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on
from appraisal.monitoring.rules import why_closed

STRANGER = "Hanya pejabat penilai pegawai ini pada hari ini yang dapat mengutip."


def is_appraiser_today(user, skp):
    """The appraiser of the day, never the employee himself."""
    person = employee_of(user)
    return (
        person is not None
        and person.pk != skp.employee_id
        and is_appraiser_on(person, skp.employee, timezone.localdate())
    )


def may_hear(user, skp):
    """What is said of one person is read by himself and by his appraiser of the day alone."""
    person = employee_of(user)
    return person is not None and (person.pk == skp.employee_id or is_appraiser_today(user, skp))


def why_not_cite(user, skp, period):
    """Why `user` may not cite anything for this plan and period now, or ""."""
    return why_closed(skp, period) if is_appraiser_today(user, skp) else STRANGER
