"""A final result is opened again by two persons; it is superseded, never edited."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from agencies.access.actions.proposals import approve_proposal, refuse_proposal
from agencies.access.models import Proposal
from agencies.access.queries import proposals_awaiting
from agencies.access.rules import may_decide
from agencies.access.tests.offices import office
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.dashboard.employee_pages import links_for
from appraisal.dashboard.worklist import desk_of
from appraisal.monitoring.rules import why_closed
from appraisal.reports.queries import evaluation_outcomes
from appraisal.scoring.actions import acknowledge, finalise, save_draft, start_evaluation
from appraisal.scoring.models import Evaluation
from appraisal.scoring.queries import own_progress
from appraisal.scoring.receipt import sha256_of
from appraisal.scoring.reopening import propose_reopening
from appraisal.scoring.rules import may_propose_reopening

CLOSED = "2026-10-20T10:00:00+09:00"


def proposed(cast, final, by="appraiser"):
    return propose_reopening(final, error="Rating keliru", reason="Bukti tertukar.", by=cast[by])


def reopened(cast, final):
    approve_proposal(proposed(cast, final), by=cast["superior"])
    return Evaluation.objects.get(replaces=final)


# --- who ----------------------------------------------------------------------------------------


def test_the_appraiser_and_the_personnel_office_propose(plan, final):
    cast = plan[0]

    found = {person for person, user in cast.items() if may_propose_reopening(user, final)}

    assert found == {"appraiser", "personnel_office"}
    with pytest.raises(NotAllowed):
        proposed(cast, final, by="self")


@pytest.mark.parametrize(
    ("by", "deciders"),
    [("appraiser", {"superior", "personnel_office"}), ("personnel_office", {"superior"})],
)
def test_the_appraisers_superior_or_another_of_the_personnel_office_decides(plan, final, by, deciders):
    cast = plan[0]
    proposal = proposed(cast, final, by)

    assert {person for person, user in cast.items() if may_decide(user, proposal)} == deciders
    assert {person for person, user in cast.items() if proposals_awaiting(user).exists()} == deciders


def test_neither_the_appraiser_nor_the_employee_decides_though_he_works_in_the_personnel_office(plan, final):
    cast = plan[0]
    from agencies.access.actions import grant_role

    for name in ("appraiser", "self"):
        grant_role(
            cast[name], role="personnel_office", unit=cast["self"].cast_units["city"], start=date(2026, 1, 1),
            by="test", reason="uji",
        )  # fmt: skip
    proposal = proposed(cast, final, "personnel_office")

    assert not any(may_decide(cast[name], proposal) for name in ("appraiser", "self"))
    assert not any(proposals_awaiting(cast[name]).exists() for name in ("appraiser", "self"))


# --- what follows -------------------------------------------------------------------------------------


def test_nothing_changes_until_it_is_approved_nor_when_it_is_refused(plan, final):
    cast = plan[0]
    proposal = proposed(cast, final)
    refuse_proposal(proposal, by=cast["superior"], reason="Buktinya benar")

    final.refresh_from_db()
    assert (final.state, Evaluation.objects.count()) == ("final", 1)


def test_approving_supersedes_the_result_and_opens_a_revision_with_what_was_decided(plan, final):
    cast, skp, period = plan
    receipt = final.receipt

    draft = reopened(cast, final)

    final.refresh_from_db()
    assert (final.state, final.receipt, sha256_of(final.receipt)) == (
        "superseded",
        receipt,
        final.receipt_sha256,
    )
    assert (draft.state, draft.revision, draft.appraiser) == ("draft", 2, cast["appraiser"].employee)
    assert draft.open_until == date(2026, 9, 28)  # five working days after Monday the 21st
    assert (draft.behaviour_reason, draft.result_ratings.count()) == (
        final.behaviour_reason,
        skp.results.count(),
    )
    assert Notice.objects.filter(recipient=cast["self"], subject__contains="dibuka kembali").count() == 1
    assert start_evaluation(skp, period=period, by=cast["appraiser"]) == draft


def test_a_revision_is_scored_after_the_window_has_closed_for_its_days_only(plan, final, now):
    cast, skp, period = plan
    now.move_to(CLOSED)
    draft = reopened(cast, final)

    assert why_closed(skp, period) == ""
    saved = save_draft(
        draft, version=draft.version, work_rating="above", work_reason="Bukti yang benar", by=cast["appraiser"],
        behaviour_rating="above", behaviour_reason="Teladan",
    )  # fmt: skip
    again = finalise(saved, version=saved.version, by=cast["appraiser"])

    assert (again.predikat, again.revision) == ("sangat_baik", 2)
    assert "sudah ditutup" in why_closed(skp, period)


def test_a_revision_whose_days_ran_out_waits_for_another_approval(plan, final, now):
    cast = plan[0]
    now.move_to(CLOSED)
    draft = reopened(cast, final)
    now.move_to("2026-10-30T10:00:00+09:00")

    with pytest.raises(NotAllowed, match="sudah lewat pada 27 Oktober 2026"):
        save_draft(draft, version=draft.version, by=cast["appraiser"])
    approve_proposal(proposed(cast, draft), by=cast["superior"])

    draft.refresh_from_db()
    assert (draft.open_until, Evaluation.objects.count()) == (date(2026, 11, 6), 2)


def test_one_result_is_proposed_once_and_an_approved_one_cannot_be_used_twice(plan, final):
    cast = plan[0]
    proposal = proposed(cast, final)
    with pytest.raises(StepRefused, match="masih menunggu"):
        proposed(cast, final, "personnel_office")
    approve_proposal(proposal, by=cast["superior"])

    final.refresh_from_db()
    assert not may_propose_reopening(cast["appraiser"], final)
    assert not may_propose_reopening(cast["personnel_office"], Evaluation.objects.get(replaces=final))


def test_a_result_that_was_read_keeps_the_day_of_reading(plan, final):
    cast = plan[0]
    read = acknowledge(final, by=cast["self"])
    reopened(cast, read)

    final.refresh_from_db()
    assert (final.state, final.acknowledged_at) == ("superseded", read.acknowledged_at)


def test_reports_lists_and_links_count_the_living_one_alone(plan, final):
    cast, skp, period = plan
    me, agency = cast["self"].employee, cast["self"].cast_units["health"]
    reopened(cast, final)

    assert evaluation_outcomes(agency, period)[me.pk] == ("draft", "")
    assert own_progress([skp])[0].is_decided is False
    assert [words for words, _ in links_for(cast["personnel_office"], me)] == [
        "SKP 2026",
        "Pelaksanaan SKP 2026",
        "Riwayat hasil",
    ]
    labels = [task.label for task in desk_of(cast["appraiser"]).tasks]
    assert "Nilai ulang hasil yang dibuka kembali" in labels


# --- what SQL cannot do ----------------------------------------------------------------------------------


def refused(match, sql, *params):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


SUPERSEDE = (
    "UPDATE appraisal_evaluation SET state = 'superseded', superseded_at = now(), reopened_by_id = %s"
    " WHERE id = %s"
)


def test_sql_cannot_supersede_without_an_approved_proposal_on_this_very_result(plan, final):
    cast = plan[0]
    refused("approved proposal alone", SUPERSEDE, None, final.pk)
    waiting = proposed(cast, final)
    refused("approved proposal alone", SUPERSEDE, waiting.pk, final.pk)

    other = Proposal.objects.create(
        kind="result_reopen", title="x", unit=waiting.unit, about=waiting.about, record="appraisal.Evaluation:0",
        proposed_by=cast["appraiser"], expires_on=date(2026, 12, 1), reason="x",
    )  # fmt: skip
    Proposal.objects.filter(pk=other.pk).update(
        state="approved", decided_by=cast["superior"], decided_at=final.finalised_at
    )
    refused("approved proposal alone", SUPERSEDE, other.pk, final.pk)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'final', reopened_by_id = NULL, superseded_at = NULL",
        "state = 'draft', reopened_by_id = NULL, superseded_at = NULL",
        "note = 'lain'",
        "superseded_at = now() + interval '1 day'",
        "acknowledged_at = now()",
        "revision = 3",
    ],
)
def test_sql_cannot_touch_a_superseded_result(plan, final, change):
    reopened(plan[0], final)

    refused("Cannot update", f"UPDATE appraisal_evaluation SET {change} WHERE id = %s", final.pk)
    refused("Cannot delete", "DELETE FROM appraisal_evaluation WHERE id = %s", final.pk)
    refused("stay as they are", "DELETE FROM appraisal_resultrating WHERE evaluation_id = %s", final.pk)


def test_there_is_one_living_evaluation_and_a_revision_replaces_one(plan, final):
    copy = (
        "INSERT INTO appraisal_evaluation (skp_id, period_id, appraiser_id, state, version, suggested_rating,"
        " suggestion_reasons, work_rating, work_reason, behaviour_rating, behaviour_reason, predikat, note, receipt,"
        " receipt_sha256, started_at, rated_by_role, study_ended_early, revision)"
        " SELECT skp_id, period_id, appraiser_id, 'draft', 1, '', '[]', '', '', '', '', '', '', '', '', now(),"
        " 'appraiser', false, {} FROM appraisal_evaluation WHERE id = %s"
    )
    refused("one_living_evaluation_per_plan_and_period|revisions_are_counted", copy.format(1), final.pk)
    refused("a_revision_replaces_an_evaluation", copy.format(2), final.pk)


# --- pages ------------------------------------------------------------------------------------------


def test_the_old_result_stays_readable_marked_and_with_its_history(client, plan, final):
    cast = plan[0]
    draft = reopened(cast, final)
    client.force_login(cast["self"])

    page = client.get(reverse("appraisal:evaluation-detail", args=[final.pk]))
    receipt = client.get(reverse("appraisal:evaluation-receipt", args=[final.pk]))

    assert "Digantikan" in page.text
    assert "Riwayat revisi" in page.text
    assert "Rating keliru: Bukti tertukar." in page.text
    assert "Saya sudah membaca" not in page.text
    assert "Bila Anda keberatan" not in page.text
    assert sha256_of(receipt.content.decode()) == final.receipt_sha256
    assert json.loads(receipt.content)
    assert client.get(reverse("appraisal:evaluation-detail", args=[draft.pk])).status_code == 404


def test_the_way_through_the_pages(client, plan, final, now):
    cast = plan[0]
    now.move_to(CLOSED)
    client.force_login(cast["appraiser"])
    address = reverse("appraisal:evaluation-reopen", args=[final.pk])
    empty = client.post(address, {"reason": "Angka tertukar"})
    sent = client.post(address, {"error": "data", "reason": "Angka tertukar"})
    assert (empty.status_code, "Angka tertukar" in empty.text) == (422, True)
    assert client.post(f"{sent['Location']}setujui/").status_code == 404

    client.force_login(cast["superior"])
    assert "Putuskan usulan" in client.get("/").text
    page = client.get(sent["Location"])
    assert "Realisasi atau bukti keliru: Angka tertukar" in page.text
    client.post(f"{sent['Location']}setujui/")

    client.force_login(cast["appraiser"])
    team = client.get(reverse("appraisal:team"), {"periode": final.period_id})
    draft = Evaluation.objects.get(replaces=final)
    assert "Nilai ulang" in team.text
    assert (
        "Tidak dapat disimpan" not in client.get(reverse("appraisal:evaluation-edit", args=[draft.pk])).text
    )


def test_a_former_appraiser_finds_neither_the_result_nor_its_proposal(client, plan, final):
    cast = plan[0]
    proposal = proposed(cast, final)
    client.force_login(cast["former"])

    assert client.get(reverse("appraisal:evaluation-detail", args=[final.pk])).status_code == 404
    assert client.get(reverse("agencies:proposal-detail", args=[proposal.pk])).status_code == 404


def test_a_second_officer_may_decide_what_the_first_proposed(plan, final):
    cast = plan[0]
    cast["second"] = office(cast, "second")

    approve_proposal(proposed(cast, final, "personnel_office"), by=cast["second"])

    final.refresh_from_db()
    assert final.state == "superseded"
