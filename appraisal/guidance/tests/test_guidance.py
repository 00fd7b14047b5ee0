"""Guidance from the request to the follow-up: who may, when, and who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, WrongState
from ambon_kinerja.notices.models import Notice
from appraisal.guidance import actions
from appraisal.guidance.models import CompetenceReview, CompetenceScore, Guidance, GuidanceOpinion
from appraisal.guidance.queries import guidances_awaiting

from .records import FILLED
from .scenes import (
    a_done_guidance,
    a_filled_guidance,
    a_signed_guidance,
    all_answers,
    all_rows,
    an_open_guidance,
)

pytestmark = pytest.mark.django_db
OTHERS = ("superior", "peer", "stranger", "former", "acting", "personnel_office", "unit_admin", "inspector")


def told(user):
    return list(Notice.objects.filter(recipient=user).values_list("subject", flat=True))


def ask(cast):
    return actions.ask_guidance(cast["self"].employee, kind="mentoring", topic="Belajar", by=cast["self"])


def test_an_employee_asks_and_the_appraiser_plans_with_somebody_else_as_guide(cast):
    guidance = ask(cast)
    assert told(cast["appraiser"]) == ["Orang Self meminta bimbingan kinerja"]

    for name in ("self", *OTHERS):
        with pytest.raises(NotAllowed):
            plan(guidance, cast, by=name)
    planned = plan(guidance, cast, by="appraiser")

    assert (planned.state, planned.guide) == ("planned", cast["peer"].employee)
    assert len(told(cast["self"])) == len(told(cast["peer"])) == 1


def plan(guidance, cast, *, by):
    facts = {"guide": cast["peer"].employee, "meets_at": timezone.now(), "place": "Aula"}
    return actions.plan_guidance(guidance, by=cast[by], **facts)


def test_only_the_appraiser_of_today_opens_guidance_and_nobody_guides_himself(cast):
    facts = {"kind": "coaching", "topic": "X", "meets_at": timezone.now(), "place": "Aula"}
    me = cast["self"].employee
    for name in ("self", *OTHERS):
        with pytest.raises(NotAllowed):
            actions.open_guidance(me, guide=None, by=cast[name], **facts)
    with pytest.raises(actions.Refused) as refusal:
        actions.open_guidance(me, guide=me, by=cast["appraiser"], **facts)

    assert refusal.value.about == "guide"
    assert not Guidance.objects.exists()


def test_each_fills_his_own_boxes_and_the_journal_belongs_to_both(cast):
    coaching, mentoring = an_open_guidance(cast), an_open_guidance(cast, kind="mentoring")

    for person, part in (("appraiser", "employee"), ("self", "guide"), ("peer", "guide")):
        with pytest.raises(NotAllowed):
            actions.save_part(coaching, part=part, content={}, version=1, by=cast[person])
    saved = actions.save_part(
        mentoring, part="guide", content={"jurnal": [{"materi": "A"}]}, version=1, by=cast["self"]
    )

    assert saved.guide_part["jurnal"][0]["materi"] == "A"


def test_the_second_window_is_told_and_the_same_text_twice_does_no_harm(cast):
    guidance = an_open_guidance(cast)

    def save(words, version=1):
        return actions.save_part(
            guidance, part="employee", content={"peluang": words}, version=version, by=cast["self"]
        )

    save("Pertama")
    assert save("Pertama").employee_version == 2
    with pytest.raises(actions.Conflict) as conflict:
        save("Kedua")

    assert conflict.value.stored.employee_part["peluang"] == "Pertama"
    assert save("Kedua", version=2).employee_version == 3


def test_the_two_never_disturb_each_other(cast):
    guidance = an_open_guidance(cast)
    actions.save_part(guidance, part="employee", content={"peluang": "A"}, version=1, by=cast["self"])

    saved = actions.save_part(
        guidance, part="guide", content=FILLED["guide_part"], version=1, by=cast["appraiser"]
    )

    assert (saved.employee_version, saved.guide_version) == (2, 2)


def test_the_guide_signs_what_he_read_then_the_employee(cast):
    guidance = a_filled_guidance(cast, guide="peer")
    versions = (guidance.employee_version, guidance.guide_version)
    for name in ("self", "appraiser", "superior", "stranger"):
        with pytest.raises(NotAllowed):
            actions.sign(guidance, versions=versions, by=cast[name])
    with pytest.raises(actions.Conflict):
        actions.sign(guidance, versions=(1, 2), by=cast["peer"])
    signed = actions.sign(guidance, versions=versions, by=cast["peer"])
    with pytest.raises(NotAllowed):
        actions.confirm(signed, by=cast["peer"])
    done = actions.confirm(signed, by=cast["self"])

    assert done.guide_signed_at
    assert done.employee_signed_at
    assert "Bimbingan Orang Self selesai" in told(
        cast["appraiser"]
    )  # led by another, so it is reported to him
    with pytest.raises(WrongState):
        actions.save_part(done, part="employee", content={}, version=3, by=cast["self"])


@pytest.mark.parametrize("lacks", ["content", "time"])
def test_an_incomplete_form_or_a_session_to_come_is_not_signed(cast, lacks):
    guidance = an_open_guidance(cast) if lacks == "content" else a_filled_guidance(cast)
    if lacks == "time":
        Guidance.objects.update(meets_at=timezone.now() + timedelta(hours=1))
    versions = (guidance.employee_version, guidance.guide_version)

    with pytest.raises(actions.Incomplete):
        actions.sign(guidance, versions=versions, by=cast["appraiser"])

    guidance.refresh_from_db()
    assert (guidance.state, guidance.guide_signed_at) == ("planned", None)


def test_the_employee_sends_the_form_back_with_a_reason(cast):
    returned = actions.return_to_guide(a_signed_guidance(cast), reason="Target keliru", by=cast["self"])

    assert (returned.state, returned.guide_signed_at) == ("planned", None)


@pytest.mark.parametrize("answer", ["ya", "tidak"])
def test_an_agreed_adjustment_is_told_to_both_with_the_way_to_the_plan(cast, answer):
    guidance = a_done_guidance(cast, adjust=answer)

    words = "Bimbingan menyepakati penyesuaian ukuran keberhasilan dan target"
    assert guidance.asks_adjustment is (answer == "ya")
    assert [words in told(cast[name]) for name in ("self", "appraiser")] == [answer == "ya"] * 2


def test_the_answer_of_the_employee_goes_to_the_superior_of_his_leader_once(cast):
    guidance = a_done_guidance(cast)
    for name in ("appraiser", "superior", "peer", "personnel_office"):
        with pytest.raises(NotAllowed):
            actions.give_opinion(guidance, answers=all_answers(), by=cast[name])
    with pytest.raises(actions.Refused):
        actions.give_opinion(guidance, answers={1: ("ya", "")}, by=cast["self"])
    before = len(told(cast["appraiser"]))

    first = actions.give_opinion(guidance, answers=all_answers(), by=cast["self"])
    second = actions.give_opinion(guidance, answers=all_answers("tidak"), by=cast["self"])

    assert first == second == GuidanceOpinion.objects.get()
    assert told(cast["superior"]) == ["Umpan balik atas pelaksanaan bimbingan kinerja"]
    assert len(told(cast["appraiser"])) == before


def test_the_review_is_the_guides_a_draft_may_have_gaps_and_what_is_sent_may_not(cast):
    guidance = a_done_guidance(cast, guide="peer")
    facts = {"recommendation": "", "version": 0}
    for name in ("self", "appraiser", "superior"):
        with pytest.raises(NotAllowed):
            actions.save_review(guidance, rows=all_rows(None, ""), by=cast[name], **facts)
    draft = actions.save_review(guidance, rows=all_rows(None, ""), by=cast["peer"], **facts)
    with pytest.raises(actions.Refused, match="Integritas"):
        actions.save_review(
            guidance, rows=all_rows(None, ""), recommendation="X", version=1, by=cast["peer"], send=True
        )
    with pytest.raises(actions.Conflict):
        actions.save_review(guidance, rows=all_rows(), recommendation="X", version=0, by=cast["peer"])
    sent = actions.save_review(
        guidance,
        rows=all_rows(),
        recommendation="Pelatihan",
        version=draft.version,
        by=cast["peer"],
        send=True,
    )

    assert sent.sent_at
    assert sent.scores.count() == 10
    with pytest.raises(WrongState):
        actions.save_review(guidance, rows=all_rows(), recommendation="X", version=2, by=cast["peer"])


def test_the_appraiser_reports_upwards_and_what_follows_is_decided_there(cast):
    guidance = a_done_guidance(cast)
    with pytest.raises(actions.Refused, match=r"B\.1\.9"):
        actions.report_upwards(guidance, by=cast["appraiser"])
    actions.save_review(
        guidance, rows=all_rows(), recommendation="X", version=0, by=cast["appraiser"], send=True
    )
    with pytest.raises(NotAllowed):
        actions.report_upwards(guidance, by=cast["superior"])
    reported = actions.report_upwards(guidance, by=cast["appraiser"])

    for name in ("self", "appraiser", "stranger", "unit_admin", "inspector", "system_admin"):
        with pytest.raises(NotAllowed):
            actions.follow_up(reported, words="Pelatihan", by=cast[name])
    closed = actions.follow_up(reported, words="Pelatihan", by=cast["superior"])

    assert (closed.state, closed.followed_by) == ("closed", cast["superior"].employee)
    assert "Laporan bimbingan kinerja Orang Self" in told(cast["superior"])


def test_what_waits_for_whom_follows_the_states(cast):
    def waiting():
        names = ("self", "appraiser", "peer", "superior", "personnel_office", "stranger", "inspector")
        return [name for name in names if guidances_awaiting(cast[name]).exists()]

    guidance = ask(cast)
    assert waiting() == ["appraiser"]
    actions.withdraw_request(guidance, by=cast["self"])
    assert waiting() == []
    guidance = an_open_guidance(cast, guide="peer")
    assert waiting() == ["self"]
    guidance = actions.cancel_guidance(guidance, reason="Sakit", by=cast["peer"])
    a_filled_guidance(cast, guide="peer")
    assert waiting() == ["peer"]
    Guidance.objects.filter(state="planned").update(state="cancelled")
    guidance = a_signed_guidance(cast, guide="peer")
    assert waiting() == ["self"]
    guidance = actions.confirm(guidance, by=cast["self"])
    assert waiting() == ["self", "peer"]
    actions.give_opinion(guidance, answers=all_answers(), by=cast["self"])
    actions.save_review(guidance, rows=all_rows(), recommendation="X", version=0, by=cast["peer"], send=True)
    assert waiting() == ["appraiser"]
    actions.report_upwards(guidance, by=cast["appraiser"])
    assert waiting() == ["superior", "personnel_office"]


def test_the_trail_knows_each_act_and_none_of_the_words(cast):
    guidance = a_done_guidance(cast)
    actions.give_opinion(guidance, answers=all_answers("tidak"), by=cast["self"])

    trail = " ".join(
        AuditEvent.objects.filter(action__startswith="guidance").values_list("payload", flat=True)
    )

    assert "guidance.give_opinion" in trail
    assert "Antrean panjang" not in trail
    assert "Tidak" not in trail


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("nobody_guides_himself", lambda guidance: {"guide": guidance.employee}),
        ("planned_guidance_has_a_guide_a_day_and_a_place", lambda guidance: {"place": ""}),
        ("guidance_is_done_when_both_have_signed", lambda guidance: {"state": "done"}),
        ("closed_guidance_says_what_follows", lambda guidance: {"state": "closed", "follow_up": " "}),
    ],
)
def test_the_database_keeps_the_promise(cast, name, change):
    guidance = an_open_guidance(cast)
    now = timezone.now()
    signed = {"guide_signed_at": now, "employee_signed_at": now} if name.startswith("closed") else {}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Guidance.objects.filter(pk=guidance.pk).update(**(signed | change(guidance)))


def test_a_score_lies_between_one_and_five(cast):
    review = CompetenceReview.objects.create(
        guidance=a_done_guidance(cast), written_by=cast["appraiser"].employee
    )

    with pytest.raises(IntegrityError, match="competence_is_scored_1_to_5"), transaction.atomic():
        CompetenceScore.objects.create(review=review, group="technical", position=1, name="X", score=6)
