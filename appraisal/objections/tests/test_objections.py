"""From the signature to the decision: what each act does and what it refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from ambon_kinerja.audit.actions import target_of
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused, WrongState
from appraisal.objections import actions
from appraisal.objections.models import Deadline, EvaluationDocument, Objection
from appraisal.objections.rules import why_not_object
from appraisal.scoring.matrix import Rating
from appraisal.scoring.models import Evaluation

from . import scenes


def test_making_final_signs_the_document_and_its_terms_begin(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)

    assert (document.form, document.state, document.signer) == ("D.1.1", "signed", cast["appraiser"].employee)
    assert document.parties["employee"]["name"] == "Orang Self"
    assert document.parties["superior"]["name"] == "Orang Superior"
    running = dict(document.deadlines.filter(outcome="running").values_list("kind", "days"))
    assert running == {"hand_over": 14, "report": 30}


def test_the_employee_receives_signs_and_returns(plan):
    cast, skp, period = plan
    document = scenes.received(cast, skp, period)

    assert document.state == "received"
    assert scenes.again(document.evaluation).state == Evaluation.State.ACKNOWLEDGED
    returned = actions.sign_and_return(document, by=cast["self"])
    assert returned.state == "returned"
    assert dict(document.deadlines.values_list("kind", "outcome")) == {
        "hand_over": "met", "return": "met", "object": "running", "report": "running",
    } | {"return": "met"}  # fmt: skip


@pytest.mark.parametrize("who", ["peer", "stranger", "superior", "outsider", "personnel_office"])
def test_nobody_else_hands_over_or_receives(plan, who):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)

    with pytest.raises(NotAllowed):
        actions.hand_over(document, by=cast[who])
    actions.hand_over(document, by=cast["appraiser"])
    with pytest.raises(NotAllowed):
        actions.receive(scenes.again(document), by=cast[who])


def test_the_superior_rated_in_his_place_has_seven_days_and_his_word_is_final(plan):
    cast, skp, period = plan
    document = scenes.received(
        cast, skp, period, appraiser=cast["superior"], rated_by=Evaluation.RatedBy.SUPERIOR
    )

    assert document.form == "D.1.2"
    assert document.parties["appraiser"]["name"] == "Orang Appraiser"
    assert document.parties["superior"]["name"] == "Orang Superior"
    assert {term.kind: term.days for term in document.deadlines.all()} == {
        "sign": 14, "hand_over": 7, "return": 7, "report": 30,
    }  # fmt: skip
    assert "halaman 90" in why_not_object(document)
    assert "final" in why_not_object(document)
    with pytest.raises(NotAllowed, match="angka 11"):
        actions.start_objection(document, by=cast["self"])


def test_what_the_head_of_the_region_rated_is_final(plan):
    cast, skp, period = plan
    document = scenes.received(
        cast, skp, period, appraiser=cast["mayor"], rated_by=Evaluation.RatedBy.REGIONAL_HEAD
    )

    assert document.parties["superior"] is None
    assert "kepala daerah" in why_not_object(document)


def test_an_objection_goes_to_the_superior_with_a_term_of_seven_days(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)

    assert objection.decider == cast["superior"].employee
    term = Deadline.objects.get(kind="decide")
    assert (term.days, term.owner, str(term.due_on)) == (7, cast["superior"].employee, "2026-09-30")
    told = {notice.recipient for user in ("superior", "appraiser") for notice in cast[user].notices.all()}
    assert told == {cast["superior"], cast["appraiser"]}


def test_a_draft_is_kept_and_two_windows_do_not_overwrite_each_other(plan):
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])
    assert actions.start_objection(objection.document, by=cast["self"]) == objection
    actions.save_objection(objection, version=1, reasons="Satu", by=cast["self"])

    with pytest.raises(actions.Conflict) as conflict:
        actions.save_objection(objection, version=1, reasons="Dua", by=cast["self"])
    assert conflict.value.stored.reasons == "Satu"
    actions.save_objection(
        objection, version=1, reasons="Satu", by=cast["self"]
    )  # the same twice is no conflict


def test_an_objection_needs_reasons(plan):
    cast, skp, period = plan
    objection = actions.start_objection(scenes.received(cast, skp, period), by=cast["self"])

    with pytest.raises(actions.Refused, match="alasan"):
        actions.file_objection(objection, version=1, by=cast["self"])


def test_a_change_makes_a_revision_with_a_receipt_of_its_own_and_keeps_the_old_result(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    old = objection.document.evaluation
    before = (old.predikat, old.receipt_sha256)
    decided = scenes.changed(cast, objection)

    old = scenes.again(old)
    new = Evaluation.objects.living().get(skp=skp, period=period)
    assert (old.state, old.changed_by_objection, (old.predikat, old.receipt_sha256)) == (
        "superseded",
        True,
        before,
    )
    assert (new.revision, new.replaces, new.predikat, new.state) == (2, old, "baik", "final")
    assert new.receipt_sha256 != old.receipt_sha256
    assert len(new.receipt) > 100
    assert decided.state == "changed"
    assert len(decided.dossier_sha256) == 64
    paper = EvaluationDocument.objects.get(evaluation=new)
    assert (paper.form, paper.state) == ("D.1.3", "handed_over")
    assert not old.document.deadlines.filter(outcome="running").exists()


def test_upholding_leaves_the_result(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    decided = scenes.upheld(cast, objection)

    assert decided.state == "upheld"
    assert Evaluation.objects.get().state == "acknowledged"
    assert Deadline.objects.get(kind="decide").outcome == "met"


def test_there_is_no_second_objection(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    scenes.upheld(cast, objection)
    with pytest.raises(NotAllowed, match="tidak ada keberatan kedua"):
        actions.start_objection(scenes.again(objection.document), by=cast["self"])


def test_nor_against_the_decision(plan):
    cast, skp, period = plan
    scenes.changed(cast, scenes.ready(cast, skp, period))
    paper = EvaluationDocument.objects.get(form="D.1.3")
    paper = actions.receive(paper, by=cast["self"])

    assert "final" in why_not_object(paper)
    with pytest.raises(NotAllowed):
        actions.start_objection(paper, by=cast["self"])


@pytest.mark.parametrize("who", ["self", "appraiser", "peer", "stranger", "mayor", "personnel_office"])
def test_nobody_but_the_superior_decides(plan, who):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)

    with pytest.raises(NotAllowed):
        scenes.upheld(cast, objection, by=cast[who])


def test_the_decision_waits_for_an_explanation_until_its_last_day(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    for reading in objection.readings.filter(state="drawn"):
        scenes.give(reading)
    with pytest.raises(StepRefused, match="halaman 117"):
        scenes.upheld(cast, objection)

    now.move_to("2026-09-30T08:00:00+09:00")
    assert scenes.upheld(cast, objection).state == "upheld"


def test_a_hearing_counts_as_well_as_an_explanation(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    for reading in objection.readings.filter(state="drawn"):
        scenes.give(reading)
    from appraisal.monitoring.tests.agreed_plan import moment

    actions.arrange_hearing(
        objection, meets_at=moment("2026-09-22T09:00:00+09:00"), place="Ruang rapat", by=cast["superior"]
    )
    actions.answer(objection, text="Saya hadir tiap hari.", by=cast["self"])
    actions.answer(objection, text="Saya menilai rekap.", by=cast["appraiser"])
    with pytest.raises(actions.Refused, match="sesudah"):
        actions.keep_minutes(objection, version=1, text="Dibahas.", is_signed=True, by=cast["superior"])
    now.move_to("2026-09-22T10:00:00+09:00")
    held = actions.keep_minutes(objection, version=1, text="Dibahas.", is_signed=True, by=cast["superior"])

    assert held.held_at
    assert held.employee_answer
    assert held.appraiser_answer
    with pytest.raises(WrongState):
        actions.answer(objection, text="Lain", by=cast["self"])
    assert scenes.upheld(cast, scenes.again(objection)).state == "upheld"


def test_a_change_has_to_change_something_and_to_recommend(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)

    with pytest.raises(actions.Refused) as same:
        scenes.changed(cast, objection, work_rating=Rating.BELOW)
    assert "sama dengan hasil semula" in str(same.value)
    with pytest.raises(actions.Refused, match="rekomendasi"):
        scenes.changed(cast, objection, recommendation="")
    assert scenes.again(objection).state == "filed"


def test_withdrawn_he_may_object_anew_while_his_days_run(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    gone = actions.withdraw_objection(objection, reason="Sudah jelas.", by=cast["self"])

    assert gone.state == "withdrawn"
    assert not Deadline.objects.filter(kind__in=("decide", "read"), outcome="running").exists()
    assert actions.start_objection(scenes.again(objection.document), by=cast["self"]).state == "draft"


def test_the_report_goes_up_the_line_to_the_personnel_office(plan):
    cast, skp, period = plan
    document = actions.sign_and_return(scenes.received(cast, skp, period), by=cast["self"])
    with pytest.raises(NotAllowed):
        actions.report_many([document], by=cast["superior"])
    actions.report_many([document], by=cast["appraiser"])
    document = scenes.again(document)
    assert (document.reporting, document.holder) == ("under_way", cast["superior"].employee)
    actions.report_many([document], by=cast["superior"])

    document = scenes.again(document)
    assert (document.reporting, document.holder) == ("arrived", None)
    assert Deadline.objects.get(kind="report").outcome == "met"
    assert [step.receiver for step in document.report_steps.all()] == [cast["superior"].employee, None]
    with pytest.raises(NotAllowed, match="sudah sampai di BKPSDM"):
        actions.report_many([document], by=cast["personnel_office"])


def test_the_report_waits_for_the_signature_but_not_for_silence(plan, now):
    cast, skp, period = plan
    document = scenes.received(cast, skp, period)
    with pytest.raises(NotAllowed, match="Tunggu"):
        actions.report_many([document], by=cast["appraiser"])

    now.move_to("2026-10-10T08:00:00+09:00")  # the fourteenth working day was 9 October
    assert actions.report_many([scenes.again(document)], by=cast["appraiser"]) == 1


# --- what the database refuses -----------------------------------------------------------------------------


def refused(match, sql, *values):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_sql_cannot_touch_what_was_signed_filed_or_decided(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    refused("Cannot update", "UPDATE appraisal_evaluationdocument SET signed_at = now() + interval '1 day'")
    refused("Cannot delete", "DELETE FROM appraisal_evaluationdocument")
    refused("Cannot update", "UPDATE appraisal_objection SET reasons = 'lain'")
    refused("Cannot update", "UPDATE appraisal_objection SET explanation = 'lain'")
    refused("Cannot update", "UPDATE appraisal_blindreading SET reader_id = %s", cast["peer"].employee.pk)
    refused("nobody_decides", "UPDATE appraisal_objection SET decider_id = employee_id")
    refused("nobody_decides", "UPDATE appraisal_objection SET decider_id = appraiser_id")
    refused(
        "stays as it is",
        "INSERT INTO appraisal_objectionevidence (objection_id, title, file_path, file_name, content_type, size,"
        " sha256, added_at) VALUES (%s, 'x', 'x', 'x', 'x', 1, repeat('0', 64), now())",
        objection.pk,
    )
    scenes.upheld(cast, objection)
    refused("Cannot update", "UPDATE appraisal_objection SET state = 'changed'")
    refused("Cannot update", "UPDATE appraisal_objection SET decision_reason = 'lain'")
    refused("Cannot delete", "DELETE FROM appraisal_objection")


def test_sql_supersedes_by_a_decided_objection_to_this_very_result_alone(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    sql = (
        "UPDATE appraisal_evaluation SET state = 'superseded', superseded_at = now(), changed_by_objection = true"
        " WHERE id = %s"
    )
    refused("approved proposal alone or a decided objection", sql, objection.document.evaluation_id)


def test_every_act_stands_in_the_audit_trail(plan):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    scenes.changed(cast, objection)

    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert {
        "document.sign", "evaluationdocument.hand_over", "evaluationdocument.receive", "objection.start",
        "objection.save", "objection.file", "blindreading.draw", "objection.explain", "objection.change",
        "objection.keep_dossier", "evaluation.replace", "evaluation.decide_anew",
    } <= acts  # fmt: skip
    kept = AuditEvent.objects.get(action="objection.keep_dossier", target=target_of(objection))
    assert Objection.objects.get().dossier_sha256 in kept.payload
