from datetime import date
from decimal import Decimal

import pytest

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring.actions import (
    Conflict,
    Refused,
    add_evidence_file,
    add_evidence_link,
    give_feedback,
    record_realisation,
    record_realisations,
)
from appraisal.monitoring.models import Evidence, Feedback, Realisation
from appraisal.rulebook.models import BehaviourValue
from appraisal.scoring.actions import finalise, start_evaluation

from .agreed_plan import agreed_plan, pdf, today

OTHERS = ["peer", "superior", "former", "acting", "stranger", "personnel_office", "inspector", "outsider"]


@pytest.fixture
def indicator(plan):
    return plan[1].results.first().indicators.get()


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def record(plan, indicator, by="self", value=Decimal("5"), **more):
    return record_realisation(indicator, period=plan[2], value=value, note="", by=plan[0][by], **more)


@pytest.mark.parametrize("person", OTHERS)
def test_only_the_employee_and_his_appraiser_record(plan, indicator, person):
    with pytest.raises(NotAllowed):
        record(plan, indicator, by=person)

    assert Realisation.objects.count() == 0


@pytest.mark.parametrize("person", ["self", "appraiser"])
def test_the_trail_says_who_recorded(plan, indicator, person):
    row = record(plan, indicator, by=person)

    assert row.recorded_by == plan[0][person]
    assert (
        AuditEvent.objects.filter(action="realisation.record", actor=f"user:{plan[0][person].pk}").count()
        == 1
    )


@pytest.mark.parametrize(
    ("time", "open_"),
    [
        ("2026-10-10T23:59:59+09:00", True),
        ("2026-10-11T00:00:00+09:00", False),
        ("2026-06-30T23:59:59+09:00", False),
    ],
)
def test_recording_ends_with_the_period_to_the_second(plan, indicator, now, time, open_):
    now.move_to(time)

    if open_:
        assert record(plan, indicator).value == 5
    else:
        with pytest.raises(NotAllowed):
            record(plan, indicator)


def test_no_value_is_kept_as_no_data(plan, indicator):
    record(plan, indicator)

    assert record(plan, indicator, value=None).value is None


@pytest.mark.parametrize("value", [Decimal("-1"), Decimal("1.234"), Decimal("1e13"), Decimal("NaN")])
def test_a_value_outside_its_range_is_refused(plan, indicator, value):
    with pytest.raises(Refused):
        record(plan, indicator, value=value)

    assert Realisation.objects.count() == 0


def test_a_stale_save_is_a_conflict_and_changes_nothing(plan, indicator):
    record(plan, indicator, version=0)

    with pytest.raises(Conflict) as caught:
        record(plan, indicator, value=Decimal("9"), version=0)

    assert caught.value.stored[indicator.pk].value == 5
    assert Realisation.objects.get().value == 5


def test_an_indicator_of_another_plan_is_refused(plan):
    cast, skp, period = plan
    foreign = agreed_plan(cast["peer"], by=cast["appraiser"]).results.first().indicators.get()

    with pytest.raises(Refused):
        record_realisations(skp, period=period, rows={foreign.pk: (Decimal("1"), "", None)}, by=cast["self"])


def test_after_the_evaluation_is_final_nothing_can_be_added(plan, indicator, media):
    from appraisal.scoring.tests.test_actions import complete

    cast, skp, period = plan
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    finalise(draft, version=draft.version, by=cast["appraiser"])

    with pytest.raises(NotAllowed, match="sudah ditetapkan"):
        record(plan, indicator)
    with pytest.raises(NotAllowed, match="sudah ditetapkan"):
        add_evidence_file(
            indicator.result, period=period, title="Terlambat", dated=today(), upload=pdf(), by=cast["self"]
        )
    assert not list(media.rglob("*.pdf"))


def file(plan, **more):
    facts = {"title": "Rekap", "dated": today(), "by": plan[0]["self"], "period": plan[2]} | more
    return add_evidence_file(plan[1].results.first(), upload=pdf("rekap.pdf"), **facts)


@pytest.mark.parametrize("person", OTHERS)
def test_a_stranger_adds_no_evidence_and_leaves_no_file(plan, media, person):
    with pytest.raises(NotAllowed):
        file(plan, by=plan[0][person])

    assert Evidence.objects.count() == 0
    assert not list(media.rglob("*.pdf"))


def test_the_same_file_shows_a_result_only_once(plan, media):
    file(plan)

    with pytest.raises(Refused, match="Berkas yang sama"):
        file(plan, title="Nama lain")

    assert len(list(media.rglob("*.pdf"))) == 1


@pytest.mark.parametrize("dated", [date(2026, 6, 30), date(2026, 10, 1), date(2026, 9, 22)])
def test_evidence_is_dated_inside_the_period_and_not_tomorrow(plan, media, dated):
    with pytest.raises(Refused) as caught:
        file(plan, dated=dated)

    assert list(caught.value.errors) == ["dated"]


def test_an_unsafe_link_is_refused(plan):
    with pytest.raises(Refused) as caught:
        add_evidence_link(
            plan[1].results.first(),
            period=plan[2],
            title="a",
            dated=today(),
            link="http://x.id",
            by=plan[0]["self"],
        )

    assert list(caught.value.errors) == ["link"]


def feedback(plan, by="appraiser", **more):
    cast, skp, period = plan
    facts = {"giver": "leader", "tone": "positive", "text": "Bagus", "given_on": today()}
    if "value" not in more:
        facts["result"] = skp.results.first()
    return give_feedback(skp, period=period, by=cast[by], **(facts | more))


@pytest.mark.parametrize("person", ["self", *(name for name in OTHERS if name != "peer")])
def test_who_has_no_part_in_the_work_gives_no_feedback(plan, person):
    with pytest.raises(NotAllowed):
        feedback(plan, by=person)

    assert Feedback.objects.count() == 0


def test_the_employee_is_told_at_once(plan):
    feedback(plan, text="Pertahankan")

    assert Notice.objects.filter(recipient=plan[0]["self"], body__contains="Pertahankan").count() == 1


def test_feedback_is_on_one_thing_of_this_plan(plan):
    cast = plan[0]
    foreign = agreed_plan(cast["peer"], by=cast["appraiser"]).results.first()

    for wrong in (
        {"result": None},
        {"result": foreign},
        {"value": BehaviourValue.objects.first(), "result": foreign},
    ):
        with pytest.raises(Refused):
            feedback(plan, **wrong)

    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"tone": "angry"},
        {"giver": "friend"},
        {"given_on": date(2026, 6, 30)},
        {"given_on": date(2026, 9, 22)},
    ],
)
def test_feedback_outside_its_range_is_refused(plan, wrong):
    with pytest.raises(Refused):
        feedback(plan, **wrong)

    assert Feedback.objects.count() == 0
