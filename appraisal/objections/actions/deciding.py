"""The decision: it upholds or changes, it is final, and the old result stays readable (pages 117–118 no. 5–7)."""

from django.db import transaction
from django.utils import timezone

from agencies.access.scope import employee_of
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell
from ambon_kinerja.row_security import as_service
from appraisal.monitoring.queries import results_in
from appraisal.planning.models import Skp
from appraisal.rulebook.models import Rule
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Citation, Evaluation, ResultRating
from appraisal.scoring.queries import suggestion_for
from appraisal.scoring.receipt import canonical_text, sha256_of
from appraisal.scoring.receipt.contents import receipt_of
from appraisal.scoring.study_leave import predikat_of

from ..clocks import end_term, start_term, void_terms
from ..dossier import dossier_of, text_of
from ..models import Deadline, EvaluationDocument, Objection
from ..rules import is_decider, why_not_decide
from ..states.evaluations import DECIDE_ANEW, REPLACE
from ..states.objections import CHANGE, UPHOLD
from .documents import make_document, start_report
from .objecting import address_of
from .reading import stop_reading
from .refusals import Refused, now_and_today, refuse_bad_texts, user_of

Kind, State = Deadline.Kind, Objection.State
NO_CHANGE = "Kedua rating sama dengan hasil semula. Ubah salah satu, atau pilih menguatkan hasil."


@transaction.atomic
def decide_objection(
    objection, *, changes, reason, recommendation="", work_rating="", behaviour_rating="", ratings=None, by
):
    """Uphold, or change to two new ratings; `ratings` maps results to theirs, those left out keep the old one.

    Returns the objection as decided. Raises WrongState, NotAllowed, Refused with a sentence for each field, and
    StepRefused while somebody still has days to speak.
    """
    filed = lock_for_decision(objection, by)
    refuse_bad_texts(
        reason=(reason, "Tulis pertimbangan keputusan."),
        recommendation=(recommendation, "Tulis rekomendasi baru." if changes else ""),
    )
    old = filed.document.evaluation
    with (
        as_service()
    ):  # after the rule: the dossier holds what the decider, several steps up, does not read by himself
        # The same lock as recording and making final take, in the same order.
        Skp.objects.select_for_update(of=("self",)).get(pk=old.skp_id)
        if changes:
            refuse_bad_ratings(old, work_rating, behaviour_rating, ratings or {})
        stop_reading(filed)
        decided = close(filed, CHANGE if changes else UPHOLD, reason, recommendation, by=by)
        if changes:
            revision = revise(old, decided, work_rating, behaviour_rating, ratings or {}, by=by)
            document = open_changed_document(revision, old, by=by)
        else:
            document = decided.document
    tell_those_concerned(decided, document)
    return decided


def lock_for_decision(objection, by):
    found = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("employee__user", "appraiser__user")
        .get(pk=objection.pk)
    )
    if found.state != State.FILED:
        raise WrongState("Keberatan ini tidak sedang diperiksa, jadi tidak dapat diputus.")
    if not is_decider(by, found):
        raise NotAllowed("Keberatan ini diputus atasan dari pejabat penilai yang menilai.")
    with as_service():
        # Read once past the wall, so that what follows asks nothing more of it.
        found.document = EvaluationDocument.objects.select_related(
            "evaluation__skp__employee", "evaluation__skp__unit", "evaluation__period", "signer", "holder"
        ).get(pk=found.document_id)
        why = why_not_decide(found)
    if why:
        raise StepRefused(why)
    return found


def refuse_bad_ratings(old, work_rating, behaviour_rating, ratings):
    errors = {}
    if work_rating not in Rating.values:
        errors["work_rating"] = "Pilih rating hasil kerja."
    if behaviour_rating not in Rating.values:
        errors["behaviour_rating"] = "Pilih rating perilaku kerja."
    known = set(results_in(old.skp_id, old.period_id).values_list("pk", flat=True))
    for key, rating in ratings.items():
        if key not in known or rating not in Rating.values:
            errors[f"rating-{key}"] = "Pilih salah satu rating yang tersedia."
    same = (work_rating, behaviour_rating) == (old.work_rating, old.behaviour_rating)
    if not errors and same:
        errors["work_rating"] = NO_CHANGE
    if errors:
        raise Refused(errors)


def close(filed, step, reason, recommendation, *, by):
    """The objection decided, with the dossier as it lay there and its hash, which also stands in the audit chain."""
    now, today = now_and_today()
    text = text_of(dossier_of(filed))
    decided = take(
        step,
        filed,
        by=by,
        reason=reason,
        changes={
            "decision_reason": reason.strip(),
            "recommendation": recommendation.strip(),
            "decided_at": now,
            "closed_at": now,
            "dossier": text,
            "dossier_sha256": sha256_of(text),
        },
    )
    record_event("objection.keep_dossier", decided, by=by, details={"sha256": decided.dossier_sha256})
    end_term(decided.document, Kind.DECIDE, on=today)
    return decided


def revise(old, decided, work_rating, behaviour_rating, ratings, *, by):
    """The next revision, final at once, with a receipt of its own; the old evaluation is superseded and stays."""
    superseded = take(
        REPLACE,
        old,
        by=by,
        reason=decided.decision_reason,
        changes={"changed_by_objection": True, "superseded_at": timezone.now()},
    )
    void_terms(decided.document, on=timezone.localdate())
    draft = Evaluation.objects.create(
        skp=old.skp,
        period=old.period,
        appraiser=employee_of(by),
        revision=superseded.revision + 1,
        replaces=superseded,
        work_rating=work_rating,
        behaviour_rating=behaviour_rating,
        behaviour_reason=decided.decision_reason,
        note=decided.recommendation,
        rated_by_role=Evaluation.RatedBy.SUPERIOR,
        study_ended_early=old.study_ended_early,
    )
    before = {row.result_id: row for row in superseded.result_ratings.all()}
    results = list(results_in(old.skp_id, old.period_id))
    rows = {}
    for result in results:
        kept = before.get(result.pk)
        rating = ratings.get(result.pk) or (kept.rating if kept else work_rating)
        reason = kept.reason if kept and kept.rating == rating else ""
        rows[result.pk] = ResultRating.objects.create(
            evaluation=draft, result=result, rating=rating, reason=reason
        )
    carry_citations(superseded, decided, before, rows)
    return make_final(draft, results, rows, decided, by=by)


def carry_citations(old, decided, before, rows):
    """What the new ratings stand on: the evidence of those that stay, and what the objection cited for the others."""
    stays = {key for key, row in rows.items() if key in before and before[key].rating == row.rating}
    cited = [
        Citation(
            rating=rows[each.rating.result_id], evidence_id=each.evidence_id, feedback_id=each.feedback_id
        )
        for each in Citation.objects.filter(rating__evaluation=old).select_related("rating")
        if each.rating.result_id in stays
    ]
    brought = decided.evidence.filter(cited__isnull=False).values_list("cited__result", "cited")
    cited += [
        Citation(rating=rows[result], evidence_id=evidence)
        for result, evidence in brought
        if result in rows and result not in stays
    ]
    Citation.objects.bulk_create(cited)


def make_final(draft, results, rows, decided, *, by):
    suggestion = suggestion_for(results, rows)
    if suggestion is None:
        raise StepRefused("SKP ini tidak memiliki hasil kerja utama, jadi hasilnya tidak dapat dihitung.")
    draft.suggested_rating = suggestion.rating
    if draft.work_rating != suggestion.rating:
        draft.work_reason = decided.decision_reason
    draft.predikat = predikat_of(draft)
    try:
        text = canonical_text(receipt_of(draft, suggestion))
    except Rule.DoesNotExist:
        raise StepRefused("Buku aturan belum diisi. Hubungi BKPSDM.") from None
    return take(
        DECIDE_ANEW,
        draft,
        by=by,
        changes={
            "suggested_rating": suggestion.rating,
            "suggestion_reasons": list(suggestion.reasons),
            "work_reason": draft.work_reason,
            "predikat": draft.predikat,
            "receipt": text,
            "receipt_sha256": sha256_of(text),
            "finalised_at": timezone.now(),
        },
    )


def open_changed_document(revision, old, *, by):
    """Form D.1.3: signed by the superior and in the employee's hands with the decision; the three are the old ones."""
    now, today = now_and_today()
    parties = dict(old.document.parties)
    document = make_document(
        revision, form=EvaluationDocument.Form.AFTER_OBJECTION, today=today, parties=parties
    )
    document.state, document.handed_over_at = EvaluationDocument.State.HANDED_OVER, now
    document.save(update_fields=["state", "handed_over_at"])
    start_term(document, Kind.RETURN, starts_on=today, owner=document.employee, by_superior=True)
    start_report(document, today)
    record_event("document.sign", document, by=by, details={"form": document.form})
    return document


def tell_those_concerned(decided, document):
    words = "mengubah" if decided.state == State.CHANGED else "menguatkan"
    tell(
        user_of(decided.employee),
        subject=f"Keputusan atas keberatan Anda {words} hasil",
        body="Baca pertimbangannya. Keputusan ini final; hasil yang lama tetap dapat Anda baca.",
        path=address_of(decided),
    )
    tell(
        user_of(decided.appraiser),
        subject=f"Keberatan {decided.employee} diputus: {words} hasil",
        path=address_of(decided),
    )
