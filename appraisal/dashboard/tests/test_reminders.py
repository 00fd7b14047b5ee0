"""The daily reminder along a year: who gets it on which day, and who does not."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.tests.cast import LONG_AGO, add_person, build_cast, synthetic_nip
from agencies.people.actions import assign, hire
from agencies.people.assigning import enter_state
from ambon_kinerja.notices.models import Notice
from ambon_kinerja.tests.remembered import remembered
from ambon_kinerja.workdays.models import Holiday
from appraisal.cycle.actions import change_year_window, close_year, open_year
from appraisal.cycle.models import Period, Reminder, YearWindow
from appraisal.dashboard.reminding.sending import remind, tell_of_change
from appraisal.monitoring.models import Feedback, Realisation
from appraisal.planning.models import Indicator, Skp, WorkResult
from appraisal.planning.terms import whole_year
from appraisal.rulebook.models import BehaviourValue
from appraisal.rulebook.reference_data import fill
from appraisal.scoring.models import Evaluation

pytestmark = pytest.mark.django_db
# The plan of 2027 is due on Sunday 31 January: seven working days before is Wednesday 20 January.
SEVEN, THREE, ONE, AFTER, LATER, LAST = (
    date(2027, 1, 20),
    date(2027, 1, 26),
    date(2027, 1, 28),
    date(2027, 2, 1),
    date(2027, 2, 3),
    date(2027, 2, 5),
)


@pytest.fixture
def cast(db):
    with time_machine.travel("2027-01-04T08:00:00+09:00"):
        yield build_year()


@remembered
def build_year():
    """The cast, in which only "self" has still to do anything but those the tests name."""
    fill()
    cast = build_cast()
    open_year(2027, cadence="monthly", by="test")
    for person in ("superior", "appraiser", "peer", "stranger", "former", "acting"):
        plan_of(cast, person, "agreed")
    return cast


def plan_of(cast, person, state, unit="clinic"):
    agreed = {"appraiser": cast["mayor"].employee, "agreed_at": timezone.now()} if state == "agreed" else {}
    return Skp.objects.create(
        employee=cast[person].employee,
        unit=cast["self"].cast_units[unit],
        post_name="Jabatan",
        state=state,
        submitted_at=timezone.now() if state == "submitted" else None,
        **whole_year(2027),
        **agreed,
    )


def on(day):
    """{account: subject} of what is sent on a day, at 7.30 in WIT."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 7, 30))):
        remind()
    fresh = Notice.objects.exclude(pk__in=before).select_related("recipient")
    return {notice.recipient.email.partition("@")[0]: notice.body for notice in fresh if "SKP" in notice.body}


def test_before_the_deadline_the_person_is_reminded_at_each_stage_once(cast):
    found = {day: on(day) for day in (SEVEN - timedelta(1), SEVEN, SEVEN + timedelta(1), THREE, ONE)}

    own = "SKP 2027 Anda belum diajukan. Tenggatnya Minggu, 31 Januari 2027"
    assert found == {
        SEVEN - timedelta(1): {},
        SEVEN: {"self": f"{own}, 11 hari lagi."},
        SEVEN + timedelta(1): {},
        THREE: {"self": f"{own}, 5 hari lagi."},
        ONE: {"self": f"{own}, 3 hari lagi."},
    }


def test_after_the_deadline_it_goes_to_the_person_then_the_appraiser_then_his_superior_and_the_unit_admin(
    cast,
):
    found = {day: set(on(day)) for day in (AFTER, AFTER + timedelta(1), LATER, LATER + timedelta(1), LAST)}

    assert found == {
        AFTER: {"self"},
        AFTER + timedelta(1): set(),
        LATER: {"appraiser"},
        LATER + timedelta(1): set(),
        LAST: {"superior", "unit_admin"},
    }


def test_a_day_on_which_nothing_was_sent_is_made_good(cast):
    assert set(on(SEVEN + timedelta(1))) == {"self"}
    assert set(on(LAST)) == {"self", "appraiser", "superior", "unit_admin"}


def test_a_second_beat_of_the_day_sends_nothing(cast):
    on(SEVEN)
    count = Reminder.objects.count()

    assert on(SEVEN) == {}
    assert Reminder.objects.count() == count


@pytest.mark.parametrize(
    ("state", "who"),
    [("draft", {"self"}), ("returned", {"self"}), ("submitted", {"appraiser"}), ("agreed", set())],
)
def test_who_is_reminded_follows_the_state_of_the_plan(cast, state, who):
    plan_of(cast, "self", state)

    assert set(on(SEVEN)) == who


def test_a_submitted_plan_nobody_decides_goes_up_to_the_appraisers_superior(cast):
    plan_of(cast, "self", "submitted")

    assert "1 SKP 2027 menunggu persetujuan Anda" in on(AFTER)["appraiser"]
    assert set(on(LATER)) == {"superior"}
    assert set(on(LAST)) == {"superior", "unit_admin"}


@pytest.mark.parametrize("kind", ["cltn", "mpp", "suspended", "state_official", "retired", "left"])
def test_who_owes_no_plan_is_left_in_peace(cast, kind):
    enter_state(cast["self"].employee, kind=kind, start=date(2027, 1, 10), by="test")

    assert on(SEVEN) == on(LAST) == {}


def test_an_elected_official_is_never_reminded_of_a_plan(cast):
    assert "mayor" not in on(SEVEN)


def test_a_new_post_gives_a_month_for_the_plan(cast):
    newcomer = add_person("baru", 40)
    post = cast["self"].cast_posts["peer"]
    assign(newcomer.employee, post=post, start=date(2027, 3, 15), by="test")

    found = {day: "baru" in on(day) for day in (date(2027, 3, 31), date(2027, 4, 6), date(2027, 4, 16))}

    assert found == {date(2027, 3, 31): False, date(2027, 4, 6): True, date(2027, 4, 16): True}


def test_an_extension_begins_the_stages_anew_and_reaches_whoever_still_owes(cast):
    on(SEVEN)
    window = YearWindow.objects.get(kind="planning")
    with time_machine.travel("2027-01-25T08:00:00+09:00"):
        change_year_window(
            window, by="test", reason="Banjir", closes_at=timezone.make_aware(datetime(2027, 2, 13))
        )
        job = type("Job", (), {"arguments": job_arguments()})
        tell_of_change(job, lambda *_: None)

    told = Notice.objects.filter(body="Alasannya: Banjir")
    assert [notice.recipient for notice in told] == [cast["self"]]
    assert on(THREE) == {}
    assert set(on(date(2027, 2, 4))) == {"self"}


def job_arguments():
    from ambon_kinerja.jobs.models import Job

    return Job.objects.get(kind="window_change").arguments


def test_an_added_holiday_brings_the_reminder_forward(cast):
    Holiday.objects.create(day=date(2027, 1, 26), name="Hari baru", scope="city")

    assert set(on(SEVEN - timedelta(1))) == {"self"}
    assert on(date(2027, 1, 26)) == {}


def test_a_closed_year_reminds_nobody(cast):
    year = YearWindow.objects.first().performance_year
    with time_machine.travel("2028-02-01T08:00:00+09:00"):
        close_year(year, by="test", reason="Selesai")

    assert on(date(2028, 2, 2)) == {}


# --- documentation, feedback and evaluation, over the change of the year ---------------------------


@pytest.fixture
def december(cast):
    """ "self" has an agreed plan; whatever he and his appraiser owe falls due in January 2028."""
    plan = plan_of(cast, "self", "agreed")
    result = WorkResult.objects.create(skp=plan, kind="main", position=1, statement="Ibu terlayani")
    Indicator.objects.create(
        result=result,
        position=1,
        aspect="quantity",
        statement="Jumlah",
        target_low=1,
        target_high=1,
        unit="orang",
    )
    return Period.objects.get(number=12), plan


def bodies(day, person):
    before = set(Notice.objects.values_list("pk", flat=True))
    with time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 7, 30))):
        remind()
    found = Notice.objects.exclude(pk__in=before).filter(recipient=person)
    assert found.count() <= 1  # at most one message a person and day
    return " ".join(found.values_list("body", flat=True))


def test_over_the_change_of_the_year_both_are_reminded_of_december(cast, december):
    day = date(2028, 1, 5)  # documentation and feedback are due on 7 January, the evaluation on 14

    own, again = bodies(day, cast["self"]), bodies(day, cast["self"])

    assert "Kemajuan Desember 2027 belum Anda catat" in own
    assert "umpan balik" not in own
    assert "SKP 2028" not in own
    assert again == ""  # he had his message of the day


def test_one_message_sums_up_all_an_appraiser_owes(cast, december):
    body = bodies(date(2028, 1, 5), cast["appraiser"])

    assert "pegawai belum Anda beri umpan balik Desember 2027" in body
    assert "pegawai belum Anda nilai, Desember 2027" in body


def test_what_is_done_is_not_asked_any_more(cast, december):
    period, plan = december
    account = cast["system_admin"]
    Realisation.objects.create(indicator=Indicator.objects.get(), period=period, value=1, recorded_by=account)
    Feedback.objects.create(
        skp=plan,
        period=period,
        value=BehaviourValue.objects.first(),
        giver="leader",
        tone="positive",
        text="Baik",
        given_on=date(2027, 12, 30),
        given_by=account,
    )

    assert "Desember" not in bodies(date(2028, 1, 5), cast["self"])


def test_an_evaluation_that_is_final_ends_all_reminders_of_its_period(cast, december):
    period, plan = december
    Evaluation.objects.create(
        skp=plan,
        period=period,
        appraiser=cast["appraiser"].employee,
        state="final",
        work_rating="meets",
        suggested_rating="meets",
        behaviour_rating="meets",
        predikat="baik",
        receipt="{}",
        receipt_sha256="0" * 64,
        finalised_at=timezone.now(),
    )

    assert "Desember" not in bodies(date(2028, 1, 5), cast["self"])


def test_the_annual_evaluation_reminds_the_appraiser_and_goes_up_when_he_stays_silent(cast, december):
    """It is due on 31 January 2028, a Monday."""
    assert "pegawai belum Anda nilai, Tahun 2027" in bodies(date(2028, 1, 28), cast["appraiser"])

    told = [bodies(date(2028, 2, day), cast["superior"]) for day in (2, 4, 7, 9)]

    assert any("pegawai belum dinilai, Tahun 2027" in body for body in told)


def test_the_number_of_questions_does_not_grow_with_the_people(cast):
    def asked(day):
        with (
            time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 7, 30))),
            CaptureQueriesContext(connection) as questions,
        ):
            remind()
        return len(questions)

    few = asked(SEVEN)
    for number in range(25):
        employee = hire(name=f"Pegawai {number}", nip=synthetic_nip(50 + number), kind="pns", by="test")
        assign(employee, post=cast["self"].cast_posts["peer"], start=LONG_AGO, by="test")

    assert asked(THREE) == few
