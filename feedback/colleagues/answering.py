"""Taking in what a colleague answers: added to the counts of one person, and forgotten who said it.

Nothing here writes a trail, a moment or a new row. The counts of a person are one row, and the invitations about him
are written anew by one statement, so that all of them carry the number of the same transaction.
"""

import re
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies.access.scope import employee_of
from agencies.structure.refusals import NotPossible
from feedback.citizens.screening import screened

from .models import FeedbackInvitation, FeedbackTally
from .queries import core_values_on
from .rules import takes_answers
from .values import LEVELS

OVER = "Putaran ini sudah ditutup. Jawaban tidak diterima lagi."


class WrongAnswers(ValueError):
    """Answers that are not one level for each value; `faults` is {value key: reason in Indonesian}."""

    def __init__(self, faults):
        super().__init__("; ".join(faults.values()))
        self.faults = faults


@transaction.atomic
def give_answer(invitation, *, answers, text="", by):
    """Count what the rater `by` saw: {value key: 0 to 4}. True when it was counted, False when he had answered.

    Raises WrongAnswers, and NotPossible when the round is over or he was not asked.
    """
    # Who answers about the same person waits here; after the closing there is nothing left to wait for.
    tally = FeedbackTally.objects.select_for_update().filter(subject=invitation.subject_id).first()
    asked = FeedbackInvitation.objects.filter(pk=invitation.pk, rater=employee_of(by))
    asked = asked.select_related("subject__round").first()
    if tally is None or asked is None or not takes_answers(asked.subject.round):
        raise NotPossible(OVER)
    check_answers(answers, tally.counts[asked.relation])
    if asked.has_answered:
        return False
    for key, level in answers.items():
        tally.counts[asked.relation][key][level] += 1
    tally.answers[asked.relation] += 1
    if said := without_identity(text, names_of_raters(asked.subject_id) if text else ()):
        tally.texts.insert(secrets.randbelow(len(tally.texts) + 1), said)
    tally.save(update_fields=["answers", "counts", "texts"])
    FeedbackInvitation.objects.filter(subject=asked.subject_id).update(
        has_answered=Q(has_answered=True) | Q(pk=asked.pk)
    )
    return True


def without_identity(text, names=()):
    """Screened, without the line breaks and spaces by which a hand is known; "" when nothing is left."""
    return re.sub(r"\s+", " ", screened(text, names=names)).strip()


def names_of_raters(subject):
    """Whose name must not stand in a text: everybody's who may have written it."""
    rows = FeedbackInvitation.objects.filter(subject=subject).order_by("rater__name")
    return tuple(rows.values_list("rater__name", flat=True))


def check_answers(answers, asked):
    faults = {
        key: "Pilih satu jawaban."
        for key in asked
        if type(answers.get(key)) is not int or answers[key] not in LEVELS
    }
    faults |= {key: "Nilai ini tidak ditanyakan." for key in answers if key not in asked}
    if faults:
        raise WrongAnswers(faults)


def values_asked(feedback_round):
    """The values of a round as they were worded when it was drawn."""
    return core_values_on(timezone.localdate(feedback_round.drawn_at))
