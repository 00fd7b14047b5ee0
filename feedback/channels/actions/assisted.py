"""Filling in for a citizen, counted apart from what he answered."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.structure.refusals import NotPossible
from ambon_kinerja.audit.actions import record_event
from feedback.citizens.actions import record_response
from feedback.citizens.models import SurveyResponse

from ..models import AssistedTally
from ..rules import may_assist


@transaction.atomic
def fill_in_for_citizen(
    service, *, answers, sending_key, by, mode, reason, counter=None, profile=None, comment=""
):
    """Keep what a citizen said to `by` today; the same `sending_key` counts once.

    Raises NotPossible when `by` is judged at that counter, and WrongAnswers or NotOpen as `record_response` does.
    The trail says once a day and reason that somebody began: a row for each answer, with its time, could be laid beside
    the answers in the order in which they came.
    """
    day = timezone.localdate()
    if not may_assist(by, service, counter, day):
        raise NotPossible("Anda atau rekan satu garis atasan bertugas di loket ini hari ini.", "counter")
    facts = {
        "service": service,
        "counter": counter,
        "day": day,
        "entered_by": by,
        "mode": mode,
        "reason": reason,
    }
    tally, is_new = AssistedTally.objects.get_or_create(**facts)
    AssistedTally.objects.select_for_update(of=("self",)).get(
        pk=tally.pk
    )  # one after the other: each counts once
    if SurveyResponse.objects.filter(sending_key=sending_key).exists():
        if is_new:
            tally.delete()  # sent again with another reason: the first one counts
        return tally
    record_response(
        service,
        answers=answers,
        sending_key=sending_key,
        profile=profile,
        comment=comment,
        answered_on=day,
        mode=SurveyResponse.Mode.ASSISTED,
        counter=counter,
    )
    AssistedTally.objects.filter(pk=tally.pk).update(entries=F("entries") + 1)
    if is_new:
        record_event("assisted.begin", tally, by=by, details={"service": service.slug})
    return tally
