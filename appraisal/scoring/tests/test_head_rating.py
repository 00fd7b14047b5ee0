"""The achievement of a unit suggests a rating for its head, on the page and on the receipt; it never sets one."""

import json

from django.urls import reverse

from appraisal.monitoring.tests.agreed_plan import agreed_plan
from appraisal.organisation.tests.achievements import achieved
from appraisal.scoring.actions import finalise, start_evaluation

from .test_actions import complete


def test_the_head_of_a_unit_sees_the_suggestion_beside_the_rating_which_stays_free(client, plan):
    cast, _, period = plan
    unit = cast["self"].cast_units["clinic"]
    skp = agreed_plan(cast["appraiser"], by=cast["superior"])
    draft = start_evaluation(skp, period=period, by=cast["superior"])
    client.force_login(cast["superior"])
    page = reverse("appraisal:evaluation-edit", args=[draft.pk])
    assert "Usulan dari capaian organisasi" not in client.get(page).text

    achieved(unit, "kurang", by=cast["superior"].employee, period=period)

    assert "Usulan dari capaian organisasi: Di bawah ekspektasi" in client.get(page).text
    draft.refresh_from_db()
    assert draft.work_rating == ""
    saved = complete(draft, cast["superior"])
    final = finalise(saved, version=saved.version, by=cast["superior"])
    said = {row["id"]: row["value"] for row in json.loads(final.receipt)["inputs"]}
    assert said["organisation.head1"].startswith("Di bawah ekspektasi (capaian kurang, versi 1")
    assert final.work_rating == "meets"


def test_who_leads_no_unit_gets_no_suggestion_from_it(client, plan):
    cast, skp, period = plan
    achieved(cast["self"].cast_units["clinic"], "kurang", by=cast["superior"].employee, period=period)
    draft = start_evaluation(skp, period=period, by=cast["appraiser"])
    client.force_login(cast["appraiser"])

    text = client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).text

    assert "Usulan dari capaian organisasi" not in text
