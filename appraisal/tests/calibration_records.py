"""A calibration session around the cast: arguments of the addresses of calibration."""

from django.utils import timezone

from appraisal.calibration.models import (
    CalibrationItem,
    CalibrationParticipant,
    CalibrationProposal,
    CalibrationSession,
)
from appraisal.scoring.matrix import Rating


def build_calibration(cast, unit, draft):
    """A session of the agency with the draft of "self" on its agenda and a proposal of its head."""
    head, appraiser = cast["superior"].employee, cast["appraiser"].employee
    facts = {"period": draft.period, "held_on": timezone.localdate(), "agenda": "Uji"}
    session = CalibrationSession.objects.create(unit=unit, called_by=head, **facts)
    for person in (head, appraiser):
        CalibrationParticipant.objects.create(session=session, employee=person, is_chair=person == head)
    about = {"evaluation": draft, "employee": draft.skp.employee}
    item = CalibrationItem.objects.create(session=session, **about)
    ratings = {"aspect": "work", "from_rating": Rating.MEETS, "to_rating": Rating.ABOVE}
    proposal = CalibrationProposal.objects.create(item=item, reason="Uji", proposed_by=head, **ratings)
    return {"session": session.pk, "item": item.pk, "calibration_proposal": proposal.pk}
