from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring.actions import (
    Refused,
    answer_feedback,
    ask_for_feedback,
    give_feedback,
    withdraw_feedback,
)
from appraisal.monitoring.models import Feedback, FeedbackRequest
from appraisal.planning.models import WorkResult
from appraisal.rulebook.models import BehaviourValue

from .agreed_plan import agreed_plan, moment, today

DESK = "/umpan-balik/"


@pytest.fixture
def pair(plan):
    """`plan`, and the agreed plan of the appraiser, whom "self" may then speak about."""
    cast = plan[0]
    return plan, agreed_plan(cast["appraiser"], by=cast["superior"])


def say(plan, by="appraiser", giver="leader", **more):
    cast, skp, period = plan
    facts = {"tone": "positive", "text": "Siap membantu rekan", "given_on": today()}
    if "result" not in more:
        facts["value"] = BehaviourValue.objects.first()
    return give_feedback(skp, period=period, by=cast[by], giver=giver, **(facts | more))


def add(client, skp, **more):
    data = {
        "period": more.pop("period"), "about": f"nilai-{BehaviourValue.objects.first().pk}", "kind": "incidental",
        "tone": "mixed", "text": "Tepat waktu", "given_on": "2026-09-21",
    }  # fmt: skip
    return client.post(reverse("appraisal:feedback-add", args=[skp.pk]), data | more)


def test_a_colleague_speaks_in_his_own_name_and_reads_it_again(client, plan):
    cast, skp, period = plan
    client.force_login(cast["peer"])

    answer = add(client, skp, period=period.pk)
    desk = client.get(DESK).text

    said = Feedback.objects.get()
    assert answer.status_code == 302
    assert (said.giver, said.given_by) == ("peer", cast["peer"])
    assert "Tepat waktu" in desk
    assert Notice.objects.filter(recipient=cast["self"], body__contains=cast["peer"].name).count() == 1


def test_a_colleague_sees_what_to_speak_about_and_nothing_else_of_the_plan(client, plan):
    cast, skp, _period = plan
    client.force_login(cast["peer"])
    page = client.get(reverse("appraisal:feedback-add", args=[skp.pk])).text

    assert skp.results.first().statement in page
    assert "100 orang" not in page
    assert "Ramah kepada setiap pasien" not in page
    assert client.get(reverse("appraisal:skp-detail", args=[skp.pk])).status_code == 404


def test_who_is_led_speaks_about_his_leader(client, pair):
    plan, leaders = pair
    client.force_login(plan[0]["self"])

    assert add(client, leaders, period=plan[2].pk).status_code == 302
    assert Feedback.objects.get(skp=leaders).giver == "subordinate"


def test_nobody_borrows_a_voice(plan):
    for person, giver in (
        ("peer", "leader"),
        ("peer", "subordinate"),
        ("appraiser", "peer"),
        ("peer", "served"),
    ):
        with pytest.raises(Refused):
            say(plan, by=person, giver=giver)
    assert say(plan, giver="served", text="Petugas ramah").giver == "served"


def test_who_gave_the_task_speaks_about_that_task_alone(client, plan):
    cast, skp, _ = plan
    task, other = skp.results.all()[:2]
    WorkResult.objects.filter(pk=task.pk).update(assigner=cast["stranger"].employee)

    assert say(plan, by="stranger", result=task).giver == "leader"
    for wrong in ({"result": other}, {"value": BehaviourValue.objects.first()}):
        with pytest.raises(Refused):
            say(plan, by="stranger", **wrong)
    client.force_login(cast["stranger"])
    page = client.get(reverse("appraisal:feedback-add", args=[skp.pk])).text
    assert task.statement in page
    assert other.statement not in page


def test_feedback_is_answered_once_and_the_giver_is_told(client, plan):
    cast = plan[0]
    said = say(plan, by="peer", giver="peer")
    client.force_login(cast["self"])
    address = reverse("appraisal:feedback-answer", args=[said.pk])

    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Terima kasih"}).status_code == 302
    again = client.post(address, {"text": "Saya ubah"})

    assert again.status_code == 409
    assert "Saya ubah" in again.text
    assert Feedback.objects.get().answer == "Terima kasih"
    assert Notice.objects.filter(recipient=cast["peer"], body="Terima kasih").count() == 1


def test_only_the_employee_answers(plan):
    said = say(plan)

    for person in ("appraiser", "peer", "superior"):
        with pytest.raises(NotAllowed):
            answer_feedback(said, text="x", by=plan[0][person])


def test_a_giver_takes_back_within_a_day(client, plan, now):
    said = say(plan, by="peer", giver="peer")
    client.force_login(plan[0]["peer"])

    now.shift(timedelta(hours=23))
    assert client.post(reverse("appraisal:feedback-withdraw", args=[said.pk])).status_code == 302
    assert Feedback.objects.count() == 0

    said = say(plan, by="peer", giver="peer")
    now.shift(timedelta(hours=25))
    with pytest.raises(NotAllowed, match="24 jam"):
        withdraw_feedback(said, by=plan[0]["peer"])


def test_nobody_else_takes_it_back(plan):
    said = say(plan, by="peer", giver="peer")

    for person in ("self", "appraiser", "superior"):
        with pytest.raises(NotAllowed):
            withdraw_feedback(said, by=plan[0][person])


@pytest.mark.parametrize("change", [{"text": "lain"}, {"tone": "needs_work"}, {"answer": "x"}])
def test_the_database_changes_no_feedback(plan, change):
    said = say(plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=said.pk).update(**change)


def test_the_database_keeps_what_was_answered(plan):
    said, other = say(plan), say(plan, text="Belum ditanggapi")
    answer_feedback(said, text="Terima kasih", by=plan[0]["self"])

    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Feedback.objects.filter(pk=said.pk).delete()
    with pytest.raises(IntegrityError, match="answered once"), transaction.atomic():
        Feedback.objects.filter(pk=said.pk).update(answer="lain")
    Feedback.objects.filter(pk=other.pk).delete()


def test_what_an_evaluation_rests_on_stays(plan):
    from appraisal.scoring.actions import finalise, start_evaluation
    from appraisal.scoring.tests.test_actions import complete

    cast, skp, period = plan
    said = say(plan, by="peer", giver="peer")
    draft = complete(start_evaluation(skp, period=period, by=cast["appraiser"]), cast["appraiser"])
    finalise(draft, version=draft.version, by=cast["appraiser"])

    with pytest.raises(NotAllowed, match="Penilaian"):
        withdraw_feedback(said, by=cast["peer"])
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Feedback.objects.filter(pk=said.pk).delete()


def test_an_employee_asks_and_the_answer_closes_the_request(client, plan):
    cast, skp, period = plan
    client.force_login(cast["self"])
    data = {"asked": cast["peer"].employee.pk, "text": "Cara saya memimpin lokakarya"}
    assert client.post(reverse("appraisal:feedback-ask"), data).status_code == 302
    request = FeedbackRequest.objects.get()

    client.force_login(cast["peer"])
    assert "Cara saya memimpin lokakarya" in client.get(DESK).text
    answer = client.post(
        f"{reverse('appraisal:feedback-add', args=[skp.pk])}?permintaan={request.pk}",
        {
            "period": period.pk, "about": f"hasil-{skp.results.first().pk}", "kind": "incidental",
            "tone": "positive", "text": "Jelas dan runtut", "given_on": "2026-09-21",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    assert Feedback.objects.get().request == request
    assert "meminta umpan balik</a>" not in client.get(DESK).text


def test_a_stranger_is_not_asked(plan):
    cast = plan[0]
    with pytest.raises(Refused):
        ask_for_feedback(cast["self"].employee, asked=cast["stranger"].employee, text="x", by=cast["self"])
    with pytest.raises(NotAllowed):
        ask_for_feedback(cast["self"].employee, asked=cast["peer"].employee, text="x", by=cast["appraiser"])


def test_sent_twice_it_is_said_once(client, plan):
    client.force_login(plan[0]["peer"])
    for _ in range(2):
        assert add(client, plan[1], period=plan[2].pk).status_code == 302

    assert Feedback.objects.count() == 1


def test_after_the_window_nothing_is_said(plan, now):
    now.move_to(moment("2026-10-11T00:00:00+09:00"))

    with pytest.raises(NotAllowed):
        say(plan, by="peer", giver="peer")
