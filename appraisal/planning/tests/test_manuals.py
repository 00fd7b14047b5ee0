"""Form A.1.3: which indicators of a leader lack a manual, writing one, printing all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning.actions import Conflict
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.actions.manuals import save_manual
from appraisal.planning.completeness import advice_for
from appraisal.planning.models import Indicator, IndicatorManual, Skp
from appraisal.planning.tests.browsing import address
from appraisal.planning.tests.plans import a_plan

pytestmark = pytest.mark.django_db

VALUES = {
    "purpose": "Mengetahui mutu layanan",
    "definition": "Pasien yang diperiksa sesuai standar",
    "formula": "Jumlah pasien dibagi seluruh pasien, kali 100",
    "unit": "persen",
    "control": "intermediate",
    "source": "Register puskesmas",
    "reporting": "quarterly",
}
NONE = fingerprint(None)


def a_leaders_plan(user, **shape):
    skp = a_plan(user, **shape)
    Skp.objects.filter(pk=skp.pk).update(audience="leader")
    return Skp.objects.get(pk=skp.pk)


def written(cast):
    skp = a_leaders_plan(cast["self"])
    indicator = Indicator.objects.select_related("result__skp").get(result__skp=skp)
    save_manual(indicator, values=VALUES, seen=NONE, by=cast["self"])
    return skp, indicator


def test_a_manual_is_written_once_and_the_same_twice_changes_nothing(cast):
    skp, indicator = written(cast)
    version = Skp.objects.get().version

    save_manual(indicator, values=VALUES, seen=NONE, by=cast["self"])

    assert IndicatorManual.objects.get().source == "Register puskesmas"
    assert Skp.objects.get().version == version == skp.version + 1


def test_whoever_read_another_manual_meets_both_texts(cast):
    _, indicator = written(cast)

    with pytest.raises(Conflict):
        save_manual(indicator, values=VALUES | {"source": "Lain"}, seen=NONE, by=cast["self"])


def test_only_the_owner_of_a_leaders_plan_writes_manuals(cast):
    leaders, staff = a_leaders_plan(cast["self"]), a_plan(cast["peer"])
    indicator = Indicator.objects.select_related("result__skp").get(result__skp=leaders)
    of_staff = Indicator.objects.select_related("result__skp").get(result__skp=staff)

    with pytest.raises(NotAllowed):
        save_manual(indicator, values=VALUES, seen=NONE, by=cast["appraiser"])
    with pytest.raises(StepRefused, match="hanya untuk SKP pimpinan"):
        save_manual(of_staff, values=VALUES, seen=NONE, by=cast["peer"])


def test_the_list_and_the_advice_say_how_many_are_missing(cast, browse):
    skp = a_leaders_plan(cast["self"], results=2)
    indicator = Indicator.objects.select_related("result__skp").filter(result__skp=skp).first()
    save_manual(indicator, values=VALUES, seen=NONE, by=cast["self"])

    page = browse("self").get(address("manual-list", skp)).content.decode()

    assert "1 dari 2 indikator belum punya manual." in page
    assert ("Manual indikator", "1 indikator") in [(where, what[:11]) for where, what in advice_for(skp)]


def test_a_plan_of_staff_has_no_such_page(cast, browse):
    assert browse("self").get(address("manual-list", a_plan(cast["self"]))).status_code == 404


def test_formula_and_unit_may_stay_empty_in_the_qualitative_approach_only(cast, browse):
    skp = a_leaders_plan(cast["self"])
    page = reverse("appraisal:manual-edit", args=[skp.pk, Indicator.objects.get().pk])
    sent = VALUES | {"formula": "", "unit": "", "seen": NONE}

    refused = browse("self").post(page, sent)
    Skp.objects.update(approach="qualitative")
    stored = browse("self").post(page, sent)

    assert (refused.status_code, stored.status_code) == (422, 302)
    assert "Isi formula." in refused.content.decode()


def test_two_windows_meet_with_both_texts(cast, browse):
    skp, indicator = written(cast)
    page = reverse("appraisal:manual-edit", args=[skp.pk, indicator.pk])

    answer = browse("self").post(page, VALUES | {"source": "Aplikasi", "seen": NONE})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Register puskesmas" in text
    assert "Aplikasi</textarea>" in text
    assert IndicatorManual.objects.get().source == "Register puskesmas"


def test_the_printed_form_is_one_for_each_indicator_with_the_boxes_ticked(cast, browse):
    skp, _ = written(cast)

    page = browse("self").get(address("manual-print", skp)).content.decode()

    assert page.count('class="one-form"') == 1
    assert "(<b>✓</b>) Outcome antara" in page
    assert "(<b>✓</b>) Triwulanan" in page
    assert "Rumus" not in page
    assert "Formula" in page


def test_the_list_asks_as_often_for_ten_indicators_as_for_one(cast, browse):
    one, many = a_leaders_plan(cast["self"]), a_leaders_plan(cast["peer"], results=10)
    counts = []
    for person, skp in (("self", one), ("peer", many)):
        client = browse(person)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address("manual-list", skp))
        counts.append(len(asked))

    assert counts[0] == counts[1]
