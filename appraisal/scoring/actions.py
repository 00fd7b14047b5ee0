"""Appraising: start, save, make final, acknowledge."""

from django.conf import settings
from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from agencies.access.scope import employee_of
from agencies.people.reporting_line import appraiser_on
from ambon_kinerja.audit.actions import record_event
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState, take
from ambon_kinerja.notices.actions import tell
from appraisal.monitoring.actions import Conflict, Refused
from appraisal.monitoring.queries import results_in
from appraisal.planning.models import Skp
from appraisal.rulebook.models import Rule

from .backing.gate import missing_backing
from .backing.keeping import backing_as_stored, escalate, keep_backing, refuse_foreign
from .backing.queries import facts_of
from .models import Evaluation, ResultRating
from .queries import suggestion_for
from .receipt import canonical_text, sha256_of
from .receipt.contents import receipt_of
from .rules import is_known_rating, missing_parts, why_not_score
from .states import ACKNOWLEDGE
from .study_leave import predikat_of
from .turns.taking_over import begun_or_taken_over, made_final_by, role_now

LONGEST_TEXT = 4000
FIELDS = ("work_rating", "work_reason", "behaviour_rating", "behaviour_reason", "note")

__all__ = ["Conflict", "Incomplete", "Refused", "acknowledge", "finalise", "save_draft", "start_evaluation"]


class Incomplete(Refused):
    """Something is missing before the evaluation can be final; `errors` says what, by field."""


@transaction.atomic
def start_evaluation(skp, *, period, by):
    """The evaluation of this plan and period, begun now if nobody has; asking twice gives the same one."""
    if reason := why_not_score(by, skp, period=period):
        raise NotAllowed(reason)
    return begun_or_taken_over(skp, period, by=by)


@transaction.atomic
def save_draft(
    evaluation,
    *,
    version,
    by,
    ratings=None,
    backing=None,
    work_rating="",
    work_reason="",
    behaviour_rating="",
    behaviour_reason="",
    note="",
    study_ended_early=None,
):
    """Keep what the appraiser has so far, complete or not, and return the evaluation as stored, one version on.

    `ratings` maps results of this plan to (rating, reason), `backing` to (keys of what is cited, reason for passing
    by the warning), a key being "e" or "f" with that of the Evidence or Feedback; results left out keep what they
    have, every other field is stored as given. Raises WrongState when it is final, NotAllowed, Refused, and Conflict
    when the stored version is another than `version`; saving the very same content twice is no conflict.
    """
    typed = {
        "work_rating": work_rating,
        "work_reason": work_reason,
        "behaviour_rating": behaviour_rating,
        "behaviour_reason": behaviour_reason,
        "note": note,
    }
    typed = {name: text.strip() for name, text in typed.items()}
    ratings = {key: (rating, reason.strip()) for key, (rating, reason) in (ratings or {}).items()}
    backing = {key: (set(cited), reason.strip()) for key, (cited, reason) in (backing or {}).items()}
    lock_plan(evaluation)
    draft = lock_draft(evaluation, by)
    results = {result.pk: result for result in results_in(draft.skp_id, draft.period_id)}
    refuse_unknown(ratings, typed, results, backing)
    if errors := refuse_foreign(draft, backing):
        raise Refused(errors)
    rows = {row.result_id: row for row in ResultRating.objects.filter(evaluation=draft)}
    stored = backing_as_stored(draft, rows)
    study = draft.study_ended_early if study_ended_early is None else study_ended_early
    if study == draft.study_ended_early and is_same(draft, rows, typed, ratings, backing, stored):
        return draft
    if draft.version != version:
        raise Conflict(stored=draft, typed=typed | {"ratings": ratings, "backing": backing})
    keep_ratings(draft, rows, ratings)
    keep_backing(draft, rows, backing, stored)
    draft.study_ended_early = study
    keep_fields(draft, typed, suggestion_for(results.values(), rows), by)
    record_event("evaluation.save", draft, by=by, details={"version": draft.version})
    return draft


def lock_plan(evaluation):
    """The same lock as recording takes: nothing slips in, and what is cited is not taken away meanwhile."""
    try:
        with transaction.atomic():
            Skp.objects.select_for_update(of=("self",)).get(pk=evaluation.skp_id)
    except OperationalError:  # many at once: waiting longer would keep a worker busy
        raise StepRefused(
            "Penilaian ini sedang disimpan dari tempat lain. Coba lagi sebentar lagi."
        ) from None


def lock_draft(evaluation, by):
    """The draft as it stands now, held until the transaction ends; refused when it is final or not this person's."""
    draft = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("skp__employee", "period")
        .get(pk=evaluation.pk)
    )
    if draft.state != Evaluation.State.DRAFT:
        raise WrongState("Penilaian ini sudah ditetapkan dan tidak dapat diubah.")
    if reason := why_not_score(by, draft):
        raise NotAllowed(reason)
    return draft


def refuse_unknown(ratings, typed, results, backing):
    errors = {}
    if not set(ratings) | set(backing) <= set(results):
        errors["__all__"] = "Hasil kerja itu bukan bagian dari SKP ini."
    for key, (rating, reason) in ratings.items():
        if not is_known_rating(rating):
            errors[f"rating-{key}"] = "Pilih salah satu rating yang tersedia."
        if len(reason) > LONGEST_TEXT:
            errors[f"reason-{key}"] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    for key, (_, reason) in backing.items():
        if len(reason) > LONGEST_TEXT:
            errors[f"surprise-{key}"] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    for name, text in typed.items():
        if name.endswith("_rating") and not is_known_rating(text):
            errors[name] = "Pilih salah satu rating yang tersedia."
        if len(text) > LONGEST_TEXT:
            errors[name] = f"Tulis paling banyak {LONGEST_TEXT} huruf."
    if errors:
        raise Refused(errors)


def is_same(draft, rows, typed, ratings, backing, backing_stored):
    """Does the database already hold exactly this?"""
    stored = {key: (row.rating, row.reason) for key, row in rows.items()}
    return (
        all(stored.get(key, ("", "")) == given for key, given in ratings.items())
        and all(backing_stored.get(key, (set(), "")) == given for key, given in backing.items())
        and all(getattr(draft, name) == text for name, text in typed.items())
    )


def keep_ratings(draft, rows, ratings):
    """Write the given ratings; `rows` (by result) then holds all ratings as stored."""
    for key, (rating, reason) in ratings.items():
        row = rows.setdefault(key, ResultRating(evaluation=draft, result_id=key))
        if row.pk and (row.rating, row.reason) == (rating, reason):
            continue
        row.rating, row.reason = rating, reason
        row.save()


def keep_fields(draft, typed, suggestion, by):
    for name in FIELDS:
        setattr(draft, name, typed[name])
    draft.suggested_rating = suggestion.rating if suggestion else ""
    draft.suggestion_reasons = list(suggestion.reasons) if suggestion else []
    draft.appraiser, draft.rated_by_role = employee_of(by), role_now(draft)
    draft.version += 1
    draft.saved_at = timezone.now()
    suggested = ("study_ended_early", "suggested_rating", "suggestion_reasons")
    draft.save(update_fields=[*FIELDS, *suggested, "appraiser", "rated_by_role", "version", "saved_at"])


@transaction.atomic
def finalise(evaluation, *, version, by):
    """Make the draft final: predikat by the matrix, receipt with its hash, notice to the employee.

    Raises WrongState, NotAllowed, Conflict (`typed` is empty), or Incomplete with a sentence for each field.
    """
    lock_plan(evaluation)
    draft = lock_draft(evaluation, by)
    if draft.version != version:
        raise Conflict(stored=draft, typed={})
    results = list(results_in(draft.skp_id, draft.period_id))
    rows = {row.result_id: row for row in ResultRating.objects.filter(evaluation=draft)}
    suggestion = suggestion_for(results, rows)
    draft.suggested_rating = suggestion.rating if suggestion else ""
    try:
        facts = facts_of(draft)
        if missing := what_is_missing(draft, results=results, ratings=rows, facts=facts):
            raise Incomplete(missing)
        draft.predikat = predikat_of(draft)
        text = canonical_text(receipt_of(draft, suggestion))
    except Rule.DoesNotExist:
        raise StepRefused("Buku aturan belum diisi. Hubungi BKPSDM.") from None
    final = made_final_by(
        draft,
        by=by,
        changes={
            "appraiser": employee_of(by),
            "rated_by_role": role_now(draft),
            "suggested_rating": suggestion.rating,
            "suggestion_reasons": list(suggestion.reasons),
            "predikat": draft.predikat,
            "receipt": text,
            "receipt_sha256": sha256_of(text),
            "finalised_at": timezone.now(),
        },
    )
    escalate(final, rows=rows, results=results, facts=facts, by=by)
    for name in settings.EVALUATION_FINAL_EFFECTS:
        import_string(name)(final, by=by)
    tell(
        final.skp.employee.user,
        subject=f"Penilaian kinerja Anda untuk {final.period} sudah ditetapkan",
        body="Buka halaman hasil untuk membaca predikat dan alasannya.",
        path=result_address(final),
    )
    return final


def what_is_missing(draft, *, results, ratings, facts):
    """{field: sentence} of everything a draft lacks, the answers first, then what they stand on."""
    backing = missing_backing(results=results, ratings=ratings, facts=facts)
    return missing_parts(draft, results=results, ratings=ratings) | backing


@transaction.atomic
def acknowledge(evaluation, *, by):
    """The employee says that he has read it; that is not agreement (PermenPANRB 6/2022 art. 29 stays open)."""
    read = take(ACKNOWLEDGE, evaluation, by=by, changes={"acknowledged_at": timezone.now()})
    appraiser = appraiser_on(read.skp.employee, timezone.localdate())
    tell(
        appraiser.user if appraiser else None,
        subject=f"{read.skp.employee} sudah membaca penilaian {read.period}",
        path=result_address(read),
    )
    return read


def result_address(evaluation):
    return reverse("appraisal:evaluation-detail", kwargs={"pk": evaluation.pk})
