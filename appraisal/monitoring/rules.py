"""Who may record what was reached, and who may say something about it. Nothing here writes."""

from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.people.reporting_line import is_appraiser_on

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
    if skp.year != period.year:
        return "Periode itu bukan periode tahun SKP ini."
    if timezone.localdate() < period.starts_on:
        return BEGINNING
    evaluations = skp.evaluations.filter(period=period)
    # A result that was opened again is corrected, and so is what it rests on; the old one keeps it in its receipt.
    if evaluations.filter(state="draft", open_until__gte=timezone.localdate()).exists():
        return ""
    if period.is_over():
        return OVER.format(period=period)
    # A decided evaluation explains itself by these rows, so they stay as they were.
    if evaluations.exclude(state="draft").exists():
        return DECIDED.format(period=period)
    return ""
