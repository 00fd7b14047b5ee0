"""Opening a final evaluation again: proposed by one, approved by another; the old one stays, a revision replaces it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from agencies.access.actions.proposals import propose
from agencies.access.models import Proposal
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event, target_of
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from ambon_kinerja.workdays.queries import working_day_after
from appraisal.planning.models import Skp

from .actions import result_address
from .models import Citation, Evaluation, ResultRating
from .rules import may_propose_reopening
from .states import SUPERSEDE

CARRIED_OVER = (
    "suggested_rating",
    "suggestion_reasons",
    "work_rating",
    "work_reason",
    "behaviour_rating",
    "behaviour_reason",
    "note",
)


@transaction.atomic
def propose_reopening(evaluation, *, error, reason, by):
    """Propose to open a decided evaluation again, or a revision whose days ran out; `error` says what is wrong.

    Raises NotAllowed, and StepRefused while the same proposal is waiting.
    """
    if not may_propose_reopening(by, evaluation):
        raise NotAllowed("Hasil ini tidak dapat Anda usulkan untuk dibuka kembali.")
    employee = evaluation.skp.employee
    return propose(
        kind=Proposal.Kind.RESULT_REOPEN,
        title=f"Buka kembali penilaian {employee.name}, {evaluation.period}",
        unit=evaluation.skp.unit,
        about=employee,
        beneficiary=employee.user,
        record=target_of(evaluation),
        path=result_address(
            evaluation.replaces if evaluation.state == Evaluation.State.DRAFT else evaluation
        ),
        reason=f"{error}: {reason.strip()}",
        by=by,
    )


def reopen(proposal, *, by):
    """The effect of an approved proposal: the result is superseded and a draft of the next revision opens.

    The draft starts from what was decided and may be made final for REOPENED_WORKING_DAYS working days, also after the
    period's window has closed. Raises StepRefused when nobody appraises the employee today.
    """
    with as_service():  # the second person opens a draft for the appraiser and may not read it
        return reopened(proposal, by)


def reopened(proposal, by):
    evaluation = Evaluation.objects.select_related("skp__employee", "period").get(
        pk=proposal.record.rpartition(":")[2]
    )
    employee, today = evaluation.skp.employee, timezone.localdate()
    # The same lock as recording and making final take, in the same order.
    Skp.objects.select_for_update(of=("self",)).get(pk=evaluation.skp_id)
    appraiser = appraiser_on(employee, today)
    if appraiser is None:
        raise StepRefused(
            "Pegawai ini belum punya pejabat penilai hari ini, jadi tidak ada yang dapat menilai."
        )
    last_day = working_day_after(today, settings.REOPENED_WORKING_DAYS)
    if evaluation.state == Evaluation.State.DRAFT:
        draft = extend(evaluation, last_day)
    else:
        draft = revise(evaluation, proposal, appraiser=appraiser, last_day=last_day, by=by)
    details = {"proposal": proposal.pk, "open_until": last_day, "revision": draft.revision}
    record_event("evaluation.reopen", draft, by=by, reason=proposal.reason, details=details)
    tell_those_concerned(draft, proposal, appraiser)
    return draft


def extend(evaluation, last_day):
    evaluation.open_until = last_day
    evaluation.save(update_fields=["open_until"])
    return evaluation


def revise(evaluation, proposal, *, appraiser, last_day, by):
    old = take(
        SUPERSEDE,
        evaluation,
        by=by,
        reason=proposal.reason,
        changes={"reopened_by": proposal, "superseded_at": timezone.now()},
    )
    draft = Evaluation.objects.create(
        skp=old.skp,
        period=old.period,
        appraiser=appraiser,
        revision=old.revision + 1,
        replaces=old,
        open_until=last_day,
        **{name: getattr(old, name) for name in CARRIED_OVER},
    )
    rows = ResultRating.objects.bulk_create(
        ResultRating(
            evaluation=draft,
            result_id=row.result_id,
            rating=row.rating,
            reason=row.reason,
            surprise_reason=row.surprise_reason,
        )
        for row in old.result_ratings.all()
    )
    ratings = {row.result_id: row for row in rows}
    Citation.objects.bulk_create(
        Citation(
            rating=ratings[row.rating.result_id], evidence_id=row.evidence_id, feedback_id=row.feedback_id
        )
        for row in Citation.objects.filter(rating__evaluation=old).select_related("rating")
    )
    return draft


def tell_those_concerned(draft, proposal, appraiser):
    until = date_format(draft.open_until, "l, j F Y")
    tell(
        draft.skp.employee.user,
        subject=f"Penilaian Anda untuk {draft.period} dibuka kembali",
        body=f"Alasan: {proposal.reason} Hasil lama tetap dapat Anda baca. Kami memberi tahu Anda bila hasil baru"
        " ditetapkan.",
        path=result_address(draft.replaces),
    )
    tell(
        appraiser.user,
        subject=f"Nilai ulang {draft.skp.employee}, {draft.period}",
        body=f"Paling lambat {until}. Alasan: {proposal.reason}",
        path=f"/penilaian/{draft.pk}/",
    )
