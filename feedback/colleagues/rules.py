"""Who may do what with feedback by colleagues. Nothing here writes.

* The personnel office opens and closes rounds for units of its own; it reads sums of agencies, never one person's.
* Whoever was drawn answers, once, while the round is open. Nobody else learns that he was drawn.
* The employee proposes colleagues and reads his released result; whoever appraises him today approves the list and
  reads the same result. Neither sees who was asked or what anybody answered.
"""

from django.utils import timezone

from agencies.access.roles import Role
from agencies.access.scope import employee_of, grants_on

from .models import FeedbackRound, FeedbackSubject

TIMETABLE = "timetable"


def may_keep_rounds(user):
    """Some rounds: the personnel office."""
    return grants_on(user, None, Role.PERSONNEL_OFFICE).exists()


def may_keep_round(by, feedback_round):
    """The personnel office of every unit of the round."""
    if not hasattr(by, "is_authenticated"):
        return bool(by)
    paths = [grant.unit.path for grant in grants_on(by, None, Role.PERSONNEL_OFFICE)]
    units = list(feedback_round.units.all())
    return bool(units) and all(unit.path.startswith(tuple(paths)) for unit in units) if paths else False


def may_close(by, feedback_round):
    """The timetable after the last day; the personnel office, which gives a reason for closing earlier."""
    return may_keep_round(by, feedback_round)


def may_reply(user, subject):
    person = employee_of(user)
    return (
        person is not None
        and subject.employee_id == person.pk
        and subject.outcome == FeedbackSubject.Outcome.RELEASED
    )


def takes_answers(feedback_round, now=None):
    """Open, and not a second after the end of its last day in WIT."""
    return (
        feedback_round.state == FeedbackRound.State.OPEN
        and (now or timezone.now()) < feedback_round.closes_at
    )


def takes_candidates(feedback_round):
    return (
        feedback_round.state == FeedbackRound.State.PREPARED
        and feedback_round.choosing == FeedbackRound.Choosing.APPROVED
    )
