"""A session from its call to its minutes: who takes part, what is proposed, and who alone changes a rating."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from agencies.people.actions import assign
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from ambon_kinerja.notices.models import Notice
from appraisal.calibration.actions import (
    Conflict,
    accept_proposal,
    add_items,
    call_session,
    cancel_session,
    close_session,
    drop_item,
    keep_proposal,
    propose_rating,
    save_agenda,
)
from appraisal.calibration.models import CalibrationItem, CalibrationProposal, CalibrationSession
from appraisal.calibration.queries import proposals_awaiting, raters_of
from appraisal.calibration.result_part import part_for
from appraisal.scoring.models import Evaluation

from .scenes import agreed, build_drafts, called, finished, rated

WHY = "Capaian peserta lain dengan target sama lebih rendah."


def proposed(scene, name="self", *, aspect="work", to="above", by="superior"):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())
    item = session.items.get(evaluation=drafts[name])
    return propose_rating(item, aspect=aspect, to_rating=to, reason=WHY, by=cast[by])


def test_the_head_calls_it_and_the_leaders_right_below_take_part(scene):
    cast, period, _ = scene

    session = called(cast, period)

    assert [(each.employee.name, each.is_chair) for each in session.participants.all()] == [
        ("Orang Superior", True),
        ("Orang Appraiser", False),
    ]
    assert Notice.objects.filter(recipient=cast["appraiser"], subject__contains="kalibrasi").count() == 1
    assert called(cast, period) == session


@pytest.mark.parametrize("person", ["appraiser", "self", "mayor", "personnel_office", "stranger"])
def test_nobody_else_calls_it(scene, person):
    cast, period, _ = scene

    with pytest.raises(NotAllowed):
        call_session(
            cast["self"].cast_units["health"],
            period=period,
            held_on=date(2026, 9, 25),
            agenda="x",
            by=cast[person],
        )


def test_only_drafts_of_the_unit_and_none_of_who_takes_part_go_on_the_agenda(scene):
    cast, period, drafts = scene
    session = called(cast, period)
    finished(drafts["peer"])
    own = Evaluation.objects.create(
        skp=agreed(cast["appraiser"].employee, cast, by="superior"),
        period=period,
        appraiser=cast["superior"].employee,
    )

    wanted = [drafts["self"].pk, drafts["peer"].pk, own.pk]
    assert add_items(session, evaluations=wanted, by=cast["superior"]) == 1
    assert add_items(session, evaluations=wanted, by=cast["superior"]) == 0
    assert [item.employee for item in session.items.all()] == [cast["self"].employee]


def test_the_appraiser_accepts_and_his_draft_changes_in_his_own_name(scene):
    cast, _, drafts = scene
    proposal = proposed(scene)

    accepted = accept_proposal(proposal, by=cast["appraiser"])

    draft = Evaluation.objects.get(pk=drafts["self"].pk)
    assert (draft.work_rating, draft.appraiser, draft.version) == ("above", cast["appraiser"].employee, 3)
    assert WHY in draft.work_reason
    assert (accepted.state, accepted.answered_by) == ("accepted", cast["appraiser"].employee)
    assert Evaluation.objects.get(pk=drafts["peer"].pk).work_rating == "meets"


def test_the_appraiser_keeps_his_rating_with_a_reason(scene):
    cast, _, drafts = scene
    proposal = proposed(scene, aspect="behaviour", to="below")

    with pytest.raises(StepRefused, match="alasan"):
        keep_proposal(proposal, by=cast["appraiser"], reason=" ")
    kept = keep_proposal(proposal, by=cast["appraiser"], reason="Buktinya cukup.")

    assert (kept.state, kept.answer) == ("kept", "Buktinya cukup.")
    assert Evaluation.objects.get(pk=drafts["self"].pk).behaviour_rating == "meets"


@pytest.mark.parametrize("person", ["superior", "self", "peer", "mayor", "stranger", "personnel_office"])
def test_nobody_but_the_appraiser_of_the_day_answers(scene, person):
    cast = scene[0]
    proposal = proposed(scene)

    for answer in (accept_proposal, lambda one, by: keep_proposal(one, by=by, reason="x")):
        with pytest.raises(NotAllowed):
            answer(proposal, by=cast[person])


def test_the_acting_appraiser_answers_in_place_of_the_one_who_is_away(scene):
    cast, _, drafts = scene
    proposal = proposed(scene)
    assign(
        cast["stranger"].employee,
        post=cast["self"].cast_posts["appraiser"],
        kind="plt",
        start=date(2026, 9, 1),
        by="test",
    )

    with pytest.raises(NotAllowed):
        accept_proposal(proposal, by=cast["appraiser"])
    assert accept_proposal(proposal, by=cast["stranger"]).answered_by == cast["stranger"].employee
    assert Evaluation.objects.get(pk=drafts["self"].pk).appraiser == cast["stranger"].employee


def test_an_answer_is_given_once(scene):
    cast = scene[0]
    proposal = proposed(scene)
    accept_proposal(proposal, by=cast["appraiser"])

    with pytest.raises(WrongState):
        accept_proposal(proposal, by=cast["appraiser"])
    with pytest.raises(WrongState):
        keep_proposal(proposal, by=cast["appraiser"], reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        CalibrationProposal.objects.update(reason="lain")


def test_what_is_final_cannot_be_changed_through_a_session(scene):
    cast, _, drafts = scene
    proposal = proposed(scene)
    finished(drafts["self"])

    with pytest.raises(WrongState, match="sudah ditetapkan"):
        accept_proposal(proposal, by=cast["appraiser"])
    with pytest.raises(StepRefused, match="sudah ditetapkan"):
        propose_rating(proposal.item, aspect="behaviour", to_rating="above", reason=WHY, by=cast["superior"])
    assert Evaluation.objects.get(pk=drafts["self"].pk).work_rating == "meets"


def test_a_rating_changed_meanwhile_is_not_overwritten(scene):
    cast, _, drafts = scene
    proposal = proposed(scene)
    rated(drafts["self"], work="below")

    with pytest.raises(StepRefused, match="sudah Anda ubah"):
        accept_proposal(proposal, by=cast["appraiser"])
    assert Evaluation.objects.get(pk=drafts["self"].pk).work_rating == "below"


@pytest.mark.parametrize("person", ["self", "peer", "appraiser", "mayor", "stranger", "personnel_office"])
def test_only_who_takes_part_and_does_not_rate_himself_proposes(scene, person):
    with pytest.raises(NotAllowed):
        proposed(scene, by=person)


@pytest.mark.parametrize(
    ("aspect", "to"), [("work", "meets"), ("work", "best"), ("x", "above"), ("work", "")]
)
def test_a_proposal_names_another_rating(scene, aspect, to):
    with pytest.raises(StepRefused):
        proposed(scene, aspect=aspect, to=to)


def test_one_proposal_a_rating_waits_at_a_time(scene):
    cast = scene[0]
    first = proposed(scene)

    again = propose_rating(first.item, aspect="work", to_rating="above", reason=WHY, by=cast["superior"])
    with pytest.raises(StepRefused, match="masih menunggu"):
        propose_rating(first.item, aspect="work", to_rating="below", reason=WHY, by=cast["superior"])

    assert again == first
    assert proposals_awaiting(cast["appraiser"]) == [first]
    assert proposals_awaiting(cast["superior"]) == []


def test_closing_needs_minutes_and_lets_the_unanswered_lapse(scene):
    cast, _, drafts = scene
    proposal = proposed(scene)
    session = proposal.item.session

    with pytest.raises(StepRefused, match="notula"):
        close_session(session, by=cast["superior"], minutes=" ")
    with pytest.raises(NotAllowed):
        close_session(session, by=cast["appraiser"], minutes="Selesai.")
    present = session.participants.get(is_chair=True)
    closed = close_session(session, by=cast["superior"], minutes="Selesai.", attended=[present.pk])

    assert (closed.state, CalibrationProposal.objects.get().state) == ("closed", "lapsed")
    assert list(closed.participants.filter(attended=True)) == [present]
    assert Evaluation.objects.get(pk=drafts["self"].pk).work_rating == "meets"
    with pytest.raises(WrongState):
        add_items(closed, evaluations=[drafts["peer"].pk], by=cast["superior"])
    with pytest.raises(DatabaseError), transaction.atomic():
        CalibrationSession.objects.update(minutes="Lain.")


def test_a_session_called_off_says_why_and_another_may_be_called(scene):
    cast, period, drafts = scene
    session = proposed(scene).item.session

    cancelled = cancel_session(session, by=cast["superior"], reason="Ditunda.")
    other = called(cast, period, drafts.values())

    assert cancelled.state == "cancelled"
    assert other != session
    assert part_for(finished(drafts["self"]), cast["self"])[1]["sessions"] == [other]


def test_a_draft_leaves_the_agenda_until_something_was_proposed(scene):
    cast, period, drafts = scene
    session = called(cast, period, drafts.values())
    mine, peers = (session.items.get(evaluation=drafts[name]) for name in ("self", "peer"))
    propose_rating(mine, aspect="work", to_rating="above", reason=WHY, by=cast["superior"])

    drop_item(peers, by=cast["superior"])

    with pytest.raises(StepRefused, match="Sudah ada usulan"):
        drop_item(mine, by=cast["superior"])
    assert list(CalibrationItem.objects.all()) == [mine]


def test_an_agenda_changed_in_another_window_is_a_conflict(scene):
    cast, period, _ = scene
    session = called(cast, period)
    day = date(2026, 9, 28)
    saved = save_agenda(session, by=cast["superior"], version=1, held_on=day, agenda="Baru")

    assert save_agenda(session, by=cast["superior"], version=1, held_on=day, agenda="Baru") == saved
    with pytest.raises(Conflict):
        save_agenda(session, by=cast["superior"], version=1, held_on=day, agenda="Lain")


def test_the_employee_reads_what_changed_and_why_and_nothing_of_others(scene):
    cast, _, drafts = scene
    accept_proposal(proposed(scene), by=cast["appraiser"])
    mine, peers = (Evaluation.objects.get(pk=drafts[name].pk) for name in ("self", "peer"))

    changes = part_for(finished(mine), cast["self"])[1]["changes"]

    assert [(each["aspect"], each["before"], each["after"], each["reason"]) for each in changes] == [
        ("Hasil kerja", "Sesuai ekspektasi", "Di atas ekspektasi", WHY)
    ]
    assert part_for(finished(peers), cast["peer"])[1]["changes"] == []


def test_who_was_not_talked_about_reads_nothing(scene):
    cast, period, drafts = scene
    called(cast, period)

    assert part_for(finished(drafts["self"]), cast["self"]) is None


def test_shares_of_a_rater_are_shown_from_five_people_on(db, now):
    cast, period, _ = build_drafts(members=3)
    clinic = cast["self"].cast_units["clinic"]

    (rater,) = raters_of(clinic, period, size_minimum=5)
    (hidden,) = raters_of(clinic, period, size_minimum=6)

    assert (rater.name, rater.people) == ("Orang Appraiser", 5)
    assert ("Baik", 5, 100) in rater.shares
    assert (hidden.people, hidden.shares) == (5, [])
