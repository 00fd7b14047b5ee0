import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ambon_kinerja.lifecycle.steps import NotAllowed
from ambon_kinerja.notices.models import Notice
from appraisal.monitoring.actions import Refused, state_progress
from appraisal.monitoring.models import ProgressStatement

from .test_voices import say


def state(plan, by="appraiser", progress=False, follow_ups=("coaching",), **more):
    cast, skp, period = plan
    return state_progress(
        skp, period=period, shows_progress=progress, follow_ups=follow_ups, by=cast[by], **more
    )


def test_a_conclusion_follows_feedback_and_is_told(client, plan):
    cast, skp, period = plan
    address = reverse("appraisal:progress-statement", args=[skp.pk, period.pk])
    client.force_login(cast["appraiser"])
    data = {"shows_progress": "ya", "follow_ups": ["appreciate", "new_task"], "note": ""}

    early = client.post(address, data)
    say(plan)
    answer = client.post(address, data)

    assert early.status_code == 422
    assert "Beri umpan balik dahulu" in early.text
    assert answer.status_code == 302
    assert Notice.objects.filter(recipient=cast["self"], body__contains="apresiasi").exists()
    assert "Memberi penugasan baru" in client.get(answer["Location"]).text


@pytest.mark.parametrize(
    ("progress", "follow_ups"),
    [
        (True, ["coaching"]),
        (False, ["appreciate"]),
        (True, []),
        (False, ["take_over"]),
        (None, ["appreciate"]),
    ],
)
def test_what_follows_has_to_fit(plan, progress, follow_ups):
    say(plan)

    with pytest.raises(Refused):
        state(plan, progress=progress, follow_ups=follow_ups, result=plan[1].results.first(), note="x")


def test_a_result_is_taken_over_only_after_other_help_and_leaves_its_note(client, plan):
    cast, skp, period = plan
    say(plan)
    result = skp.results.first()
    taking = {"follow_ups": ["take_over"], "result": result, "note": "Tenggat kota tidak dapat ditunda."}
    with pytest.raises(Refused, match="dahulu"):
        state(plan, **taking)

    state(plan, follow_ups=["resources"])
    with pytest.raises(Refused, match="catatan"):
        state(plan, **taking | {"note": " "})
    state(plan, **taking)

    result.refresh_from_db()
    assert (result.taken_over_by, result.takeover_note) == (cast["appraiser"].employee, taking["note"])
    client.force_login(cast["self"])
    for name in ("realisation-edit", "documentation", "feedback-record"):
        assert taking["note"] in client.get(reverse(f"appraisal:{name}", args=[skp.pk, period.pk])).text, name


def test_the_note_stands_on_the_page_of_the_rating(client, plan):
    from appraisal.scoring.actions import start_evaluation

    test_a_result_is_taken_over_only_after_other_help_and_leaves_its_note(client, plan)
    draft = start_evaluation(plan[1], period=plan[2], by=plan[0]["appraiser"])
    client.force_login(plan[0]["appraiser"])

    page = client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).text

    assert "Tenggat kota tidak dapat ditunda." in page


@pytest.mark.parametrize("person", ["self", "peer", "superior", "personnel_office"])
def test_only_the_appraiser_concludes(plan, person):
    say(plan)
    with pytest.raises(NotAllowed):
        state(plan, by=person)


def test_a_conclusion_is_never_changed(plan):
    say(plan)
    state(plan)

    for act in (
        lambda: ProgressStatement.objects.update(note="x"),
        lambda: ProgressStatement.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()
    state(plan)
    assert ProgressStatement.objects.count() == 1


def test_an_adjustment_leads_the_employee_to_his_plan(plan):
    say(plan)
    state(plan, follow_ups=["expectation"])

    notice = Notice.objects.filter(recipient=plan[0]["self"]).last()
    assert notice.path == reverse("appraisal:skp-detail", args=[plan[1].pk])
