"""How many people of a unit have which predikat: drafts and results, with the units below, the head one level above."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.structure.models import Unit
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.calibration.actions import explain_distribution
from appraisal.calibration.counting import counts_for, decided_results
from appraisal.calibration.distributing import counted_rows, distribution_of
from appraisal.calibration.models import DistributionReason
from appraisal.organisation.spans import Span
from appraisal.organisation.tests.achievements import achieved
from appraisal.rulebook.models import Rule
from appraisal.scoring.models import Evaluation

from .scenes import agreed, build_drafts, finished, rated


def counted(cast, period, unit):
    return counts_for([cast["self"].cast_units[unit]], period)[cast["self"].cast_units[unit].pk]


def test_drafts_count_by_the_predikat_their_ratings_would_give(scene):
    cast, period, drafts = scene
    finished(rated(drafts["self"], "above", "above"))
    rated(drafts["peer"], "meets", "below")

    counts = counted(cast, period, "clinic")

    assert {code: n for code, n in counts.final.items() if n} == {"sangat_baik": 1}
    assert {code: n for code, n in counts.draft.items() if n} == {"kurang": 1}
    assert (counts.decided, counts.drafts, counts.employees) == (1, 1, 2)


def test_what_is_unready_or_untouched_has_no_predikat(scene):
    cast, period, drafts = scene
    rated(drafts["self"], "", "meets")
    drafts["peer"].delete()

    counts = counted(cast, period, "clinic")

    assert (counts.unready, counts.untouched, sum(counts.rated.values())) == (1, 1, 0)


def test_a_head_counts_one_level_above(scene):
    cast, period, _ = scene
    plan = agreed(cast["appraiser"].employee, cast, by="superior")
    Evaluation.objects.create(
        skp=plan,
        period=period,
        appraiser=cast["superior"].employee,
        work_rating="above",
        behaviour_rating="above",
    )

    assert counted(cast, period, "clinic").rated["sangat_baik"] == 0
    assert counted(cast, period, "health").rated["sangat_baik"] == 1
    assert counted(cast, period, "city").employees == 3
    assert counted(cast, period, "schools").employees == 0


def test_superseded_results_count_no_more(scene):
    cast, period, drafts = scene
    assert decided_results(cast["self"].cast_units["health"], Span(2026, period)) == 0

    finished(drafts["self"])

    assert decided_results(cast["self"].cast_units["health"], Span(2026, period)) == 1
    assert decided_results(cast["self"].cast_units["schools"], Span(2026, period)) == 0
    assert decided_results(cast["self"].cast_units["health"], Span(2026)) == 0


def test_all_units_are_counted_in_as_many_questions_as_one(scene):
    cast, period, _ = scene
    units = list(Unit.objects.all())
    with CaptureQueriesContext(connection) as one:
        counted_rows([cast["self"].cast_units["clinic"]], period)
    with CaptureQueriesContext(connection) as many:
        counted_rows(units, period)

    assert len(many) == len(one) <= 5


@pytest.fixture
def five(db, now):
    cast, period, drafts = build_drafts(members=3)
    clinic = cast["self"].cast_units["clinic"]
    achieved(clinic, "baik", by=cast["superior"].employee, period=period)
    return cast, period, drafts, clinic


def test_the_guide_is_read_also_while_drafts_run_and_changes_none(five):
    cast, period, _, clinic = five

    found = distribution_of(clinic, period, cast["appraiser"].employee)

    assert [warning.code for warning in found.warnings] == ["baik_most", "butuh_perbaikan_and_kurang_least"]
    assert "paling banyak 3 orang" in found.lines[1].guide
    assert set(Evaluation.objects.values_list("version", flat=True)) == {2}


def test_the_guide_of_the_rulebook_in_force_counts(five):
    cast, period, _, clinic = five
    guide = Rule.objects.get(key="distribution_guide")
    Rule.objects.create(
        key="distribution_guide",
        valid_from="2026-07-01",
        value=guide.value | {"baik.baik_most": 100},
        text="x",
        source="x",
    )

    found = distribution_of(clinic, period, cast["appraiser"].employee)

    assert [warning.code for warning in found.warnings] == ["butuh_perbaikan_and_kurang_least"]


def test_below_the_smallest_size_only_the_head_sees_drafts(scene):
    cast, period, drafts = scene
    clinic = cast["self"].cast_units["clinic"]
    finished(drafts["peer"])

    own = distribution_of(clinic, period, cast["appraiser"].employee)
    above = distribution_of(clinic, period, cast["superior"].employee)

    assert (own.hides_drafts, own.size, own.warnings) == (False, 2, [])
    assert (above.hides_drafts, above.size) == (True, 1)


def test_a_reason_is_kept_with_the_figures_it_speaks_of(five):
    cast, period, _, clinic = five

    reason = explain_distribution(clinic, period=period, text="Semua bidan setara.", by=cast["appraiser"])
    again = explain_distribution(clinic, period=period, text="Semua bidan setara.", by=cast["appraiser"])

    assert again == reason
    assert (reason.counts["baik"], reason.achievement) == (5, "baik")
    assert reason.warnings == ["baik_most", "butuh_perbaikan_and_kurang_least"]


def test_only_the_head_writes_a_reason_and_only_where_there_is_a_warning(five):
    cast, period, drafts, clinic = five
    with pytest.raises(NotAllowed):
        explain_distribution(clinic, period=period, text="x", by=cast["superior"])
    rated(drafts["self"], "below", "meets")
    rated(drafts["peer"], "above", "above")

    with pytest.raises(StepRefused, match="Tidak ada peringatan"):
        explain_distribution(clinic, period=period, text="x", by=cast["appraiser"])
    assert not DistributionReason.objects.exists()
