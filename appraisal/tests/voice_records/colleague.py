"""Rounds of feedback by colleagues around "self", one of each state, for the access table."""

from datetime import timedelta

from django.utils import timezone

from feedback.colleagues.models import (
    FeedbackInvitation,
    FeedbackRound,
    FeedbackSubject,
    FeedbackTally,
    ReleasedFeedback,
)
from feedback.colleagues.reference_data import VALUES
from feedback.colleagues.reference_data import fill as fill_values


def build_colleagues(cast, unit):
    """ "self" is asked about "peer" in the open round, and has a result in the closed one."""
    fill_values()
    me, peer = cast["self"].employee, cast["peer"].employee
    coming = build_round(unit, "prepared", choosing="approved")
    running, over = build_round(unit, "open"), build_round(unit, "closed")
    about_peer = FeedbackSubject.objects.create(round=running, employee=peer, outcome="drawn")
    task = FeedbackInvitation.objects.create(subject=about_peer, rater=me, relation="peer")
    counts = {key: [0, 0, 0, 0, 0] for key, *_ in VALUES}
    FeedbackTally.objects.create(subject=about_peer, answers={"peer": 0}, counts={"peer": counts})
    about_me = FeedbackSubject.objects.create(round=over, employee=me, outcome="released")
    ReleasedFeedback.objects.create(
        subject=about_me,
        answers=5,
        values=[{"key": key, "table": [0, 0, 1, 2, 2]} for key, *_ in VALUES],
    )
    return {
        "colleague_round_prepared": coming.pk,
        "colleague_round_open": running.pk,
        "colleague_task": task.pk,
        "colleague_result": about_me.pk,
        "colleague_subject_prepared": FeedbackSubject.objects.create(round=coming, employee=me).pk,
    }


def build_round(unit, state, choosing="drawn"):
    today, now = timezone.localdate(), timezone.now()
    built = FeedbackRound.objects.create(
        name=f"Putaran {state}",
        starts_on=today - timedelta(days=90),
        ends_on=today,
        choosing=choosing,
        last_day=today + timedelta(days=5),
        closes_at=now + timedelta(days=5),
        state=state,
        drawn_at=None if state == "prepared" else now,
        closed_at=now if state == "closed" else None,
    )
    built.units.set([unit])
    return built
