"""Beginning from last year's plan, what became of each line, advice on it, and the word on absolute targets."""

import pytest
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from appraisal.planning import actions
from appraisal.planning.actions.annexes import annex_content, save_annex
from appraisal.planning.actions.confirming import allow_absolute
from appraisal.planning.actions.copying import copy_last_year
from appraisal.planning.actions.fingerprints import fingerprint
from appraisal.planning.completeness import advice_for, gaps_in
from appraisal.planning.library.copied import compared, has_new_target
from appraisal.planning.models import AnnexLine, Indicator, IndicatorManual, Skp, WorkResult
from appraisal.planning.tests.browsing import ROW, address, said, sent
from appraisal.planning.tests.plans import YEAR, a_plan, a_submitted_plan, an_agreed_plan, an_indicator

pytestmark = pytest.mark.django_db

LAST = YEAR - 1


@pytest.fixture
def empty(cast):
    """An empty draft of this year beside an agreed plan of the last, which has an annex whose support did not come."""
    source = a_plan(cast["self"], year=LAST, results=2, additional=1)
    lines = [{"kind": "resource", "text": "Satu alat uji", "resource": "equipment", "if_met": None}]
    save_annex(source, lines=lines, seen=fingerprint([]), by=cast["self"])
    actions.submit_skp(Skp.objects.get(pk=source.pk), by=cast["self"])
    actions.agree_skp(Skp.objects.get(pk=source.pk), by=cast["appraiser"])
    AnnexLine.objects.update(support="refused", support_note="Tidak ada")
    return actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])


def test_results_indicators_and_annex_are_copied_each_knowing_where_it_came_from(cast, empty):
    copy_last_year(empty, by=cast["self"])

    copied = list(empty.results.select_related("copied_from__skp"))
    assert [result.statement for result in copied] == [f"Hasil kerja nomor {number}" for number in (1, 2, 3)]
    assert {result.copied_from.skp.year for result in copied} == {LAST}
    assert [result.parent for result in copied] == [None] * 3
    assert Indicator.objects.filter(result__skp=empty).count() == 3
    assert [line["text"] for line in annex_content(empty)] == ["Satu alat uji"]
    assert AnnexLine.objects.get(skp=empty).support == "promised"


def test_manuals_of_a_leader_come_along(cast, empty):
    old = Indicator.objects.filter(result__skp__year=LAST).first()
    IndicatorManual.objects.create(
        indicator=old, purpose="a", definition="b", control="outcome", source="c", reporting="monthly"
    )
    Skp.objects.update(audience="leader")

    copy_last_year(empty, by=cast["self"])

    assert IndicatorManual.objects.get(indicator__result__skp=empty).purpose == "a"


def test_only_an_empty_draft_of_the_owner_with_an_agreed_plan_before_it_is_filled(cast, empty):
    with pytest.raises(NotAllowed):
        copy_last_year(empty, by=cast["appraiser"])
    with pytest.raises(StepRefused, match="sudah berisi"):
        copy_last_year(a_plan(cast["self"]), by=cast["self"])
    a_submitted_plan(cast["peer"], year=LAST)
    with pytest.raises(StepRefused, match=f"Tidak ada SKP {LAST}"):
        copy_last_year(actions.draft_skp(cast["peer"].employee, year=YEAR, by=cast["peer"]), by=cast["peer"])


def test_the_button_stands_on_the_empty_draft_only_and_works_once(cast, empty, browse):
    client = browse("self")
    before = client.get(address("skp-detail", empty)).content.decode()

    client.post(address("skp-copy", empty))
    again = client.post(address("skp-copy", empty), follow=True)

    assert f"Salin SKP {LAST}" in before
    assert f"Salin SKP {LAST}" not in again.content.decode()
    assert "sudah berisi hasil kerja" in said(again)[-1]
    assert empty.results.count() == 3


def test_the_plan_says_of_every_copied_result_whether_it_was_changed(cast, empty, browse):
    copy_last_year(empty, by=cast["self"])
    first = empty.results.first()
    now = Skp.objects.get(pk=empty.pk)
    browse("self").post(
        address("result-edit", empty, result=first.pk), sent(now, ROW, statement=first.statement)
    )

    page = browse("self").get(address("skp-detail", empty)).content.decode()

    assert page.count(f"Disalin dari {LAST}, belum diubah.") == 2
    assert f"Disalin dari {LAST}, 1 baris diubah." in page


def test_old_and_new_stand_side_by_side(cast, empty, browse):
    copy_last_year(empty, by=cast["self"])
    first = empty.results.first()
    Indicator.objects.filter(result=first).update(target_low=500, target_high=500)

    page = browse("self").get(address("result-origin", empty, result=first.pk)).content.decode()

    assert "<del>480 orang</del>" in page
    assert "<ins>500 orang</ins>" in page
    assert "1 baris diubah sejak disalin." in page


def test_what_was_not_copied_has_no_such_page(cast, browse):
    skp = a_plan(cast["self"])

    assert browse("self").get(address("result-origin", skp, result=skp.results.get().pk)).status_code == 404


def test_unchanged_targets_are_pointed_out_before_the_plan_is_handed_in(cast, empty, browse):
    copy_last_year(empty, by=cast["self"])
    changed = Indicator.objects.filter(result__skp=empty).first()
    Indicator.objects.filter(pk=changed.pk).update(target_low=500, target_high=500)

    words = [what for _, what in advice_for(empty) if f"sama dengan tahun {LAST}" in what]
    page = browse("self").get(address("skp-submit", empty)).content.decode()

    assert len(words) == 2
    assert page.count(f"Targetnya sama dengan tahun {LAST}.") == 2


def test_each_line_says_what_became_of_it():
    old = {
        "kind": "Utama",
        "statement": "Surat terjawab",
        "assigned_by": "",
        "indicators": [{"statement": "Surat", "aspect": "Waktu", "target": "90 persen"}],
    }
    new = old | {
        "statement": "Surat  terjawab",
        "indicators": [
            {"statement": "Surat", "aspect": "Waktu", "target": "95 persen"},
            {"statement": "Keluhan", "aspect": "Kualitas", "target": "paling banyak 3"},
        ],
    }

    signs = {line.label: line.sign for line in compared(old, new)}

    assert signs["Rencana hasil kerja"] == "same"
    assert (signs["Target indikator 1"], signs["Indikator 2"]) == ("changed", "added")
    assert {line.label: line.sign for line in compared(new, old)}["Indikator 2"] == "removed"
    assert has_new_target(old, new)
    assert not has_new_target(old, old)


def test_an_absolute_target_is_advice_until_its_owner_says_why(cast):
    skp = a_plan(cast["self"])
    Indicator.objects.update(statement="Semua pasien selamat")
    result = skp.results.get()

    before = [what for _, what in advice_for(skp) if "mutlak" in what]
    allow_absolute(result, ground="life", reason="Menyangkut nyawa pasien.", by=cast["self"])

    assert len(before) == 1
    assert not [what for _, what in advice_for(skp) if "mutlak" in what]
    with pytest.raises(NotAllowed):
        allow_absolute(result, ground="", reason="", by=cast["appraiser"])


def test_the_reason_is_asked_for_stored_and_read_by_who_agrees(cast, browse):
    skp = a_plan(cast["self"])
    page = address("result-absolute", skp, result=skp.results.get().pk)

    refused = browse("self").post(page, {"ground": "life", "reason": ""})
    browse("self").post(page, {"ground": "life", "reason": "Menyangkut nyawa ibu."})
    actions.submit_skp(Skp.objects.get(), by=cast["self"])
    shown = browse("appraiser").get(address("skp-agree", skp)).content.decode()

    assert refused.status_code == 422
    assert WorkResult.objects.get().absolute_ground == "life"
    assert "karena nyawa: Menyangkut nyawa ibu." in shown


def test_advice_stands_beside_the_words_while_they_are_typed_and_for_who_agrees(cast, browse):
    skp = a_plan(cast["self"])
    typed = sent(skp, ROW | {"statement": "Semua surat"}, statement="Menyusun laporan bulanan", sunting="1")

    page = browse("self").post(address("result-add", skp), typed).content.decode()
    WorkResult.objects.update(statement="Menyusun laporan bulanan")
    actions.submit_skp(Skp.objects.get(), by=cast["self"])
    agreeing = browse("appraiser").get(address("skp-agree", skp)).content.decode()

    assert "Laporan bulanan tersusun" in page
    assert "“semua” membuat target mutlak" in page
    assert "Laporan bulanan tersusun" in agreeing
    assert "Periksa lagi" not in browse("self").get(address("result-add", skp)).content.decode()


def test_gaps_refuse_and_advice_does_not(cast):
    skp = a_plan(cast["self"])
    WorkResult.objects.update(statement="Mengikuti rapat")

    assert gaps_in(skp) == []
    assert any("kegiatan" in what for _, what in advice_for(skp))
    Indicator.objects.all().delete()
    assert gaps_in(skp) == [("Hasil kerja utama 1", "Isi sedikitnya satu indikator dengan target.")]


def test_the_advice_asks_as_often_for_ten_results_as_for_one(cast, django_assert_num_queries):
    one, many = a_plan(cast["self"]), a_plan(cast["peer"], results=10)
    for skp in (one, many):
        with django_assert_num_queries(3):
            advice_for(skp)


def test_last_years_plan_of_another_post_kind_is_not_offered(cast):
    an_agreed_plan(cast["self"], cast["appraiser"], year=LAST)
    Skp.objects.update(audience="leader")
    draft = actions.draft_skp(cast["self"].employee, year=YEAR, by=cast["self"])

    with pytest.raises(StepRefused, match="Tidak ada SKP"):
        copy_last_year(draft, by=cast["self"])
    assert an_indicator()["unit"] == "orang"


def test_the_page_of_a_copied_result_of_a_stranger_is_not_found(cast, empty, browse):
    copy_last_year(empty, by=cast["self"])
    page = reverse("appraisal:result-origin", args=[empty.pk, empty.results.first().pk])

    assert browse("stranger").get(page).status_code == 404
