"""Closing a period: once, only when its time is over, with everybody told who has to act."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.people.assigning import enter_state
from ambon_kinerja.audit.models import AuditEvent
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.jobs.pages import page_of
from ambon_kinerja.jobs.running import run
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused
from ambon_kinerja.notices.models import Notice
from appraisal.calibration.closing import close_job, close_period
from appraisal.calibration.models import DistributionSnapshot, MissedEvaluation, PeriodClosing
from appraisal.dashboard.lines_of_calibration import worklist_lines
from appraisal.monitoring.tests.agreed_plan import at
from appraisal.organisation.tests.achievements import achieved
from appraisal.planning.models import Skp
from appraisal.scoring.models import Evaluation

from .scenes import add_member, agreed, build_drafts, finished, rated

LAST_SECOND, OVER = "2026-10-10T23:59:59+09:00", "2026-10-11T00:00:00+09:00"


def closed(period, by="timetable"):
    """The closing with its job done, as the worker does it."""
    closing = close_period(period, by=by)
    run(closing.job_id)
    closing.refresh_from_db()
    return closing


def waiting_lines(user):
    """What the start page says, asked anew."""
    user._desk_facts = None
    return worklist_lines(user, timezone.localdate())


def missed(closing):
    return {
        each.employee.name: (each.why, each.superior and each.superior.name)
        for each in MissedEvaluation.objects.filter(closing=closing).select_related("employee", "superior")
    }


def test_a_period_is_closed_when_its_window_is_over_and_not_a_second_before(scene):
    cast, period, _ = scene
    with at(LAST_SECOND), pytest.raises(StepRefused, match="belum berakhir"):
        close_period(period, by=cast["personnel_office"])

    with at(OVER):
        job = close_period(period, by=cast["personnel_office"]).job
        assert job.state == "waiting"
        assert page_of(job) == ("Buka penutupan periode", f"/kalibrasi/penutupan/{period.pk}/")


@pytest.mark.parametrize(
    "person", ["superior", "self", "inspector", "unit_admin", "system_admin", "outsider"]
)
def test_only_the_personnel_office_closes(scene, person):
    cast, period, _ = scene
    with at(OVER), pytest.raises(NotAllowed):
        close_period(period, by=cast[person])


def test_who_is_not_evaluated_is_noted_with_the_reason_and_the_superior(scene):
    _, period, drafts = scene
    finished(drafts["peer"])

    with at(OVER):
        closing = closed(period)

    found = missed(closing)
    assert found["Orang Self"] == ("draft", "Orang Superior")
    assert found["Orang Appraiser"] == ("no_plan", "Orang Mayor")
    assert found["Orang Superior"] == ("no_plan", None)
    assert "Orang Peer" not in found
    assert "Orang Mayor" not in found


def test_who_owes_no_plan_is_not_missed(scene):
    cast, period, _ = scene
    enter_state(cast["peer"].employee, kind="cltn", start=date(2026, 9, 1), by="test")

    with at(OVER):
        assert "Orang Peer" not in missed(closed(period))


def test_superiors_appraisers_and_heads_are_told_once_with_numbers_and_no_names(db, now):
    cast, period, drafts = build_drafts(members=4)
    for name, draft in drafts.items():
        if name != "self":
            finished(draft)
    achieved(cast["self"].cast_units["clinic"], "baik", by=cast["superior"].employee, period=period)
    Notice.objects.all().delete()

    with at(OVER):
        closing = closed(period)
        closed(period)

    to = {person: list(Notice.objects.filter(recipient=cast[person])) for person in ("superior", "appraiser")}
    assert [each.subject for each in to["superior"] if "belum dinilai" in each.subject] == [
        "1 pegawai belum dinilai untuk Triwulan III 2026"
    ]
    assert sorted(each.subject for each in to["appraiser"]) == [
        "1 penilaian Anda untuk Triwulan III 2026 terlewat",
        "Distribusi predikat unit Anda berbeda dari panduan, Triwulan III 2026",
    ]
    assert not any("Orang" in each.body for each in Notice.objects.all())
    assert closing.figures["departing"] >= 1


def test_a_second_closing_changes_nothing(scene):
    _, period, drafts = scene
    with at(OVER):
        first = closed(period)
        notices, rows = Notice.objects.count(), DistributionSnapshot.objects.count()
        finished(drafts["self"])
        again = closed(period)
        assert close_job(Job.objects.get(pk=first.job_id), lambda *_: None).endswith(f"/{period.pk}/")

    assert (again.figures, again.finished_at) == (first.figures, first.finished_at)
    assert (Notice.objects.count(), DistributionSnapshot.objects.count()) == (notices, rows)
    assert AuditEvent.objects.filter(action="periodclosing.finish").count() == 1
    for change in (
        lambda: PeriodClosing.objects.update(figures={}),
        lambda: DistributionSnapshot.objects.update(decided=0),
        lambda: MissedEvaluation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_snapshot_counts_results_and_not_drafts(db, now):
    cast, period, drafts = build_drafts(members=4)
    clinic = cast["self"].cast_units["clinic"]
    achieved(clinic, "baik", by=cast["superior"].employee, period=period)
    for name in ("member0", "member1", "member2", "member3", "peer"):
        finished(drafts[name])
    rated(drafts["self"], "below", "meets")

    with at(OVER):
        closing = closed(period)

    row = closing.snapshots.get(unit=clinic)
    assert (row.employees, row.decided, row.counts["baik"], row.counts["butuh_perbaikan"]) == (6, 5, 5, 0)
    assert [each["code"] for each in row.warnings] == ["baik_most", "butuh_perbaikan_and_kurang_least"]
    assert closing.snapshots.get(unit=cast["self"].cast_units["schools"]).employees == 0


def test_a_job_that_breaks_off_leaves_nothing_behind(scene, monkeypatch):
    _, period, _ = scene
    monkeypatch.setattr("appraisal.calibration.closing.tell_many", lambda notices: 1 / 0)
    with at(OVER):
        closing = closed(period)

    assert closing.finished_at is None
    assert not DistributionSnapshot.objects.exists()
    assert not MissedEvaluation.objects.exists()


def test_the_work_asks_as_much_for_many_as_for_few(db, now):
    asked = []
    cast, period, _ = build_drafts()
    for number in range(2):
        with at(OVER), transaction.atomic():
            closing = close_period(period, by="timetable")
            with CaptureQueriesContext(connection) as queries:
                close_job(closing.job, lambda *_: None)
            asked.append(len(queries))
            transaction.set_rollback(True)
        if not number:
            for other in range(5):
                agreed(add_member(cast, other).employee, cast)

    assert asked[0] == asked[1]


def test_the_superior_finds_whom_he_has_to_rate_until_it_is_done(client, scene):
    cast, period, drafts = scene
    with at(OVER):
        closed(period)
        client.force_login(cast["superior"])
        page = client.get(reverse("appraisal:missed-list")).content.decode()
        before = [line.status for line in waiting_lines(cast["superior"])]
        for draft in drafts.values():
            finished(draft)
        after = waiting_lines(cast["superior"])

    assert "Orang Self" in page
    assert before == ["2 pegawai"]
    assert after == []


def test_the_office_starts_it_on_its_page_and_reads_the_result(client, scene):
    cast, period, drafts = scene
    finished(drafts["peer"])
    page = reverse("appraisal:period-closing", args=[period.pk])
    with at(OVER):
        client.force_login(cast["personnel_office"])
        before = waiting_lines(cast["personnel_office"])
        started = client.post(page, follow=True).content.decode()
        twice = client.post(page, follow=True)
        run(PeriodClosing.objects.get().job_id)
        result = client.get(page).content.decode()
        left = client.get(page, {"keadaan": "berbeda"}).content.decode()
        after = waiting_lines(cast["personnel_office"])

    assert [line.label for line in before] == ["Tutup periode yang selesai dinilai"]
    assert "sedang ditutup" in started
    assert twice.status_code == 200
    assert Job.objects.filter(kind="period_closing").count() == 1
    assert "Belum dinilai menurut unit" in result
    assert "Tidak ada unit yang berbeda dari panduan." in left
    assert after == []
    assert Evaluation.objects.filter(state="draft").count() == 1
    assert Skp.objects.filter(state="agreed").count() == 2
