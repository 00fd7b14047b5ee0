"""Who may record what was reached, and who may say something about it. Nothing here writes."""

from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on
from ambon_kinerja.row_security import as_service
from appraisal.planning.terms import covers

BEGINNING = "Periode ini belum mulai."
OVER = "Masa penilaian {period} sudah ditutup, maka isinya tidak dapat diubah."
DECIDED = "Penilaian {period} sudah ditetapkan, maka isinya tidak dapat diubah."


def may_give_feedback(user, skp, period):
    """The appraiser of today, never oneself (PermenPANRB 6/2022 art. 17: the leader gives and gathers it)."""
    person = employee_of(user)
    return (
        person is not None
        and person.pk != skp.employee_id
        and is_appraiser_on(person, skp.employee, timezone.localdate())
        and not why_closed(skp, period)
    )


def is_owner_or_appraiser(user, skp):
    person = employee_of(user)
    return person is not None and (
        person.pk == skp.employee_id or is_appraiser_on(person, skp.employee, timezone.localdate())
    )


def why_closed(skp, period):
    """Why nothing may be added to this plan and period now, in Indonesian; empty when something may."""
    if skp.state != skp.State.AGREED:
        return "SKP ini belum disepakati."
    if not covers(skp, period):
        return "Periode itu tidak termasuk masa SKP ini."
    if timezone.localdate() < period.starts_on:
        return BEGINNING
    with as_service():  # the employee may not see his own draft, but has to know that it is there
        evaluations = list(skp.evaluations.filter(period=period).values_list("state", "open_until"))
    # A result that was opened again is corrected, and so is what it rests on; the old one keeps it in its receipt.
    today = timezone.localdate()
    if any(state == "draft" and until is not None and until >= today for state, until in evaluations):
        return ""
    if period.is_over():
        return OVER.format(period=period)
    # A decided evaluation explains itself by these rows, so they stay as they were.
    if any(state != "draft" for state, _ in evaluations):
        return DECIDED.format(period=period)
    return ""
