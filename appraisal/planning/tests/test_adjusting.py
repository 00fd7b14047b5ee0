"""An agreed plan is changed only by agreeing anew, and what was agreed before stays to be read."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from appraisal.planning import actions
from appraisal.planning.comparing import differences
from appraisal.planning.content import canonical, content_of_plan
from appraisal.planning.models import (
    AnnexLine,
    Indicator,
    IndicatorManual,
    Skp,
    SkpVersion,
    SpecialExpectation,
    StudyPlan,
    WorkResult,
)
from appraisal.planning.tests.browsing import ROW, address, said, sent
from appraisal.planning.tests.plans import a_plan, an_agreed_plan, an_indicator
from appraisal.rulebook.models import BehaviourValue

pytestmark = pytest.mark.django_db
WHY = "Tambahan tenaga sejak Juni."


@pytest.fixture
def plan(cast):
    return an_agreed_plan(cast["self"], cast["appraiser"], results=2, additional=1)


def begin(plan, cast):
    return actions.begin_adjustment(plan, by=cast["self"], reason=WHY)


def save(skp, user, result=None, **changes):
    skp.refresh_from_db()
    values = {"kind": "main", "statement": "Hasil", "indicators": [an_indicator()], "version": skp.version}
    return actions.save_result(skp, by=user, result=result, **(values | changes))


def agree(adjustment, cast):
    actions.submit_skp(adjustment, by=cast["self"])
    return actions.agree_skp(adjustment, by=cast["appraiser"])


def statements(plan):
    return [result.statement for result in plan.results.filter(withdrawn_on=None)]


@pytest.mark.parametrize("person", ["appraiser", "superior", "peer", "personnel_office", "outsider"])
def test_an_adjustment_is_begun_by_nobody_else(cast, plan, person):
    with pytest.raises(NotAllowed):
        actions.begin_adjustment(plan, by=cast[person], reason=WHY)


def test_it_needs_a_reason_and_an_agreed_plan_that_still_runs(cast, plan):
    with pytest.raises(StepRefused, match="alasan"):
        actions.begin_adjustment(plan, by=cast["self"], reason="  ")
    with pytest.raises(WrongState):
        actions.begin_adjustment(a_plan(cast["peer"]), by=cast["peer"], reason=WHY)
    Skp.objects.filter(pk=plan.pk).update(ends_on=timezone.localdate() - timedelta(1))
    with pytest.raises(WrongState):
        begin(plan, cast)


def test_beginning_twice_gives_the_same_adjustment(cast, plan):
    assert begin(plan, cast) == begin(plan, cast)
    assert Skp.objects.count() == 2


def with_every_part(plan):
    """The plan with an annex, a manual, a study leave and an expectation, as the other pages write them."""
    indicator = plan.results.first().indicators.get()
    IndicatorManual.objects.create(
        indicator=indicator,
        purpose="Tujuan",
        definition="Definisi",
        control="outcome",
        source="Register",
        reporting="monthly",
    )
    AnnexLine.objects.create(skp=plan, kind="resource", position=1, text="Dua bidan", resource="people")
    AnnexLine.objects.create(skp=plan, kind="consequence", position=1, text="Penghargaan", if_met=True)
    StudyPlan.objects.create(
        skp=plan,
        institution="Universitas",
        programme="Kebidanan",
        level="s1",
        is_abroad=True,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    SpecialExpectation.objects.create(skp=plan, value=BehaviourValue.objects.first(), text="Ramah")


def test_the_copy_says_the_same_as_the_plan_in_every_part(cast, plan):
    with_every_part(plan)

    adjustment = begin(plan, cast)

    content = content_of_plan(adjustment)
    assert content == content_of_plan(plan)
    assert (len(content["annex"]), content["study"]["programme"]) == (2, "Kebidanan")
    assert content["results"][0]["indicators"][0]["manual"]["purpose"] == "Tujuan"


def test_until_it_is_agreed_nothing_agreed_has_moved(cast, plan):
    before = content_of_plan(plan)
    adjustment = begin(plan, cast)
    save(adjustment, cast["self"], result=adjustment.results.first(), statement="Lain")
    actions.remove_result(adjustment.results.last(), by=cast["self"])
    actions.submit_skp(adjustment, by=cast["self"])

    assert content_of_plan(Skp.objects.get(pk=plan.pk)) == before


def test_agreeing_changes_rows_in_place_adds_new_ones_and_withdraws_what_is_gone(cast, plan):
    first, second, additional = plan.results.all()
    kept = first.indicators.get()
    adjustment = begin(plan, cast)
    copy, gone, _ = adjustment.results.all()
    save(
        adjustment,
        cast["self"],
        result=copy,
        statement="Diperluas",
        indicators=[
            an_indicator(target_low=600, pk=copy.indicators.get().pk),
            an_indicator(statement="Baru"),
        ],
    )
    actions.remove_result(gone, by=cast["self"])
    save(adjustment, cast["self"], statement="Hasil tambahan sejak Juni")

    agreed = agree(adjustment, cast)

    assert agreed == plan
    assert statements(plan) == ["Diperluas", "Hasil tambahan sejak Juni", additional.statement]
    assert WorkResult.objects.get(pk=first.pk).statement == "Diperluas"
    assert Indicator.objects.get(pk=kept.pk).target_low == 600
    assert WorkResult.objects.get(pk=second.pk).withdrawn_on == timezone.localdate()
    assert Skp.objects.get(pk=adjustment.pk).state == "merged"


def test_an_indicator_that_is_dropped_is_withdrawn_and_not_deleted(cast, plan):
    first = plan.results.first()
    old = first.indicators.get()
    adjustment = begin(plan, cast)
    save(
        adjustment,
        cast["self"],
        result=adjustment.results.first(),
        statement=first.statement,
        indicators=[an_indicator(statement="Ukuran lain", unit="ibu")],
    )

    agree(adjustment, cast)

    assert Indicator.objects.get(pk=old.pk).withdrawn_on == timezone.localdate()
    assert [one.statement for one in first.indicators.filter(withdrawn_on=None)] == ["Ukuran lain"]


def test_results_may_change_places_and_kinds(cast, plan):
    adjustment = begin(plan, cast)
    first, second, third = adjustment.results.all()
    save(adjustment, cast["self"], result=first, kind="additional", statement="Pindah")
    save(adjustment, cast["self"], result=third, kind="main", statement="Naik")

    agree(adjustment, cast)

    assert [(one.kind, one.statement) for one in plan.results.all()] == [
        ("main", second.statement),
        ("main", "Naik"),
        ("additional", "Pindah"),
    ]


def test_the_other_parts_are_taken_over_and_a_given_support_stays_given(cast, plan):
    with_every_part(plan)
    plan.annex_lines.filter(kind="resource").update(support="given")
    adjustment = begin(plan, cast)
    adjustment.annex_lines.filter(kind="resource").update(text="Tiga bidan")
    adjustment.annex_lines.filter(kind="consequence").delete()
    adjustment.study.delete()
    actions.set_expectation(
        adjustment, value=BehaviourValue.objects.last(), text="Bekerja sama", by=cast["appraiser"]
    )

    agree(adjustment, cast)

    line = plan.annex_lines.get()
    assert (line.text, line.support) == ("Tiga bidan", "given")
    assert not StudyPlan.objects.filter(skp=plan).exists()
    assert [one.text for one in plan.expectations.all()] == ["Ramah", "Bekerja sama"]
    assert IndicatorManual.objects.filter(indicator__result__skp=plan).count() == 1


def test_the_owner_lets_it_go_and_the_plan_stays(cast, plan):
    before = content_of_plan(plan)
    adjustment = begin(plan, cast)

    with pytest.raises(NotAllowed):
        actions.drop_adjustment(adjustment, by=cast["appraiser"])
    actions.drop_adjustment(adjustment, by=cast["self"])

    assert content_of_plan(Skp.objects.get(pk=plan.pk)) == before
    assert begin(plan, cast) != adjustment


def test_a_plan_is_never_dropped_or_merged(cast):
    draft = a_plan(cast["self"])

    with pytest.raises(NotAllowed):
        actions.drop_adjustment(draft, by=cast["self"])


@pytest.mark.parametrize("person", ["self", "superior", "peer", "former", "stranger", "personnel_office"])
def test_an_adjustment_is_agreed_by_todays_appraiser_alone(cast, plan, person):
    adjustment = begin(plan, cast)
    actions.submit_skp(adjustment, by=cast["self"])

    with pytest.raises(NotAllowed):
        actions.agree_skp(adjustment, by=cast[person])
    assert SkpVersion.objects.count() == 1


# --- versions -------------------------------------------------------------------------------------


def test_each_agreement_leaves_a_version_with_content_hash_and_reason(cast, plan):
    adjustment = begin(plan, cast)
    save(adjustment, cast["self"], result=adjustment.results.first(), statement="Diperluas")
    agree(adjustment, cast)

    first, second = SkpVersion.objects.all()
    assert [(one.number, one.reason) for one in (first, second)] == [(1, ""), (2, WHY)]
    assert second.content == content_of_plan(Skp.objects.get(pk=plan.pk))
    for version in (first, second):
        assert version.sha256 == sha256(canonical(version.content).encode()).hexdigest()
    assert json.loads(canonical(first.content)) == first.content


def test_a_plan_agreed_before_versions_were_kept_gets_its_first_when_it_is_adjusted(cast):
    old = a_plan(cast["self"])
    agreed = {"appraiser": cast["appraiser"].employee, "agreed_at": timezone.now()}
    Skp.objects.filter(pk=old.pk).update(state="agreed", **agreed)

    begin(old, cast)

    assert SkpVersion.objects.get().agreed_at == agreed["agreed_at"]


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_a_version(cast, plan, act):
    version = SkpVersion.objects.filter(skp=plan)

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        version.update(reason="lain") if act == "update" else version.delete()


def test_differences_are_told_in_words(cast, plan):
    before = content_of_plan(plan)
    adjustment = begin(plan, cast)
    copy, gone, _ = adjustment.results.all()
    save(
        adjustment,
        cast["self"],
        result=copy,
        statement=copy.statement,
        indicators=[an_indicator(target_low=600, pk=copy.indicators.get().pk)],
    )
    actions.remove_result(gone, by=cast["self"])
    save(adjustment, cast["self"], statement="Hasil sejak Juni")

    told = [
        (line.words, line.before, line.after) for line in differences(before, content_of_plan(adjustment))
    ]

    assert told == [
        (
            "Tidak ada lagi",
            "Hasil kerja nomor 2 (utama); Jumlah ibu hamil yang terlayani: 480 orang",
            "",
        ),
        ("Diubah", "480 orang", "600 orang"),
        (
            "Ditambahkan",
            "",
            "Hasil sejak Juni (utama); Jumlah ibu hamil yang terlayani: 480 orang",
        ),
    ]


def test_an_unchanged_adjustment_has_no_differences(cast, plan):
    with_every_part(plan)

    assert differences(content_of_plan(plan), content_of_plan(begin(plan, cast))) == []


def test_every_step_says_who(cast, plan):
    agree(begin(plan, cast), cast)

    verbs = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert {"skp.begin_adjustment", "skp.merge", "skp.adjust"} <= set(verbs)
    assert not AuditEvent.objects.filter(action__startswith="skp.", actor="").exists()


# --- on the pages ---------------------------------------------------------------------------------


def test_the_owner_adjusts_in_the_browser_and_the_appraiser_reads_what_changes(cast, plan, browse):
    answer = browse("self").post(address("adjustment-begin", plan), {"reason": WHY})
    adjustment = Skp.objects.get(adjusts=plan)
    first = adjustment.results.first()
    browse("self").post(
        address("result-edit", adjustment, result=first.pk),
        sent(adjustment, ROW | {"pk": first.indicators.get().pk}, statement="Diperluas"),
    )
    browse("self").post(address("skp-submit", adjustment))
    page = browse("appraiser").get(address("skp-agree", adjustment)).content.decode()
    adjustment.refresh_from_db()
    agreed = browse("appraiser").post(address("skp-agree", adjustment), {"version": adjustment.version})
    second = browse("appraiser").post(address("skp-agree", adjustment), {"version": 1}, follow=True)

    assert answer["Location"] == address("skp-detail", adjustment)
    assert "Diperluas" in page
    assert WHY in page
    assert agreed["Location"] == address("skp-detail", plan)
    assert said(second)[-1] == "Tidak ada yang berubah. SKP ini sudah dalam keadaan “Diberlakukan”."
    assert plan.results.first().statement == "Diperluas"


def test_the_versions_are_listed_and_compared(cast, plan, browse):
    adjustment = begin(plan, cast)
    save(adjustment, cast["self"], result=adjustment.results.first(), statement="Diperluas")
    agree(adjustment, cast)
    client = browse("appraiser")

    listed = client.get(address("version-list", plan)).content.decode()
    second = client.get(address("version-detail", plan, number=2)).content.decode()
    first = client.get(address("version-detail", plan, number=1) + "?dari=9").content.decode()

    assert "Versi 1" in listed
    assert WHY in listed
    assert "Berubah sejak versi 1" in second
    assert "Hasil kerja nomor 1" in second
    assert "Berubah sejak" not in first
    assert client.get(address("version-detail", plan, number=3)).status_code == 404


def test_beginning_an_adjustment_without_a_reason_is_explained_at_the_field(cast, plan, browse):
    answer = browse("self").post(address("adjustment-begin", plan), {"reason": " "})

    assert answer.status_code == 422
    assert answer.content.decode().count("Tulis alasan penyesuaian.") == 2


def test_another_plan_of_mine_is_not_shown_twice_because_it_is_adjusted(cast, plan, browse):
    begin(plan, cast)

    page = browse("self").get("/kinerja-saya/")

    assert [each.pk for each in page.context["plans"]] == [plan.pk]
