"""Hand over, receive, sign and return (PermenPANRB 6/2022 pages 114–116)."""

from django.db import transaction
from django.urls import reverse

from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from appraisal.cycle.models import last_day_of
from appraisal.scoring.actions import acknowledge
from appraisal.scoring.models import Evaluation

from ..clocks import end_term, start_term
from ..deadlines import starts_of_report
from ..models import Deadline, EvaluationDocument
from ..parties import organisation_words, parties_of, role_of
from ..rules import why_final
from ..states.documents import HAND_OVER, RECEIVE, RETURN
from .refusals import now_and_today, user_of

Kind, Form, State = Deadline.Kind, EvaluationDocument.Form, EvaluationDocument.State


def address_of(document):
    return reverse("appraisal:document-detail", kwargs={"pk": document.pk})


@transaction.atomic
def open_document(evaluation, *, by):
    """The document of an evaluation that became final in this transaction: making it final is the signature.

    Named in settings.EVALUATION_FINAL_EFFECTS. Its terms begin: to hand over, and to report upwards.
    """
    _, today = now_and_today()
    by_superior = role_of(evaluation) == "superior"
    document = make_document(
        evaluation, form=Form.BY_SUPERIOR if by_superior else Form.BY_APPRAISER, today=today
    )
    window_ends_on = last_day_of(evaluation.period.closes_at)
    if by_superior:
        start_term(document, Kind.SIGN, starts_on=window_ends_on, owner=document.signer)
        end_term(document, Kind.SIGN, on=max(today, window_ends_on))
    start_term(document, Kind.HAND_OVER, starts_on=today, owner=document.signer, by_superior=by_superior)
    start_report(document, today)
    record_event("document.sign", document, by=by, details={"form": document.form})
    return document


def make_document(evaluation, *, form, today, parties=None):
    with as_service():  # the achievement and the heads of the three are read, not whoever is at the browser
        return EvaluationDocument.objects.create(
            evaluation=evaluation,
            employee=evaluation.skp.employee,
            unit=evaluation.skp.unit,
            form=form,
            signer=evaluation.appraiser,
            holder=evaluation.appraiser,
            parties=parties or parties_of(evaluation, today),
            organisation_achievement=organisation_words(evaluation, today),
            signed_at=evaluation.finalised_at,
        )


def start_report(document, today):
    evaluation = document.evaluation
    starts_on = starts_of_report(
        window_ends_on=last_day_of(evaluation.period.closes_at),
        signed_on=today,
        is_later_revision=document.form == Form.AFTER_OBJECTION or evaluation.revision > 1,
    )
    start_term(document, Kind.REPORT, starts_on=starts_on, owner=document.holder)


@transaction.atomic
def hand_over(document, *, by):
    """The document goes to the employee. Until he says he has it, his term to return it runs from today."""
    now, today = now_and_today()
    with as_service():  # who signed and is acted for today may hand over what he does not read any more
        handed = take(HAND_OVER, document, by=by, changes={"handed_over_at": now})
        period = str(handed.evaluation.period)
    end_term(handed, Kind.HAND_OVER, on=today)
    # The regulation counts from the receipt; without one the silence has to be noticed all the same.
    start_term(
        handed,
        Kind.RETURN,
        starts_on=today,
        owner=handed.employee,
        by_superior=handed.form == Form.BY_SUPERIOR,
    )
    tell(
        user_of(handed.employee),
        subject=f"Dokumen evaluasi kinerja Anda, {period}, diserahkan",
        body="Buka dokumennya, lalu tekan “Saya terima dokumen ini”. Sejak saat itu batas waktu Anda dihitung.",
        path=address_of(handed),
    )
    return handed


def hand_over_many(documents, *, by):
    """Each in a transaction of its own; returns how many went. What somebody else handed over is passed by."""
    count = 0
    for document in documents:
        if document.state == State.SIGNED:
            hand_over(document, by=by)
            count += 1
    return count


@transaction.atomic
def receive(document, *, by):
    """The employee says that he has it: his terms begin. Having it includes having read the result."""
    now, today = now_and_today()
    received = take(RECEIVE, document, by=by, changes={"received_at": now})
    start_term(
        received,
        Kind.RETURN,
        starts_on=today,
        owner=received.employee,
        by_superior=received.form == Form.BY_SUPERIOR,
    )
    if not why_final(received):
        start_term(received, Kind.OBJECT, starts_on=today, owner=received.employee)
    if received.evaluation.state == Evaluation.State.FINAL:
        acknowledge(received.evaluation, by=by)
    return received


@transaction.atomic
def sign_and_return(document, *, by):
    """The employee signs; that is not agreement, and his right to object stays."""
    now, today = now_and_today()
    returned = take(RETURN, document, by=by, changes={"returned_at": now})
    end_term(returned, Kind.RETURN, on=today)
    tell(
        user_of(returned.signer),
        subject=f"{returned.employee} menandatangani dokumen evaluasi {returned.evaluation.period}",
        body="Dokumen ini sudah dapat Anda laporkan ke atas.",
        path=address_of(returned),
    )
    return returned
