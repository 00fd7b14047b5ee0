"""An evaluation in the hands of whoever's turn it is: also of one who does not lead the employee today.

The superior of a silent appraiser and the appraiser who was moved within the window reach the row through a policy of
its own (migration 0015): a draft is open to the one who stands in it as its appraiser.
"""

from django.db import IntegrityError, transaction

from agencies.access.scope import employee_of
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service

from ..models import Evaluation
from ..states import FINALISE
from .raters import turn_in


def role_now(evaluation):
    """In which role this evaluation would be rated at this moment."""
    return turn_in(evaluation.skp, evaluation.period, evaluation=evaluation).role


def begun_or_taken_over(skp, period, *, by):
    """The living evaluation, begun if there is none. A draft of a silent appraiser goes over to his superior.

    What the appraiser had written stays in the draft; whoever goes on with it sees whose it was in the audit trail.
    """
    person, turn = employee_of(by), turn_in(skp, period)
    with as_service():  # whose turn it is may not lead the employee today
        found = Evaluation.objects.living().filter(skp=skp, period=period).first()
        if found is not None:
            return taken_over(found, person, turn, by=by)
        try:
            with transaction.atomic():
                evaluation = Evaluation.objects.create(
                    skp=skp, period=period, appraiser=person, rated_by_role=turn.role
                )
        except IntegrityError:  # somebody pressed the same button at the same moment
            found = Evaluation.objects.living().get(skp=skp, period=period)
            return taken_over(found, person, turn, by=by)
        record_event("evaluation.start", evaluation, by=by, details={"role": turn.role})
        return evaluation


def taken_over(evaluation, person, turn, *, by):
    is_out_of_the_ordinary = turn.is_of_the_superior or turn.is_of_who_moved
    if (
        evaluation.state != Evaluation.State.DRAFT
        or evaluation.open_until
        or evaluation.appraiser_id == person.pk
        or not is_out_of_the_ordinary
    ):
        return evaluation
    before = evaluation.appraiser
    evaluation.appraiser, evaluation.rated_by_role = person, turn.role
    evaluation.version += 1
    evaluation.save(update_fields=["appraiser", "rated_by_role", "version"])
    record_event(
        "evaluation.take_over",
        evaluation,
        by=by,
        reason=turn.why,
        details={"from": before.name, "role": turn.role},
    )
    if turn.is_of_the_superior:
        tell(
            before.user,
            subject=f"Penilaian {evaluation.skp.employee}, {evaluation.period}, diambil alih atasan Anda",
            body="Masa penilaian berakhir tanpa ketetapan Anda. Draf Anda tetap tersimpan di dalamnya.",
            path="/tim/",
        )
    return evaluation


def made_final_by(draft, *, by, changes):
    """The step itself. Who was moved may take it, and no longer reads the result afterwards: past the second wall."""
    if turn_in(draft.skp, draft.period, evaluation=draft).is_of_who_moved:
        with as_service():
            return take(FINALISE, draft, by=by, changes=changes)
    return take(FINALISE, draft, by=by, changes=changes)
