"""Every term of PermenPANRB 6/2022 pages 114–118 as a table, with time travel one second around its end (WIT)."""

import time
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from agencies.access.actions.proposals import approve_proposal
from ambon_kinerja.jobs.models import Job
from ambon_kinerja.workdays.actions import add_holiday, remove_holiday
from ambon_kinerja.workdays.calendar import add_working_days
from ambon_kinerja.workdays.models import Holiday
from ambon_kinerja.workdays.queries import holidays_between
from appraisal.cycle.models import Period
from appraisal.monitoring.tests.agreed_plan import moment
from appraisal.objections import actions
from appraisal.objections.clocks import recount, recount_job
from appraisal.objections.deadlines import rule_of, starts_of_report
from appraisal.objections.escalating import run
from appraisal.objections.models import Deadline, EvaluationDocument, Objection
from appraisal.objections.rules import why_not_object
from appraisal.rulebook.queries import rule_on
from appraisal.rulebook.reference_data import fill
from appraisal.scoring.models import Evaluation
from appraisal.scoring.reopening import propose_reopening

from . import scenes

LAST_SECOND, MIDNIGHT = "T23:59:59+09:00", "T00:00:00+09:00"
# (kind, rated by the superior, working days, page)
TERMS = [
    ("hand_over", False, 14, "114"),
    ("return", False, 14, "114"),
    ("object", False, 14, "117"),
    ("decide", False, 7, "118"),
    ("report", False, 30, "115"),
    ("sign", True, 14, "115"),
    ("hand_over", True, 7, "116"),
    ("return", True, 7, "116"),
    ("report", True, 30, "115"),
]
# (first day, working days, holidays, last day): a plain span, over a weekend, over the year, with added holidays
SPANS = [
    ("2026-09-21", 7, (), "2026-09-30"),
    ("2026-09-21", 14, (), "2026-10-09"),
    ("2026-10-10", 30, (), "2026-11-20"),
    ("2026-12-21", 7, ("2026-12-25", "2027-01-01"), "2026-12-31"),
    ("2026-12-21", 14, ("2026-12-24", "2026-12-25", "2027-01-01"), "2027-01-13"),
    ("2026-09-21", 7, ("2026-09-24",), "2026-10-01"),
    ("2026-09-21", 7, ("2026-09-26",), "2026-09-30"),
]


def day(text):
    return date.fromisoformat(text)


def travel(text):
    return time_machine.travel(moment(text), tick=False)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "by_superior", "days", "page"), TERMS)
def test_each_term_has_its_days_and_its_page(kind, by_superior, days, page):
    fill()
    rule = rule_on(rule_of(kind, by_superior=by_superior), date(2026, 9, 21))

    assert rule.value == days
    assert page in rule.source


@pytest.mark.parametrize(("start", "count", "holidays", "last"), SPANS)
def test_terms_are_counted_over_weekends_holidays_and_the_year(start, count, holidays, last):
    assert add_working_days(day(start), count, holidays=[day(each) for each in holidays]) == day(last)


def test_the_report_counts_from_the_window_and_a_later_revision_from_its_signature():
    window, signed = date(2026, 10, 10), date(2026, 11, 3)

    assert starts_of_report(window_ends_on=window, signed_on=signed, is_later_revision=False) == window
    assert starts_of_report(window_ends_on=window, signed_on=signed, is_later_revision=True) == signed
    assert (
        starts_of_report(window_ends_on=window, signed_on=date(2026, 9, 21), is_later_revision=True) == window
    )


def test_one_second_decides_whether_the_hand_over_was_in_time(plan, now):
    cast, skp, period = plan
    for text, outcome in ((f"2026-10-09{LAST_SECOND}", "met"), (f"2026-10-10{MIDNIGHT}", "late")):
        now.move_to(scenes.NOW)
        document = scenes.signed(cast, skp, period)
        assert document.deadlines.get(kind="hand_over").due_on == date(2026, 10, 9)
        now.move_to(text)
        actions.hand_over(document, by=cast["appraiser"])
        assert document.deadlines.get(kind="hand_over").outcome == outcome
        skp, period = another(cast, skp, period)


def another(cast, skp, period):
    """The same plan in a quarter of its own, so that one test can go the way twice."""
    other, _ = Period.objects.get_or_create(
        year=2026, number=4,
        defaults={
            "starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31),
            "opens_at": period.opens_at, "closes_at": period.closes_at,
        },
    )  # fmt: skip
    return skp, other


@pytest.mark.parametrize(
    ("text", "is_open"), [(f"2026-10-09{LAST_SECOND}", True), (f"2026-10-10{MIDNIGHT}", False)]
)
def test_one_second_decides_whether_he_may_still_object(plan, now, text, is_open):
    cast, skp, period = plan
    document = scenes.received(cast, skp, period)
    objection = actions.start_objection(document, by=cast["self"])
    saved = actions.save_objection(objection, version=1, reasons="Keliru", by=cast["self"])
    now.move_to(text)

    assert (why_not_object(scenes.again(document)) == "") is is_open
    if is_open:
        assert actions.file_objection(saved, version=2, by=cast["self"]).state == "filed"
    else:
        with pytest.raises(Exception, match="sudah lewat"):
            actions.file_objection(saved, version=2, by=cast["self"])
        assert scenes.again(objection).reasons == "Keliru"  # the draft stays


@pytest.mark.parametrize(
    ("text", "outcome"), [(f"2026-09-30{LAST_SECOND}", "met"), (f"2026-10-01{MIDNIGHT}", "late")]
)
def test_one_second_decides_whether_the_decision_was_in_time(plan, now, text, outcome):
    cast, skp, period = plan
    objection = scenes.ready(cast, skp, period)
    now.move_to(text)
    scenes.upheld(cast, objection)

    assert Deadline.objects.get(kind="decide").outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"), [(f"2026-10-09{LAST_SECOND}", "met"), (f"2026-10-10{MIDNIGHT}", "late")]
)
def test_one_second_decides_whether_the_return_was_in_time(plan, now, text, outcome):
    cast, skp, period = plan
    document = scenes.received(cast, skp, period)
    now.move_to(text)
    actions.sign_and_return(document, by=cast["self"])

    assert (
        Deadline.objects.get(kind="return", starts_on="2026-09-21", outcome__in=("met", "late")).outcome
        == outcome
    )


@pytest.mark.parametrize(
    ("text", "outcome"), [(f"2026-10-29{LAST_SECOND}", "met"), (f"2026-10-30{MIDNIGHT}", "late")]
)
def test_one_second_decides_whether_the_superior_signed_in_time(plan, now, text, outcome):
    cast, skp, period = plan
    now.move_to(text)
    document = scenes.signed(
        cast, skp, period, appraiser=cast["superior"], rated_by=Evaluation.RatedBy.SUPERIOR
    )

    assert document.deadlines.get(kind="sign").outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"), [(f"2026-11-20{LAST_SECOND}", "met"), (f"2026-11-21{MIDNIGHT}", "late")]
)
def test_one_second_decides_whether_the_report_came_in_time(plan, now, text, outcome):
    cast, skp, period = plan
    document = actions.sign_and_return(scenes.received(cast, skp, period), by=cast["self"])
    actions.report_many([document], by=cast["appraiser"])
    now.move_to(text)
    actions.report_many([scenes.again(document)], by=cast["superior"])

    assert Deadline.objects.get(kind="report").outcome == outcome


def test_an_added_holiday_moves_what_runs_and_a_removed_one_moves_it_back(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    before = dict(Deadline.objects.filter(outcome="running").values_list("kind", "due_on"))
    holiday = add_holiday(
        day=date(2026, 9, 23), name="Libur tambahan", scope="city", is_day_off=True, is_provisional=False,
        source="", by=cast["personnel_office"],
    )  # fmt: skip
    assert Job.objects.filter(kind="deadline_recount").count() == 1
    recount_job(None, lambda *_: None)

    after = dict(Deadline.objects.filter(outcome="running").values_list("kind", "due_on"))
    assert after["decide"] == date(2026, 10, 1)
    assert before["decide"] == date(2026, 9, 30)
    assert after["return"] == date(2026, 10, 12)
    assert after["report"] == before["report"]  # it is counted from October on
    ended = Deadline.objects.get(document=objection.document, kind="hand_over")
    assert ended.due_on == date(2026, 10, 9)  # what has ended keeps the days by which it was judged
    remove_holiday(holiday, by=cast["personnel_office"])
    recount()
    assert dict(Deadline.objects.filter(outcome="running").values_list("kind", "due_on")) == before


def test_a_moved_window_moves_the_report(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    type(period).objects.filter(pk=period.pk).update(closes_at=moment("2026-10-18T00:00:00+09:00"))
    recount()

    term = document.deadlines.get(kind="report")
    assert (term.starts_on, term.due_on) == (date(2026, 10, 17), date(2026, 11, 27))


def test_the_set_based_count_is_that_of_the_calendar(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    for shift in range(0, 40, 3):
        Holiday.objects.create(
            day=date(2026, 12, 1) + timedelta(days=shift), name="x", scope="city", is_day_off=shift % 2 == 0
        )
    off = holidays_between(date(2026, 11, 1), date(2027, 12, 31))
    for number in range(30):
        start = date(2026, 11, 20) + timedelta(days=2 * number)
        # One of a kind runs on a document, so they take turns; the report follows the window and is left out.
        Deadline.objects.all().delete()
        for kind, days in (("hand_over", 1 + number), ("return", 7), ("object", 14), ("decide", 90)):
            Deadline.objects.create(
                document=document, kind=kind, starts_on=start, days=days, due_on=start, article="x"
            )
        recount()
        for term in Deadline.objects.all():
            assert term.due_on == add_working_days(start, term.days, holidays=off), term


@pytest.mark.measure
def test_five_thousand_documents_are_counted_anew_in_five_seconds(plan, capsys):
    cast, skp, period = plan
    first = scenes.signed(cast, skp, period)
    many = 5_000
    terms = []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO appraisal_evaluationdocument (evaluation_id, employee_id, unit_id, form, signer_id, parties,"
            " organisation_achievement, state, reporting, holder_id, signed_at)"
            " SELECT -n, employee_id, unit_id, form, signer_id, parties, '', state, reporting, holder_id, signed_at"
            " FROM appraisal_evaluationdocument, generate_series(1, %s) n WHERE id = %s",
            [many, first.pk],
        )
    for key in EvaluationDocument.objects.exclude(pk=first.pk).values_list("pk", flat=True):
        for kind, days in (("hand_over", 14), ("return", 14), ("object", 14), ("report", 30)):
            terms.append(
                Deadline(
                    document_id=key, kind=kind, days=days, starts_on=date(2026, 9, 1) + timedelta(days=key % 30),
                    due_on=date(2026, 12, 31), article="x",
                )
            )  # fmt: skip
    Deadline.objects.bulk_create(terms, batch_size=2000)
    recount()
    Holiday.objects.create(day=date(2026, 9, 23), name="x", scope="city", is_day_off=True)
    started = time.perf_counter()
    moved = recount()
    took = time.perf_counter() - started
    with capsys.disabled():
        print(f"\n{len(terms)} terms of {many} documents, {moved} moved: {took:.2f} s")
    assert moved > 10_000
    assert took <= 5


# --- silence ------------------------------------------------------------------------------------------------


def test_a_silent_appraiser_is_told_and_so_is_his_superior_once(plan):
    cast, skp, period = plan
    document = scenes.signed(cast, skp, period)
    run(date(2026, 10, 9))
    assert not document.deadlines.get(kind="hand_over").escalated_on
    run(date(2026, 10, 12))
    run(date(2026, 10, 12))

    assert str(document.deadlines.get(kind="hand_over").escalated_on) == "2026-10-12"
    told = cast["superior"].notices.filter(subject__contains="lewat batas waktu")
    assert told.count() == 1
    assert cast["appraiser"].notices.filter(subject__contains="lewat batas").count() == 1


def test_a_silent_decider_keeps_the_old_result_and_the_next_one_up_decides(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    now.move_to("2026-10-01T06:30:00+09:00")
    run()

    passed = scenes.again(objection)
    assert (passed.state, passed.decider) == ("filed", cast["mayor"].employee)
    assert Evaluation.objects.get().predikat == "butuh_perbaikan"
    terms = Deadline.objects.filter(kind="decide").order_by("starts_on")
    assert [term.outcome for term in terms] == ["lapsed", "running"]
    assert terms[1].owner == cast["mayor"].employee
    assert terms[1].due_on == date(2026, 10, 12)
    now.move_to("2026-10-12T08:00:00+09:00")
    assert scenes.upheld(cast, passed, by=cast["mayor"]).state == "upheld"


def test_at_the_end_of_the_line_the_personnel_office_is_told(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    for text in ("2026-10-01T06:30:00+09:00", "2026-10-13T06:30:00+09:00", "2026-10-14T06:30:00+09:00"):
        now.move_to(text)
        run()

    assert scenes.again(objection).decider == cast["mayor"].employee
    assert cast["personnel_office"].notices.filter(subject__contains="tidak diputus").count() == 1


def test_the_right_to_object_lapses_without_telling_anybody_off(plan):
    cast, skp, period = plan
    scenes.received(cast, skp, period)
    before = cast["superior"].notices.count()
    run(date(2026, 10, 12))

    assert Deadline.objects.get(kind="object").outcome == "lapsed"
    assert cast["superior"].notices.filter(subject__contains="keberatan").count() == 0
    assert cast["superior"].notices.count() == before


def test_a_silent_reader_holds_up_nothing(plan, now):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    reading = objection.readings.get()
    actions.explain(objection, text="Menurut rekap.", by=cast["appraiser"])
    with pytest.raises(Exception, match="pembaca kedua"):
        scenes.upheld(cast, objection)
    now.move_to("2026-09-25T06:30:00+09:00")
    run()
    assert scenes.again(reading).state == "expired"
    assert scenes.upheld(cast, scenes.again(objection)).state == "upheld"


def test_what_is_due_soon_is_said_in_one_message_a_day(plan, now):
    cast, skp, period = plan
    scenes.signed(cast, skp, period)
    for text in ("2026-10-06T07:00:00+09:00", "2026-10-06T09:00:00+09:00"):
        now.move_to(text)
        run()

    assert cast["appraiser"].notices.filter(subject__contains="tenggat").count() == 1


def test_a_reopened_result_takes_its_objection_with_it(plan):
    cast, skp, period = plan
    objection = scenes.filed(cast, skp, period)
    proposal = propose_reopening(
        objection.document.evaluation, error="Rating keliru", reason="Tertukar.", by=cast["appraiser"]
    )
    approve_proposal(proposal, by=cast["personnel_office"])
    run()

    assert scenes.again(objection).state == "moot"
    assert not Deadline.objects.filter(outcome="running").exists()
    assert Objection.objects.get().closing_reason
