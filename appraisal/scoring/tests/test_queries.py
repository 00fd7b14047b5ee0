from datetime import date

import pytest
from django.urls import reverse

from agencies.people.actions import assign
from appraisal.monitoring.actions import record_realisation
from appraisal.scoring.actions import finalise, start_evaluation
from appraisal.scoring.queries import assessment_of, own_progress, visible_evaluations

from .test_actions import complete

EVERYBODY = {
    "mayor", "superior", "appraiser", "self", "peer", "stranger", "former", "acting",
    "personnel_office", "unit_admin", "other_admin", "inspector", "system_admin", "outsider",
}  # fmt: skip


@pytest.fixture
def draft(plan):
    cast, skp, period = plan
    return start_evaluation(skp, period=period, by=cast["appraiser"])


def readers(cast):
    return {name for name in EVERYBODY if visible_evaluations(cast[name]).exists()}


def test_a_draft_is_read_by_the_appraiser_alone(plan, draft):
    assert readers(plan[0]) == {"appraiser"}


def test_a_final_evaluation_is_read_by_those_it_concerns(plan, draft):
    cast = plan[0]
    saved = complete(draft, cast["appraiser"])
    finalise(saved, version=saved.version, by=cast["appraiser"])

    assert readers(cast) == {"self", "appraiser", "superior", "personnel_office", "inspector"}


def test_who_decided_reads_it_no_longer_after_he_left(plan, draft, now):
    cast = plan[0]
    saved = complete(draft, cast["appraiser"])
    finalise(saved, version=saved.version, by=cast["appraiser"])
    assign(
        cast["former"].employee, post=cast["self"].cast_posts["appraiser"], kind="plt", by="test",
        start=date(2026, 9, 22),
    )  # fmt: skip

    now.move_to("2026-09-23T12:00:00+09:00")

    assert readers(cast) == {"self", "former", "superior", "personnel_office", "inspector"}


def test_the_employee_sees_that_a_draft_is_under_way_and_nothing_of_it(client, plan, draft):
    cast, skp, _ = plan
    complete(draft, cast["appraiser"], note="rahasia dulu")
    client.force_login(cast["self"])

    page = client.get(reverse("appraisal:skp-mine"))
    result = client.get(reverse("appraisal:evaluation-detail", args=[draft.pk]))

    assert "Sedang dinilai" in page.text
    assert "rahasia dulu" not in page.text
    assert own_progress([skp])[0].evaluation.get_deferred_fields() >= {
        "work_rating",
        "note",
        "behaviour_reason",
    }
    assert result.status_code == 404


def test_a_missing_realisation_is_no_data_and_a_zero_is_zero(plan, draft):
    cast, skp, period = plan
    first, second = (result.indicators.get() for result in skp.results.all()[:2])
    record_realisation(first, period=period, value=0, note="", by=cast["self"])

    measures = [row.measures[0] for row in assessment_of(draft).results]

    assert (measures[0].percent, measures[0].value_words) == (0, "0 orang")
    assert (measures[1].indicator, measures[1].percent) == (second, None)
    assert measures[1].value_words == "Tidak ada data"
