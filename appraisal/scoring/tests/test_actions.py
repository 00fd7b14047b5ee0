import pytest

from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from ambon_kinerja.notices.models import Notice
from appraisal.scoring.actions import (
    Conflict,
    Incomplete,
    Refused,
    acknowledge,
    finalise,
    save_draft,
    start_evaluation,
)
from appraisal.scoring.models import Evaluation
from appraisal.scoring.receipt import sha256_of

from .backed import backing_for

WORDS = {"work_rating": "meets", "behaviour_rating": "meets", "behaviour_reason": "Ramah dan tepat waktu."}


def started(plan):
    cast, skp, period = plan
    return start_evaluation(skp, period=period, by=cast["appraiser"]), cast


def complete(evaluation, by, rating="meets", **more):
    ratings = {result.pk: (rating, "") for result in evaluation.skp.results.all()}
    backing = backing_for(evaluation, ratings)
    return save_draft(
        evaluation, version=evaluation.version, ratings=ratings, backing=backing, by=by, **(WORDS | more)
    )


@pytest.mark.parametrize(
    "person", ["self", "peer", "superior", "former", "acting", "stranger", "personnel_office"]
)
def test_only_the_appraiser_of_the_day_may_start(plan, person):
    cast, skp, period = plan

    with pytest.raises(NotAllowed):
        start_evaluation(skp, period=period, by=cast[person])

    assert Evaluation.objects.count() == 0


def test_starting_twice_gives_the_same_evaluation(plan):
    evaluation, cast = started(plan)

    again = start_evaluation(evaluation.skp, period=evaluation.period, by=cast["appraiser"])

    assert again == evaluation


def test_a_draft_keeps_what_is_there_without_being_complete(plan):
    evaluation, cast = started(plan)
    first = evaluation.skp.results.first()

    saved = save_draft(
        evaluation, version=1, ratings={first.pk: ("above", " Luar biasa ")}, by=cast["appraiser"]
    )

    assert saved.version == 2
    assert saved.suggested_rating == ""
    row = evaluation.result_ratings.get()
    assert (row.rating, row.reason) == ("above", "Luar biasa")


def test_the_suggestion_comes_when_all_main_results_are_rated(plan):
    evaluation, cast = started(plan)
    main = evaluation.skp.results.filter(kind="main")

    saved = save_draft(
        evaluation, version=1, ratings={result.pk: ("above", "") for result in main}, by=cast["appraiser"]
    )

    assert saved.suggested_rating == "above"
    assert saved.suggestion_reasons


def test_a_stale_save_is_a_conflict_that_keeps_both_texts(plan):
    evaluation, cast = started(plan)
    save_draft(evaluation, version=1, note="pertama", by=cast["appraiser"])

    with pytest.raises(Conflict) as caught:
        save_draft(evaluation, version=1, note="kedua", by=cast["appraiser"])

    assert caught.value.stored.note == "pertama"
    assert caught.value.typed["note"] == "kedua"


def test_sending_the_same_form_twice_is_one_save(plan):
    evaluation, cast = started(plan)
    save_draft(evaluation, version=1, note="sama", by=cast["appraiser"])

    again = save_draft(evaluation, version=1, note="sama", by=cast["appraiser"])

    assert again.version == 2


@pytest.mark.parametrize("rating", ["ABOVE", "11", "-1", "9.999", "NaN", "٣", "above ", "null"])
def test_an_unknown_rating_is_refused(plan, rating):
    evaluation, cast = started(plan)
    first = evaluation.skp.results.first()

    with pytest.raises(Refused):
        save_draft(evaluation, version=1, ratings={first.pk: (rating, "")}, by=cast["appraiser"])
    with pytest.raises(Refused):
        save_draft(evaluation, version=1, work_rating=rating.strip() + "?", by=cast["appraiser"])

    assert evaluation.result_ratings.count() == 0


def test_a_result_of_another_plan_is_refused(plan):
    from appraisal.monitoring.tests.agreed_plan import agreed_plan

    evaluation, cast = started(plan)
    foreign = agreed_plan(cast["peer"], by=cast["appraiser"]).results.first()

    with pytest.raises(Refused):
        save_draft(evaluation, version=1, ratings={foreign.pk: ("above", "")}, by=cast["appraiser"])


def test_finalise_names_every_missing_part(plan):
    evaluation, cast = started(plan)

    with pytest.raises(Incomplete) as caught:
        finalise(evaluation, version=1, by=cast["appraiser"])

    results = [f"rating-{result.pk}" for result in evaluation.skp.results.all()]
    assert list(caught.value.errors) == [*results, "work_rating", "behaviour_rating", "behaviour_reason"]


def test_another_rating_than_the_suggested_one_needs_words(plan):
    evaluation, cast = started(plan)
    saved = complete(evaluation, cast["appraiser"], rating="above", work_rating="meets")

    with pytest.raises(Incomplete) as caught:
        finalise(saved, version=saved.version, by=cast["appraiser"])

    assert list(caught.value.errors) == ["work_reason"]


def test_a_final_evaluation_has_predikat_receipt_and_notice(plan):
    evaluation, cast = started(plan)
    saved = complete(
        evaluation, cast["appraiser"], rating="above", work_rating="above", behaviour_rating="above"
    )

    final = finalise(saved, version=saved.version, by=cast["appraiser"])

    assert (final.state, final.predikat) == ("final", "sangat_baik")
    assert final.receipt_sha256 == sha256_of(final.receipt)
    assert Notice.objects.filter(recipient=cast["self"], subject__contains="ditetapkan").count() == 1


def test_after_final_nothing_can_be_saved(plan):
    evaluation, cast = started(plan)
    saved = complete(evaluation, cast["appraiser"])
    final = finalise(saved, version=saved.version, by=cast["appraiser"])

    with pytest.raises(WrongState):
        save_draft(final, version=final.version, note="sesudahnya", by=cast["appraiser"])
    with pytest.raises(WrongState):
        finalise(final, version=final.version, by=cast["appraiser"])


def test_acknowledging_is_for_the_employee_alone_and_only_when_final(plan):
    evaluation, cast = started(plan)
    with pytest.raises(WrongState):
        acknowledge(evaluation, by=cast["self"])
    saved = complete(evaluation, cast["appraiser"])
    final = finalise(saved, version=saved.version, by=cast["appraiser"])
    for person in ("appraiser", "superior", "peer", "personnel_office"):
        with pytest.raises(NotAllowed):
            acknowledge(final, by=cast[person])

    read = acknowledge(final, by=cast["self"])

    assert read.state == "acknowledged"
    with pytest.raises(WrongState):
        acknowledge(read, by=cast["self"])
