"""Targets in words and what an adjustment withdrew, from the page of realisation to the receipt."""

import json
from datetime import timedelta

from django.urls import reverse

from appraisal.monitoring.actions import record_realisation
from appraisal.monitoring.queries import record_of
from appraisal.planning.models import Indicator
from appraisal.scoring.actions import finalise, save_draft, start_evaluation
from appraisal.scoring.queries import own_progress

from .test_actions import WORDS, complete
from .test_receipt_contents import verify

NO_NUMBER = {"target_low": None, "target_high": None, "unit": "", "direction": "higher"}


def in_words(result, **changes):
    Indicator.objects.filter(result=result).update(**NO_NUMBER | changes)
    return result.indicators.get()


def decided(plan, **changes):
    cast, skp, period = plan
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    saved = complete(draft, cast["appraiser"], **changes)
    return finalise(saved, version=saved.version, by=cast["appraiser"])


def test_a_realisation_in_words_is_typed_on_the_page_and_no_number_is_asked(client, plan):
    cast, skp, period = plan
    indicator = in_words(skp.results.first(), target_text="Ditetapkan sebelum 30 September")
    client.force_login(cast["self"])
    page = reverse("appraisal:realisation-edit", args=[skp.pk, period.pk])

    before = client.get(page).text
    typed = {
        name: "0" if name.startswith("version") else ""
        for one in Indicator.objects.filter(result__skp=skp)
        for name in (f"value-{one.pk}", f"note-{one.pk}", f"version-{one.pk}")
    }
    answer = client.post(page, typed | {f"value-{indicator.pk}": "Ditetapkan 12 September"})

    assert f'<textarea name="value-{indicator.pk}"' in before
    assert "Ditetapkan sebelum 30 September" in before
    assert answer.status_code == 302
    assert record_of(skp, period).results[0].measures[0].value_words == "Ditetapkan 12 September"


def test_the_receipt_tells_both_sides_in_words_without_a_percent_and_the_verifier_agrees(
    client, plan, tmp_path
):
    cast, skp, period = plan
    first, second, third, _ = skp.results.all()
    in_words(first, target_text="Ditetapkan sebelum 30 September")
    in_words(second)  # a narrative: the target is part of the sentence
    record_realisation(
        first.indicators.get(), period=period, value="Ditetapkan 12 September", note="", by=cast["self"]
    )
    record_realisation(third.indicators.get(), period=period, value=90, note="", by=cast["self"])

    final = decided(plan)
    receipt = json.loads(final.receipt)
    inputs = {row["id"]: row["value"] for row in receipt["inputs"]}
    path = tmp_path / "struk.json"
    path.write_text(final.receipt, encoding="utf-8")
    checked = verify(path, final.receipt_sha256)
    client.force_login(cast["self"])
    page = client.get(reverse("appraisal:evaluation-detail", args=[final.pk])).text

    assert inputs["R1.I1.target_words"] == "Ditetapkan sebelum 30 September"
    assert inputs["R1.I1.realised_words"] == "Ditetapkan 12 September"
    assert inputs["R2.I1.target_words"] == "Termasuk dalam kalimat indikator"
    assert inputs["R2.I1.realised_words"] is None
    steps = {row["id"] for row in receipt["steps"]}
    assert {"R1.I1.percent", "R2.I1.percent"}.isdisjoint(steps)
    assert "R3.I1.percent" in steps
    assert checked.returncode == 0, checked.stdout
    assert page.count("Dinilai dari bukti") >= 2
    assert "Ditetapkan 12 September" in page


def test_what_was_withdrawn_counts_in_periods_before_and_where_something_was_recorded(plan):
    cast, skp, period = plan
    first, second, third, _ = skp.results.all()
    record_realisation(third.indicators.get(), period=period, value=90, note="", by=cast["self"])
    for result, day in (
        (first, period.ends_on + timedelta(1)),
        (second, period.ends_on),
        (third, period.ends_on),
    ):
        result.withdrawn_on = day
        result.save()

    shown = [row.result.position for row in record_of(skp, period).results]

    assert shown == [first.position, third.position, 1]


def test_a_withdrawn_result_is_not_rated_and_stands_in_no_receipt(plan):
    cast, skp, period = plan
    gone = skp.results.first()
    gone.withdrawn_on = period.starts_on
    gone.save()
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    rest = skp.results.filter(withdrawn_on=None)

    saved = save_draft(
        draft,
        version=draft.version,
        ratings={result.pk: ("meets", "") for result in rest},
        by=cast["appraiser"],
        **WORDS,
    )
    final = finalise(saved, version=saved.version, by=cast["appraiser"])

    assert gone.statement not in final.receipt


def test_a_period_belongs_to_the_plan_in_force_on_its_last_day(plan):
    _, skp, period = plan
    skp.ends_on = period.ends_on - timedelta(1)
    skp.save()

    assert own_progress([skp]) == []
    skp.ends_on = period.ends_on
    assert [row.period for row in own_progress([skp])] == [period]
