from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.people.models import Assignment
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.notices.models import Notice
from appraisal.planning import actions
from appraisal.planning.models import Indicator, Skp, SpecialExpectation, WorkResult
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan, an_indicator
from appraisal.rulebook.models import BehaviourValue

pytestmark = pytest.mark.django_db


def save(skp, user, **changes):
    values = {"kind": "main", "statement": "Hasil", "indicators": [an_indicator()], "version": skp.version}
    return actions.save_result(skp, by=user, **(values | changes))


def events(verb):
    return AuditEvent.objects.filter(action=verb).count()


# --- drafting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["appraiser", "peer", "personnel_office", "outsider"])
def test_a_plan_is_drafted_by_nobody_else(cast, person):
    with pytest.raises(NotAllowed):
        actions.draft_skp(cast["self"].employee, year=YEAR, by=cast[person])

    assert not Skp.objects.exists()


def test_a_draft_keeps_post_unit_and_rank_of_the_day(cast):
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    assert (skp.post_name, skp.unit, skp.state, skp.version) == (
        "Jabatan self",
        cast["self"].cast_units["clinic"],
        "draft",
        1,
    )


def test_drafting_twice_gives_the_same_plan_and_one_event(cast):
    first, second = (actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"]) for _ in range(2))

    assert first == second
    assert events("skp.draft") == 1


@pytest.mark.parametrize("year", [0, 2021, YEAR + 2, 99999])
def test_a_year_out_of_range_is_refused(cast, year):
    with pytest.raises(StepRefused, match="Tahun SKP"):
        actions.draft_skp(cast["self"].employee, year=year, by=cast["self"])


def test_an_elected_official_plans_nothing(cast):
    with pytest.raises(StepRefused, match="Pejabat negara"):
        actions.draft_skp(cast["mayor"].employee, year=YEAR, by=cast["mayor"])


def test_without_a_definitive_post_there_is_no_plan(cast):
    Assignment.objects.filter(employee=cast["self"].employee).close()

    with pytest.raises(StepRefused, match="Jabatan definitif"):
        actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])


# --- results --------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["appraiser", "superior", "peer", "personnel_office", "outsider"])
def test_a_result_is_saved_or_removed_by_nobody_else(cast, person):
    skp = a_plan(cast["self"])

    with pytest.raises(NotAllowed):
        save(skp, cast[person])
    with pytest.raises(NotAllowed):
        actions.remove_result(skp.results.get(), by=cast[person])


@pytest.mark.parametrize("state", ["submitted", "agreed"])
def test_a_plan_that_was_handed_in_is_not_changed(cast, state):
    skp = a_submitted_plan(cast["self"])
    if state == "agreed":
        skp = actions.agree_skp(skp, by=cast["appraiser"])

    with pytest.raises(WrongState):
        save(skp, cast["self"])
    with pytest.raises(WrongState):
        actions.remove_result(skp.results.get(), by=cast["self"])


def test_a_saved_result_counts_up_the_version_and_leaves_an_event(cast):
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    result = save(skp, cast["self"], statement="  Hasil  ")

    assert (result.statement, result.position, Skp.objects.get().version, skp.version) == ("Hasil", 1, 2, 2)
    assert events("skp.save_result") == 1


def test_editing_replaces_text_and_indicators(cast):
    skp = a_plan(cast["self"])

    save(
        skp,
        cast["self"],
        result=skp.results.get(),
        statement="Baru",
        indicators=[an_indicator(unit="ibu")] * 2,
    )

    assert [result.statement for result in skp.results.all()] == ["Baru"]
    assert [indicator.unit for indicator in Indicator.objects.all()] == ["ibu", "ibu"]


def test_a_result_that_becomes_additional_goes_to_the_end_of_the_additional_ones(cast):
    skp = a_plan(cast["self"], results=2, additional=1)

    save(skp, cast["self"], result=skp.results.first(), kind="additional", statement="Pindah")

    assert [(one.kind, one.statement) for one in skp.results.all()] == [
        ("main", "Hasil kerja nomor 2"),
        ("additional", "Hasil kerja nomor 3"),
        ("additional", "Pindah"),
    ]


def test_an_old_version_is_a_conflict_that_holds_both_texts_and_stores_nothing(cast):
    skp = a_plan(cast["self"])
    result, old = skp.results.get(), skp.version
    save(skp, cast["self"], result=result, statement="Jendela pertama")

    with pytest.raises(actions.Conflict) as conflict:
        save(skp, cast["self"], result=result, statement="Jendela kedua", version=old)

    assert conflict.value.stored.statement == "Jendela pertama"
    assert conflict.value.sent["statement"] == "Jendela kedua"
    assert skp.results.get().statement == "Jendela pertama"


def test_the_same_text_sent_twice_is_stored_once_and_is_no_conflict(cast):
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    first = save(skp, cast["self"], version=1)
    second = save(skp, cast["self"], version=1)

    assert first == second
    assert (WorkResult.objects.count(), Skp.objects.get().version, events("skp.save_result")) == (1, 2, 1)


def test_a_result_hangs_only_under_a_shown_result_of_a_superior(cast):
    peers = a_submitted_plan(cast["peer"]).results.get()
    draft = a_plan(cast["appraiser"]).results.get()
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    for parent in (peers, draft):
        with pytest.raises(StepRefused, match="pimpinan"):
            save(skp, cast["self"], parent=parent)


def test_a_result_may_hang_under_the_appraisers_and_his_superiors_results(cast):
    top = an_agreed_plan(cast["superior"], cast["mayor"]).results.get()
    middle = a_submitted_plan(cast["appraiser"], parent=top).results.get()
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    saved = [save(skp, cast["self"], parent=parent, statement=str(parent.pk)) for parent in (top, middle)]

    assert [result.parent for result in saved] == [top, middle]


def test_a_result_that_others_hang_under_is_not_removed(cast):
    parent = a_submitted_plan(cast["appraiser"]).results.get()
    a_plan(cast["self"], parent=parent)
    actions.withdraw_skp(parent.skp, by=cast["appraiser"])

    with pytest.raises(StepRefused, match="SKP bawahan"):
        actions.remove_result(parent, by=cast["appraiser"])


def test_removing_counts_up_the_version_and_removing_again_is_refused_in_words(cast):
    skp = a_plan(cast["self"])
    result = skp.results.get()

    actions.remove_result(result, by=cast["self"])

    assert (skp.results.count(), Skp.objects.get().version) == (0, skp.version + 1)
    with pytest.raises(StepRefused, match="sudah dihapus"):
        actions.remove_result(result, by=cast["self"])


# --- expectations ---------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["self", "superior", "peer", "former", "personnel_office", "outsider"])
def test_only_the_appraiser_of_the_day_says_what_he_expects(cast, person):
    skp = a_plan(cast["self"])

    with pytest.raises(NotAllowed):
        actions.set_expectation(skp, value=BehaviourValue.objects.first(), text="Tenang.", by=cast[person])


def test_an_expectation_is_set_changed_and_taken_back(cast):
    skp, value = a_plan(cast["self"]), BehaviourValue.objects.first()

    for text in ("Tenang.", "Tetap tenang."):
        actions.set_expectation(skp, value=value, text=text, by=cast["appraiser"])
    stored = SpecialExpectation.objects.get().text
    actions.set_expectation(skp, value=value, text=" ", by=cast["appraiser"])

    assert stored == "Tetap tenang."
    assert not SpecialExpectation.objects.exists()
    assert Skp.objects.get().version == skp.version + 3


def test_an_agreed_plan_gets_no_new_expectation(cast):
    skp = an_agreed_plan(cast["self"], cast["appraiser"])

    with pytest.raises(WrongState):
        actions.set_expectation(skp, value=BehaviourValue.objects.first(), text="x", by=cast["appraiser"])


# --- submitting and agreeing ----------------------------------------------------------------------


def gaps(skp, user):
    with pytest.raises(actions.PlanIncomplete) as refusal:
        actions.submit_skp(skp, by=user)
    assert Skp.objects.get(pk=skp.pk).state == "draft"
    return refusal.value.gaps


def test_an_empty_plan_is_not_submitted(cast):
    skp = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    assert gaps(skp, cast["self"]) == [("Hasil kerja utama", "Isi sedikitnya satu hasil kerja utama.")]


def test_additional_results_alone_are_not_enough(cast):
    skp = a_plan(cast["self"], results=0, additional=1)

    assert gaps(skp, cast["self"]) == [("Hasil kerja utama", "Isi sedikitnya satu hasil kerja utama.")]


def test_each_result_needs_a_statement_and_an_indicator(cast):
    skp = a_plan(cast["self"], results=2)
    save(skp, cast["self"], indicators=[])
    skp.results.filter(position=1).update(statement=" ")

    assert gaps(skp, cast["self"]) == [
        ("Hasil kerja utama 1", "Isi rencana hasil kerja."),
        ("Hasil kerja utama 3", "Isi sedikitnya satu indikator dengan target."),
    ]


def test_without_an_appraiser_nothing_can_be_submitted(cast):
    skp = a_plan(cast["self"])
    Assignment.objects.exclude(employee=cast["self"].employee).close()

    assert [where for where, _ in gaps(skp, cast["self"])] == ["Pejabat penilai"]


def test_once_the_appraiser_has_an_agreed_plan_each_result_names_what_it_serves(cast):
    an_agreed_plan(cast["appraiser"], cast["superior"])
    skp = a_plan(cast["self"], results=1, additional=1)

    assert [where for where, _ in gaps(skp, cast["self"])] == [
        "Hasil kerja utama 1",
        "Hasil kerja tambahan 1",
    ]


def test_before_that_a_result_may_wait_for_the_superiors_plan(cast):
    a_submitted_plan(cast["appraiser"])

    assert a_submitted_plan(cast["self"]).state == "submitted"


def test_submitting_tells_the_appraiser_and_agreeing_tells_the_employee(cast):
    skp = a_submitted_plan(cast["self"])
    actions.agree_skp(skp, by=cast["appraiser"])

    assert [(notice.recipient, notice.path) for notice in Notice.objects.order_by("pk")] == [
        (cast["appraiser"], f"/skp/{skp.pk}/"),
        (cast["self"], f"/skp/{skp.pk}/"),
    ]


def test_agreeing_stores_by_whom_and_when(cast):
    skp = an_agreed_plan(cast["self"], cast["appraiser"])

    assert skp.appraiser == cast["appraiser"].employee
    assert timezone.localdate(skp.agreed_at) == timezone.localdate()


def test_what_changed_after_it_was_read_is_not_agreed(cast):
    skp = a_submitted_plan(cast["self"])
    read = skp.version
    actions.withdraw_skp(skp, by=cast["self"])
    save(skp, cast["self"], statement="Diselipkan")
    actions.submit_skp(skp, by=cast["self"])

    with pytest.raises(actions.Conflict):
        actions.agree_skp(skp, by=cast["appraiser"], version=read)

    assert Skp.objects.get().state == "submitted"


# --- what the database keeps ----------------------------------------------------------------------


def test_the_database_refuses_a_plan_agreed_by_its_owner(cast):
    skp = a_plan(cast["self"])

    with pytest.raises(IntegrityError, match="nobody_agrees_his_own_plan"), transaction.atomic():
        Skp.objects.filter(pk=skp.pk).update(appraiser=cast["self"].employee)


def test_the_database_refuses_an_agreed_plan_that_does_not_say_by_whom(cast):
    skp = a_plan(cast["self"])

    with pytest.raises(IntegrityError, match="agreed_plan_says_by_whom_and_when"), transaction.atomic():
        Skp.objects.filter(pk=skp.pk).update(state="agreed")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"target_low": Decimal("-1")}, "target_is_not_negative"),
        ({"target_high": Decimal("500")}, "only_a_range_has_two_bounds"),
        ({"target_low": 0, "target_high": 0}, "a_single_target_is_above_zero"),
    ],
)
def test_the_database_refuses_targets_that_mean_nothing(cast, changes, name):
    indicator = a_plan(cast["self"]).results.get().indicators.get()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(
            **({"direction": "range"} | changes if name == "target_is_not_negative" else changes)
        )


def test_a_plan_of_a_past_year_takes_the_post_of_its_last_day(cast):
    skp = actions.draft_skp(cast["former"].employee, year=2025, by=cast["former"])

    assert skp.post_name == "Jabatan appraiser"
